/**
 * `node bench/pages/screen-memory.main.ts`: whether a screen grows in a day of its loop, by a clock that is driven as fast
 * as the page follows, without a hub, so that it also keeps what it has to tell. Videos are left out: they play by a clock
 * of their own. Ends with 1 when it has grown.
 */
import { hash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import { buildApps } from '#apps/build/build.ts'
import { isFresh, outDirectory } from '#apps/build/stamp.ts'
import { answerWith, createShell } from '#hub/desk/shell.ts'
import type { Board } from '#protocol/board.ts'
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import { picture } from '#test/screen/support.ts'
import { openChromium } from '#test/support/chromium.ts'

const { values } = parseArgs({ options: { hours: { type: 'string', default: '24' } } })
const hours = Number(values.hours)

/** Beyond the noise of collecting. */
const growthMax = 1.1
const showForMs = 10_000
const pictures = 6
const start = Date.parse('2026-11-02T00:00:00Z')

const files = new Map(
  Array.from({ length: pictures }, (_, index) => {
    const bytes = picture([30 * index, 90, 200 - 30 * index], 1_280, 720)
    return [hash('sha256', bytes), bytes] as const
  }),
)

const always = { from: null, to: null, hours: null, weekdays: [] }
const common = { version: 1, showForMs, loops: true, priority: 0, runs: always }
const programme: Programme = {
  timeZone: 'Asia/Shanghai',
  languages: ['zh', 'en'],
  mandatoryShare: 0.15,
  entries: [
    ...[...files].map(
      ([sha256, bytes], index): ProgrammeEntry => ({
        ...common,
        item: `picture-${index}`,
        media: { sha256, type: 'image/png', bytes: bytes.length },
        words: [{ language: 'zh', text: `图片 ${index}` }],
        mandatory: false,
      }),
    ),
    { ...common, item: 'queues', template: 'queues', words: [], mandatory: false },
    {
      ...common,
      item: 'fraud',
      words: [
        { language: 'zh', text: '谨防诈骗，转账前请核实对方身份。' },
        { language: 'en', text: 'Beware of fraud: check who you pay.' },
      ],
      mandatory: true,
    },
  ],
}

let asked = 0
const board = (): Board => {
  asked += 1
  return {
    branch: 'demo',
    title: { zh: '示范网点', en: 'Demonstration branch' },
    timeZone: 'Asia/Shanghai',
    languages: ['zh', 'en'],
    at: start,
    mode: 'open',
    services: [
      {
        id: 'cash',
        title: { zh: '个人现金', en: 'Personal cash' },
        waiting: asked % 9,
        announcedWaitMs: (asked % 9) * 80_000,
        selfService: true,
        countersOpen: 2,
      },
    ],
    called: [{ ticket: `A${100 + (asked % 900)}`, counter: 'counter-1', calledAt: start }],
  }
}

if (!isFresh()) await buildApps()
const shell = createShell(outDirectory, 'screen')
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://screen')
  const bytes = files.get(pathname.replace('/content/', ''))
  if (bytes !== undefined) return void response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
  if (pathname === '/api/board')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(board()))
  const file = pathname.startsWith('/screen') ? shell.file(pathname.slice('/screen/'.length)) : undefined
  if (file === undefined) return void response.writeHead(404).end()
  const { status, headers, body } = answerWith(file, request.headers, false)
  return void response.writeHead(status, headers).end(body)
})
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/screen`

interface Used {
  readonly heapMib: number
  readonly nodes: number
  readonly listeners: number
}

const usedBy = async (session: CDPSession): Promise<Used> => {
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { heapMib: usedSize / 2 ** 20, nodes, listeners: jsEventListeners }
}

/** As the screen itself keeps it. */
const keepProgramme = `new Promise((resolve, reject) => {
  const asked = indexedDB.open('usher-screen', 1)
  asked.onerror = () => reject(asked.error)
  asked.onsuccess = () => {
    const writing = asked.result.transaction('kept', 'readwrite')
    writing.objectStore('kept').put(${JSON.stringify(programme)}, 'programme')
    writing.oncomplete = () => { asked.result.close(); resolve() }
  }
})`

const countFrames = `new MutationObserver(() => { globalThis.frames_ = (globalThis.frames_ ?? 0) + 1 })
  .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-frame'] })`

const framesOf = (page: Page) => page.evaluate('globalThis.frames_ ?? 0') as Promise<number>

const browser = await openChromium()
const page = await browser.newPage({ viewport: { width: 1_280, height: 720 }, reducedMotion: 'reduce' })
await page.goto(url)
await page.locator('.live-default').waitFor()
await page.evaluate(keepProgramme)
await page.addInitScript({ content: countFrames })
await page.clock.install({ time: start })
await page.goto(url)
const session = await page.context().newCDPSession(page)

/** One item further: its time goes by, and the next is there. */
const playOn = async () => {
  const before = await framesOf(page)
  await page.clock.runFor(showForMs)
  for (let tries = 0; (await framesOf(page)) === before; tries += 1) {
    if (tries > 600) throw new Error('The screen does not go on.')
    await page.clock.runFor(100)
  }
}

let second: Used | undefined
let last: Used | undefined
const perHour = Math.round(3_600_000 / showForMs)
for (let hour = 1; hour <= hours; hour += 1) {
  for (let item = 0; item < perHour; item += 1) await playOn()
  last = await usedBy(session)
  if (hour === Math.min(2, hours)) second = last
  console.log(
    `after ${`${hour}`.padStart(2)} h  ${await framesOf(page)} frames, heap ${last.heapMib.toFixed(2)} MiB, ${last.nodes} nodes, ${last.listeners} listeners`,
  )
}
await browser.close()
server.close()

if (second === undefined || last === undefined) throw new Error('Nothing was measured.')
const growth = Math.max(
  last.heapMib / second.heapMib,
  last.nodes / second.nodes,
  last.listeners / second.listeners,
)
console.log(
  `from the second hour to the last: × ${growth.toFixed(3)} (at most × ${growthMax}): ${growth <= growthMax ? 'met' : 'missed'}`,
)
process.exit(growth <= growthMax ? 0 : 1)
