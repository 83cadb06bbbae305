/**
 * `node bench/pages/screen-memory.main.ts`: whether a screen grows in a day of its loop, by a clock that is driven as fast
 * as the page follows, without a hub, so that it also keeps what it has to tell. Nobody drives the clock of a video: one of
 * a third of a second is played for real, to its end, each time that it is its turn, many hundred times in the day, and only
 * so long of the day goes by as a screen shows at least. So nothing is said of what hours of one long video do. Ends with 1
 * when it has grown.
 */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { buildApps } from '#apps/build/build.ts'
import { isFresh, outDirectory } from '#apps/build/stamp.ts'
import { answerWith, createShell } from '#hub/desk/shell.ts'
import type { Board } from '#protocol/board.ts'
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import { recordFilms } from '#test/screen/films.ts'
import { picture } from '#test/screen/support.ts'
import { openChromium } from '#test/support/chromium.ts'

const { values } = parseArgs({ options: { hours: { type: 'string', default: '24' } } })
const hours = Number(values.hours)

/** Beyond the noise of collecting. */
const growthMax = 1.1
const showForMs = 10_000
const pictures = 6
const filmMs = 300
/** Steps in which a video is seen to be over. */
const stepMs = 20
const start = Date.parse('2026-11-02T00:00:00Z')

const files = new Map(
  Array.from({ length: pictures }, (_, index) => {
    const bytes = picture([30 * index, 90, 200 - 30 * index], 1_280, 720)
    return [hash('sha256', bytes), bytes] as const
  }),
)

const [film = Buffer.alloc(0)] = await recordFilms([{ ms: filmMs }])
const filmName = hash('sha256', film)

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
    {
      ...common,
      item: 'video',
      media: { sha256: filmName, type: 'video/webm', bytes: film.length, durationMs: filmMs },
      words: [],
      mandatory: false,
    },
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
  const name = pathname.replace('/content/', '')
  const bytes = name === filmName ? film : files.get(name)
  if (bytes !== undefined)
    return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes)
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
  /** Of the page's process, with what decoders and pictures take, and what driving its clock from outside does: told, not judged. */
  readonly residentMib: number
}

const residentOf = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const kib = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]))
  return Math.max(...kib) / 1_024
}

const usedBy = async (session: CDPSession): Promise<Used> => {
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return {
    heapMib: usedSize / 2 ** 20,
    nodes,
    listeners: jsEventListeners,
    residentMib: await residentOf(browser),
  }
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

const countFrames = `globalThis.frames_ = 0
globalThis.videos_ = 0
new MutationObserver(() => { frames_ += 1 })
  .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-frame'] })
addEventListener('ended', () => { videos_ += 1 }, true)`

const framesOf = (page: Page) => page.evaluate('frames_') as Promise<number>
const videosOf = (page: Page) => page.evaluate('videos_') as Promise<number>
/** At once where there is none. */
const videoIsOver = `new Promise((resolve) => {
  const video = document.querySelector('.stage > :last-child video')
  if (video === null || video.ended) resolve(video !== null)
  else for (const how of ['ended', 'error']) video.addEventListener(how, () => resolve(true))
})`

const browser = await openChromium()
const page = await browser.newPage({ viewport: { width: 1_280, height: 720 }, reducedMotion: 'reduce' })
await page.goto(url)
await page.locator('.live-default').waitFor()
await page.evaluate(keepProgramme)
await page.addInitScript({ content: countFrames })
await page.clock.install({ time: start })
await page.goto(url)
const session = await page.context().newCDPSession(page)

const day = { goneMs: 0 }
const goOn = async (ms: number) => {
  day.goneMs += ms
  await page.clock.runFor(ms)
}

/** One item further: its time goes by, and the next is there. */
const playOn = async () => {
  const before = await framesOf(page)
  if (!(await page.evaluate<boolean>(videoIsOver))) await goOn(showForMs)
  for (let tries = 0; (await framesOf(page)) === before; tries += 1) {
    if (tries > 3_000) throw new Error('The screen does not go on.')
    await goOn(stepMs)
  }
}

const isPicture = `document.querySelector('.stage > :last-child img') !== null`

let second: Used | undefined
let last: Used | undefined
for (let hour = 1; hour <= hours; hour += 1) {
  while (day.goneMs < hour * 3_600_000) await playOn()
  // Always the same kind of page: a table has twice as many nodes as a picture.
  while (!(await page.evaluate<boolean>(isPicture))) await playOn()
  last = await usedBy(session)
  if (hour === Math.min(2, hours)) second = last
  console.log(
    `after ${`${hour}`.padStart(2)} h  ${await framesOf(page)} frames, ${await videosOf(page)} videos, heap ${last.heapMib.toFixed(2)} MiB, ${last.nodes} nodes, ${last.listeners} listeners, resident ${last.residentMib.toFixed(0)} MiB`,
  )
}
const [frames, videos] = [await framesOf(page), await videosOf(page)]
await browser.close()
server.close()

if (second === undefined || last === undefined) throw new Error('Nothing was measured.')
// Its share of the turns is one of eight and more.
if (videos < frames / 20) throw new Error(`Of ${frames} showings only ${videos} were videos that ended.`)
const growth = Math.max(
  last.heapMib / second.heapMib,
  last.nodes / second.nodes,
  last.listeners / second.listeners,
)
const isMet = growth <= growthMax
console.log(
  `from the second hour to the last: × ${growth.toFixed(3)} (at most × ${growthMax}): ${isMet ? 'met' : 'missed'}`,
)
process.exit(isMet ? 0 : 1)
