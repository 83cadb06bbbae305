/**
 * `node bench/pages/memory.main.ts`: whether the tablet grows in eight hours of updates, ten a second, with its pages
 * opened in turn. The day is driven as fast as the page follows. Ends with 1 when it has grown.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { buildApps } from '#apps/build/build.ts'
import { isFresh, outDirectory } from '#apps/build/stamp.ts'
import { branchRows } from './lobby-rows.ts'
import { createLongDay, stepMs } from './long-day.ts'
import { startStageHub } from './stage-hub.ts'
import { positionsAt } from './walkers.ts'

const { values } = parseArgs({ options: { hours: { type: 'string', default: '8' } } })
const hours = Number(values.hours)

/** Beyond the noise of collecting. */
const growthMax = 1.1
/** What a page takes in at one go. */
const atOnce = 300
const looks = 8
const wish = { devices: 40, visits: 40, troubleEvery: 10 }
const floor = { wide: 40, high: 25 }

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

const open = async (url: string) => {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: sandbox })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  await page.goto(`${url}/lobby/floor`)
  await page.getByRole('dialog').getByRole('button').last().click()
  return { browser, page, session: await page.context().newCDPSession(page) }
}

/** Each page once, and back to the first. */
const goThrough = async (page: Page) => {
  const links = await page.getByRole('navigation').getByRole('link').all()
  for (const link of [...links.slice(1), ...links.slice(0, 1)]) {
    await link.click()
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  }
}

let at = Date.now()
const rows = branchRows({ at, ...wish })
if (!isFresh()) await buildApps()
const hub = await startStageHub({ directory: join(outDirectory, 'lobby'), rows, now: () => at })
const day = createLongDay(rows)
const { browser, page, session } = await open(hub.url)
const [branch] = rows.branch
const steps = Math.round((hours * 3_600_000) / stepMs)
const found: Used[] = []

const drive = async (from: number, to: number) => {
  for (let step = from; step < to; step += 1) {
    at += stepMs
    hub.delta(day.next(step, at))
    if (step % 10 === 0)
      hub.positions(positionsAt({ people: wish.visits, movers: [], ...floor }, step / 10, at))
    if (step % atOnce !== 0 || branch === undefined) continue
    // It has come so far when it says so.
    const title = `Branch ${step}`
    hub.delta({ branch: { put: [{ ...branch, title: { zh: title, en: title } }], drop: [] } })
    await page.getByText(title, { exact: true }).first().waitFor({ timeout: 60_000 })
  }
}

for (let look = 0; look < looks; look += 1) {
  await drive(1 + Math.round((look / looks) * steps), 1 + Math.round(((look + 1) / looks) * steps))
  await goThrough(page)
  const used = await usedBy(session)
  found.push(used)
  const hour = ((look + 1) / looks) * hours
  console.log(
    `after ${hour.toFixed(1).padStart(4)} h  heap ${used.heapMib.toFixed(1)} MiB, ${used.nodes} nodes, ${used.listeners} listeners`,
  )
}
await browser.close()
await hub.stop()

// The first quarter fills what is kept for an hour: trends, ended tasks.
const [first, last] = [found[1], found.at(-1)]
if (first === undefined || last === undefined) throw new Error('Nothing was measured.')
const growth = Math.max(
  last.heapMib / first.heapMib,
  last.nodes / first.nodes,
  last.listeners / first.listeners,
)
console.log(
  `from the second look to the last: × ${growth.toFixed(3)} (at most × ${growthMax}): ${growth <= growthMax ? 'met' : 'missed'}`,
)
process.exit(growth <= growthMax ? 0 : 1)
