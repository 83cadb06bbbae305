/** The out-tray of a page in a real browser: the same as that of a program, whatever is said, acknowledged and cut off. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleForPages } from '#adapters/package/build.ts'
import { openFileTray } from '#adapters/sdk/out-tray-file.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { remove, scratch } from '../../cli/support.ts'
import { openChromium } from '../../support/chromium.ts'
import { type Driven, drive, type Step } from './support/drive.ts'

const origin = 'http://127.0.0.1:9/'
let folder: string
let script: string
let browser: Browser
let context: BrowserContext
let page: Page

const openTab = async () => {
  const tab = await context.newPage()
  await tab.goto(origin)
  await tab.addScriptTag({ content: script, type: 'module' })
  await tab.waitForFunction('globalThis.openTray !== undefined')
  return tab
}

beforeAll(async () => {
  folder = scratch()
  const file = join(folder, 'tray.js')
  const root = join(import.meta.dirname, '../../..')
  bundleForPages(root, join(import.meta.dirname, 'support/tray-page.main.ts'), file)
  script = readFileSync(file, 'utf8')
  browser = await openChromium()
  context = await browser.newContext()
  await context.route(`${origin}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>tray</title>' }),
  )
  page = await openTab()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  remove(folder)
})

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('say' as const),
      what: fc.constantFrom('measured', 'happened', 'done', 'said'),
      times: fc.integer({ min: 1, max: 90 }),
      length: fc.constantFrom(1, 1_000, 55_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('acknowledge' as const), back: fc.nat({ max: 50 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('line' as const), isUp: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ is: 'die' as const }) },
)

const both = async (steps: readonly Step[]) => {
  const file = join(folder, `${randomUUID()}.out-tray`)
  const model = await drive(async () => openFileTray({ file, clock: createSystemClock() }), steps)
  const found = await page.evaluate(`drive(${JSON.stringify(randomUUID())}, ${JSON.stringify(steps)})`)
  return { model, found: found as Driven }
}

test('holds what the file of a program would hold, in its order, and is full at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { model, found } = await both(steps)
      expect(found).toEqual(model)
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('full of bytes and full of messages, it gives up the same', async () => {
  const say = (what: 'measured' | 'happened' | 'done', times: number, length: number) =>
    ({ is: 'say', what, times, length }) as const
  const heavy = await both([say('done', 5, 10), say('measured', 100, 55_000), say('happened', 300, 55_000)])
  expect(heavy.found).toEqual(heavy.model)
  expect(heavy.found.dropped).toBeGreaterThan(90)
  const many = await both([say('measured', 6_000, 1), { is: 'die' }, say('happened', 4_500, 1)])
  expect(many.found).toEqual(many.model)
  expect(many.found).toMatchObject({ dropped: 500 })
  expect(many.found.waiting).toHaveLength(10_000)
}, 60_000)

test('two tabs of one device lose nothing of each other, and what one hands over the other does not bring back', async () => {
  const other = await openTab()
  const put = (boot: string, n: number) =>
    `mine.put('kiosk-1', { boot: '${boot}', n: ${n}, at: 1, topic: 'a/event/x-a', payload: '{}' })`
  const open = "openTray('shared').then((tray) => void (globalThis.mine = tray))"
  await page.evaluate(open)
  await page.evaluate(put('boot-1', 1))
  await other.evaluate(open)
  await Promise.all([
    page.evaluate(`Promise.all([${put('boot-1', 2)}, ${put('boot-1', 3)}])`),
    other.evaluate(`Promise.all([${put('boot-2', 1)}, ${put('boot-2', 2)}])`),
  ])
  // What the first had said before the second began is known to both.
  await other.evaluate("mine.take('kiosk-1', { boot: 'boot-1', n: 1 }), mine.close()")
  await page.evaluate("mine.take('kiosk-1', { boot: 'boot-1', n: 1 }), mine.close()")
  const left = await page.evaluate(
    "openTray('shared').then((tray) => tray.earlier('kiosk-1').map(({ boot, n }) => boot + ' ' + n))",
  )
  expect(left).toHaveLength(4)
  expect([...(left as string[])].sort()).toEqual(['boot-1 2', 'boot-1 3', 'boot-2 1', 'boot-2 2'])
})

test('what is none of it is left out and thrown away', async () => {
  const left =
    await page.evaluate(`openTray('odd').then((tray) => tray.close()).then(() => new Promise((resolve) => {
    const opening = indexedDB.open('odd')
    opening.onsuccess = () => {
      const writing = opening.result.transaction('rows', 'readwrite')
      writing.objectStore('rows').add({ device: 7 })
      writing.oncomplete = () => { opening.result.close(); resolve() }
    }
  })).then(() => openTray('odd')).then((tray) => tray.earlier('kiosk-1').length)`)
  expect(left).toBe(0)
})

test('closed, it takes nothing more and holds nobody up', async () => {
  const said = await page.evaluate(`openTray('gone').then(async (tray) => {
    await tray.close()
    const kept = await tray.put('kiosk-1', { boot: 'boot-1', n: 1, at: 1, topic: 'a/event/x-a', payload: '{}' })
    return kept === undefined
  })`)
  expect(said).toBe(true)
})
