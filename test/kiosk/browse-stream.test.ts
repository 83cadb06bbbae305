/** A page on its way and the picture made of it: what is lost on the line is noticed, also where nothing comes after it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBareChromium } from '../support/chromium.ts'
import { addBundled } from './support/bundled.ts'

let browser: Browser
let page: Page

/** In the page: what is sent is drawn in a frame beside it, but for what the line drops. */
const begin = `
  globalThis.line = { drops: 0, sent: [], sights: [], lost: 0 }
  let mirror
  let run = 0
  const frame = document.getElementById('mirror')
  mirror = new usherMirror.Mirror(frame.contentDocument)
  globalThis.stream = usherStream.openStream({
    page: document,
    root: document.getElementById('app'),
    personal: () => [],
    newRun: () => 'run-' + String(run += 1).padStart(8, '0'),
    onSight: (sight) => line.sights.push(sight),
    send: (said) => {
      line.sent.push(said)
      if (said.kind !== 'page') return true
      if (line.drops > 0) line.drops -= 1
      else if (!mirror.take(said)) {
        line.lost += 1
        queueMicrotask(() => stream.again())
      }
      return true
    },
  })`

beforeAll(async () => {
  browser = await openBareChromium()
}, 60_000)
afterAll(() => browser?.close())

beforeEach(async () => {
  page = await browser.newPage()
  await page.clock.install()
  await page.setContent('<div id="app"><p id="words">before</p></div><iframe id="mirror"></iframe>')
  await addBundled(page, 'apps/browse/stream.ts', 'usherStream')
  await addBundled(page, 'apps/browse/mirror.ts', 'usherMirror')
  await page.evaluate(begin)
}, 60_000)
afterEach(() => page.close())

const shown = () => page.frameLocator('#mirror').locator('#app').textContent()
const says = (words: string) => page.evaluate(`document.getElementById('words').textContent = '${words}'`)
const drops = (count: number) => page.evaluate(`line.drops = ${count}`)
const sent = () => page.evaluate('line.sent.length') as Promise<number>

test('a last change that was dropped is noticed within two seconds, and mended', async () => {
  await page.clock.runFor(1_000)
  expect(await shown()).toBe('before')
  await drops(1)
  await says('after')
  await page.clock.runFor(300)
  expect(await page.evaluate('line.drops')).toBe(0)
  expect(await shown()).toBe('before')
  await page.clock.runFor(1_700)
  expect(await page.evaluate('line.lost')).toBe(1)
  await page.clock.runFor(1_200)
  expect(await shown()).toBe('after')
})

test('a page at rest costs little, one with a secret says nothing, and one that has ended is quiet', async () => {
  await page.clock.runFor(1_000)
  const before = await sent()
  await page.clock.runFor(15_000)
  expect((await sent()) - before).toBe(10)
  const last = await page.evaluate('JSON.stringify(line.sent.at(-1))')
  expect(String(last).length).toBeLessThan(250)

  await page.evaluate(
    `document.getElementById('app').append(Object.assign(document.createElement('input'), { type: 'password' }))`,
  )
  await page.clock.runFor(300)
  const paused = await sent()
  await page.clock.runFor(15_000)
  expect(await sent()).toBe(paused)
  expect(await page.evaluate('line.sights')).toEqual(['on', 'paused'])
  await page.evaluate(`document.querySelector('input').remove()`)
  await page.clock.runFor(300)
  expect(await page.evaluate('line.sights')).toEqual(['on', 'paused', 'on'])

  await page.evaluate('stream.stop()')
  const ended = await sent()
  await says('nobody sees it')
  await page.clock.runFor(15_000)
  expect(await sent()).toBe(ended)
})
