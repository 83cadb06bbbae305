/**
 * What a call with an expert costs: how soon all three see and hear each other, the processor time of all three pages and of
 * the hub's line, and the bytes to and from the expert, who is the one far away.
 *
 *   node bench/calls/media.main.ts [runs] [seconds]
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { LineProcess } from '#test/calls/support/line-process.ts'
import { isMoving, names, openMediaChromium, openParty, type Party } from '#test/calls/support/parties.ts'

const [runs = 20, seconds = 20] = process.argv.slice(2).map(Number)
const directions = names.length * (names.length - 1)

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ??
  Number.NaN

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })

/** Of proc(5): user and system time in hundredths of a second, and the parent. */
const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return [
          { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) },
        ]
      } catch {
        return []
      }
    })

/** Seconds that this process' children have used up to now: the line, and everything else, which is the browser. */
const cpuNow = (linePid: number) => {
  const all = processes()
  const below = new Set([process.pid])
  for (let size = 0; size !== below.size; ) {
    size = below.size
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid)
  }
  const sum = (which: (pid: number) => boolean) =>
    all.filter(({ pid }) => below.has(pid) && which(pid)).reduce((ticks, one) => ticks + one.ticks, 0) / 100
  return { line: sum((pid) => pid === linePid), pages: sum((pid) => pid !== linePid && pid !== process.pid) }
}

const until = async (is: () => Promise<boolean>) => {
  while (!(await is())) await wait(50)
}

const openParties = (browser: Browser, line: LineProcess) =>
  Promise.all(names.map((id) => openParty(browser, line.base, id)))

const close = async (parties: readonly Party[]) => {
  for (const party of parties) await party.close()
}

/** From the moment the last one joins until each has shown a picture of each other one. */
const timeToAll = async (parties: readonly Party[], line: LineProcess, call: string) => {
  let last = 0
  for (const party of parties) last = await party.join(line.ticket(call, party.id))
  const firsts = async () =>
    (await Promise.all(parties.map((party) => party.firsts()))).flatMap(Object.values<number>)
  await until(async () => (await firsts()).length === directions)
  return Math.max(...(await firsts())) - last
}

const bytesOf = async (party: Party) => {
  const reports = await party.reports()
  return {
    sent: reports.reduce((all, { sentBytes }) => all + sentBytes, 0),
    received: reports.reduce((all, { receivedBytes }) => all + receivedBytes, 0),
  }
}

const steady = async (parties: readonly Party[], line: LineProcess) => {
  await until(() => isMoving(parties))
  // Until the browsers have found out what the line bears.
  await wait(10_000)
  const expert = parties.at(-1) as Party
  const [cpu, bytes, from] = [cpuNow(line.pid), await bytesOf(expert), performance.now()]
  await wait(seconds * 1_000)
  const [cpuAfter, bytesAfter, lasted] = [
    cpuNow(line.pid),
    await bytesOf(expert),
    (performance.now() - from) / 1_000,
  ]
  const perSecond = (before: number, after: number) => (after - before) / lasted
  const [report] = await expert.reports()
  return {
    codec: report?.codec,
    width: report?.width,
    pagesCpuPercent: Math.round(perSecond(cpu.pages, cpuAfter.pages) * 100),
    lineCpuPercent: Math.round(perSecond(cpu.line, cpuAfter.line) * 1_000) / 10,
    toExpertKbps: Math.round((perSecond(bytes.received, bytesAfter.received) * 8) / 1_000),
    fromExpertKbps: Math.round((perSecond(bytes.sent, bytesAfter.sent) * 8) / 1_000),
  }
}

const line = await new LineProcess().start()
const browser = await openMediaChromium()
const times: number[] = []
for (let run = 0; run < runs; run += 1) {
  const parties = await openParties(browser, line)
  times.push(await timeToAll(parties, line, `call-${run}`))
  await close(parties)
}
const [cold = Number.NaN, ...warm] = times
const parties = await openParties(browser, line)
for (const party of parties) await party.join(line.ticket('call-steady', party.id))
const cost = await steady(parties, line)
await close(parties)
await browser.close()
await line.close()
console.log(
  JSON.stringify(
    {
      runs,
      firstOfBrowserMs: Math.round(cold),
      allSixMs: {
        p50: Math.round(percentile(warm, 0.5)),
        p95: Math.round(percentile(warm, 0.95)),
        max: Math.round(Math.max(...warm)),
      },
      steady: { seconds, ...cost },
    },
    null,
    2,
  ),
)
