/**
 * What the copier of a page tells of it, by itself in a browser: of everything that a page can hold a value in, nothing is
 * told but what is listed; and what is listed is told, or the rest would prove nothing.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CopiedElement, CopiedNode } from '#protocol/calls/browse.ts'
import { openBareChromium } from '../support/chromium.ts'
import { addBundled } from './support/bundled.ts'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBareChromium()
  page = await browser.newPage()
  await page.setContent('<div id="app"></div>')
  await addBundled(page, 'apps/browse/copy.ts', 'usherCopier')
}, 60_000)
afterAll(() => browser?.close())

type Copy = 'secret' | 'too-large' | { readonly nodes: readonly CopiedNode[] }

interface Given {
  readonly html: string
  /** What the visitor has entered. */
  readonly entries?: readonly string[]
  /** Runs in the page before it is copied. */
  readonly prepare?: string
}

const copy = async ({ html, entries = [], prepare = '' }: Given): Promise<Copy> => {
  const copied = (await page.evaluate(`(() => {
    const app = document.getElementById('app')
    app.innerHTML = ${JSON.stringify(html)}
    ${prepare}
    const personal = () => ${JSON.stringify(entries)}
    return new usherCopier.PageCopier({ page: document, root: app, personal }).copy()
  })()`)) as Copy
  if (typeof copied === 'object') for (const node of copied.nodes) CopiedNode.parse(node)
  return copied
}

const told = async (given: Given): Promise<string> => {
  const copied = await copy(given)
  expect(copied).toBeTypeOf('object')
  return JSON.stringify(copied)
}

const elementsOf = async (given: Given): Promise<readonly CopiedElement[]> => {
  const copied = await copy(given)
  return typeof copied === 'object' ? copied.nodes.filter((node) => 'tag' in node) : []
}

const secret = '6222021234567'

test('a text, its element and how it looks are told', async () => {
  const copied = await told({ html: '<p class="big" lang="en">seen 7301992</p>' })
  for (const part of ['seen 7301992', '"tag":"p"', '"class":"big"', '"lang":"en"'])
    expect(copied).toContain(part)
})

describe('a value is told nowhere', () => {
  test.each([
    ['of a line', `<input value="${secret}">`],
    ['of a pattern', `<input pattern="${secret}|[0-9]+" placeholder="1">`],
    ['of what stands there before', `<input placeholder="${secret}">`],
    ['of what is offered', `<input list="all"><datalist id="all"><option value="${secret}"></datalist>`],
    ['of a hidden one', `<input type="hidden" value="${secret}">`],
    [
      'of a number, a telephone, a search',
      `<input type="number" value="${secret}"><input type="tel" value="${secret}"><input type="search" value="${secret}">`,
    ],
    [
      'of a switch or a choice',
      `<input type="checkbox" value="${secret}" checked><input type="radio" value="${secret}" checked>`,
    ],
    [
      'of a button',
      `<button value="${secret}" name="${secret}">Go</button><input type="submit" value="${secret}">`,
    ],
    [
      'of words for a program',
      `<p title="${secret}" aria-label="${secret}" aria-valuetext="${secret}" data-value="${secret}" id="${secret}">Words</p>`,
    ],
    [
      'of an address',
      `<a href="/${secret}">There</a><img src="/content/x" alt="${secret}" srcset="/${secret} 2x"><form action="/${secret}"></form>`,
    ],
    ['of a style', `<p style="--entry: '${secret}'">Words</p>`],
    ['of several lines', `<textarea>${secret}</textarea>`],
    ['of a list', `<select><option selected value="${secret}">${secret}</option></select>`],
    [
      'of what is edited in place',
      `<div contenteditable>${secret}</div><div contenteditable="plaintext-only"><p>${secret}</p></div>`,
    ],
    [
      'of what is measured',
      `<meter value="0.6" title="${secret}">${secret}</meter><progress>${secret}</progress><output data-private>${secret}</output>`,
    ],
    [
      'of a drawing that is private',
      `<div data-private><svg viewBox="0 0 9 9"><path d="M1 1L${secret} 2"></path><text>${secret}</text></svg></div>`,
    ],
    ['of a remark', `<!-- ${secret} --><p>Words</p>`],
    [
      'of a program or a sheet',
      `<script type="application/json">${secret}</script><style>.x::after { content: '${secret}' }</style><template><p>${secret}</p></template>`,
    ],
    ['of what the expert is not to see', `<div data-unseen><p>${secret}</p></div>`],
    [
      'of another page',
      `<iframe srcdoc="<p>${secret}</p>"></iframe><object data="data:text/plain,${secret}"></object>`,
    ],
  ])('%s', async (_, html) => {
    const copied = await told({ html: `<p>marker 4410278</p>${html}` })
    expect(copied).toContain('marker 4410278')
    expect(copied).not.toContain(secret)
  })

  test('that a program or the browser has filled in', async () => {
    const [line] = await elementsOf({
      html: '<input id="line">',
      prepare: `const line = document.getElementById('line'); line.value = '${secret}'; line.dispatchEvent(new Event('input', { bubbles: true }))`,
    })
    expect(line).toMatchObject({ tag: 'input', input: 'line', filled: true, attributes: {} })
    expect(JSON.stringify(line)).not.toContain(secret)
  })

  test('in a tree of its own below the page', async () => {
    const prepare = `const host = document.getElementById('host'); host.attachShadow({ mode: 'open' }).innerHTML = '<input value="${secret}"><p>${secret}</p>'`
    expect(await told({ html: '<div id="host"></div>', prepare })).not.toContain(secret)
  })

  test('and which of several is chosen looks the same as which is not', async () => {
    const choices = (chosen: string) =>
      ['a', 'b']
        .map((one) => `<label><input type="radio" name="x" ${one === chosen ? 'checked' : ''}>${one}</label>`)
        .join('')
    const [one, other] = [await told({ html: choices('a') }), await told({ html: choices('b') })]
    expect(one).toBe(other)
  })
})

test('a picture of the library is told by its hash, and not where it is private', async () => {
  const picture = 'ab'.repeat(32)
  const html = `<img src="http://127.0.0.1:9/content/${picture}">`
  expect(await told({ html })).toContain(`"picture":"${picture}"`)
  expect(await told({ html: `<div data-private>${html}</div>` })).not.toContain(picture)
})

describe('a page with a secret is not told at all', () => {
  test.each([
    '<div data-secret><p>Your code</p></div>',
    '<p>Words</p><input type="password">',
    '<dialog open><form><input type="password" value="1"></form></dialog>',
    '<input autocomplete="one-time-code">',
    '<input autocomplete="section-x cc-csc">',
  ])('%s', async (html) => {
    expect(await copy({ html })).toBe('secret')
  })
})

describe('what was entered is told as dots wherever it stands', () => {
  test.each([
    ['as it was typed', ['ABC12345'], '<p>Number ABC12345, please</p>'],
    ['in other letters', ['Zhang Wei'], '<p>Thank you, ZHANG WEI</p>'],
    ['in groups', ['6222021234567'], '<p>6222 0212 34567</p>'],
    ['with commas', ['1234567'], '<p>¥1,234,567.00</p>'],
    ['sign by sign', ['8842'], '<p><span>8</span><span>8</span><span>4</span><span>2</span></p>'],
    ['in two characters', ['李明'], '<p>您好，李明</p>'],
  ])('%s', async (_, entries, html) => {
    const copied = await copy({ html: `<p>marker 4410278</p><section>${html}</section>`, entries })
    const texts = (typeof copied === 'object' ? copied.nodes : []).flatMap((node) =>
      'text' in node ? [node.text] : [],
    )
    expect(texts[0]).toBe('marker 4410278')
    expect(new Set(texts.slice(1))).toEqual(new Set(['•••']))
  })

  test('and what was not is told, also beside it', async () => {
    const copied = await told({
      html: '<p>Thank you, Zoe <span>Next step</span></p><p>1 of 2</p>',
      entries: ['Zoe', '1', ''],
    })
    expect(copied).toContain('Next step')
    expect(copied).toContain('1 of 2')
    expect(copied).not.toContain('Zoe')
  })
})
