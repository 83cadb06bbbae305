/** One simulated day on the real hub under a measuring plan: what the reports make of its journal, against the truth. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type DayReport, dayReport } from '#cli/day/day-report.ts'
import { dayCsv, dayText } from '#cli/day/day-text.ts'
import { effectText } from '#cli/effect/effect-text.ts'
import { estimateEffect } from '#cli/effect/estimate.ts'
import { type Measurement, readMeasurement } from '#cli/effect/measurement.ts'
import { floorReport } from '#cli/floor/floor-report.ts'
import { floorCsv, floorText } from '#cli/floor/floor-text.ts'
import type { RecordedDay, RecordedEntry } from '#cli/journal/read-day.ts'
import { liveDay, type SimulatedDay } from '#cli/simulate/day.ts'
import { allBlocks, type Block } from '#hub/branch/switchback-plan.ts'
import { readEntry } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { DayBook } from '#hub/figures/day-book.ts'
import { dayMs } from '#protocol/local-time.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { planOf } from '../effect/support.ts'
import { englishIn } from '../latin.ts'

const scenario = findScenario('quiet-day')
const flows = ['diversion', 'greeting', 'promotion']
const plan = planOf('e2e', { from: scenario.day.date, until: scenario.day.date, flows })
const blocks: readonly Block[] = allBlocks(plan, scenario.branch.timeZone)

const asRecorded = (lived: SimulatedDay): RecordedDay => {
  const records = new Map<number, DecisionRecord[]>()
  for (const { seq, record } of lived.decisions) {
    const own = records.get(seq) ?? []
    if (own.length === 0) records.set(seq, own)
    own.push(record)
  }
  const entries = lived.entries().map((stored): RecordedEntry => {
    const { branch, epoch, seq, at, kind, device, cause } = stored
    const opened = readEntry(stored)
    const about = { branch, epoch, seq, at, kind, device, cause, numbering: undefined }
    return { ...about, body: opened?.body ?? null, records: records.get(seq) ?? [] }
  })
  return {
    branch: lived.branch.branch,
    day: scenario.day.date,
    timeZone: scenario.branch.timeZone,
    fromMs: lived.midnight,
    toMs: lived.midnight + dayMs,
    settings: defaultSettings,
    versions: { hub: '', xstate: '', flows: {} },
    state: new Map(),
    entries,
    erased: { bodies: 0, records: 0 },
    hash: '',
  }
}

let lived: SimulatedDay
let day: RecordedDay
let measurement: Measurement

beforeAll(async () => {
  lived = await liveDay({
    scenario,
    seed: 3,
    policy: { title: 'on', flows: {} },
    commands: [{ name: 'effect.plan', plan, by: 'manager-1' }],
  })
  day = asRecorded(lived)
  measurement = readMeasurement(day.entries.flatMap(({ records }) => records ?? [])) as Measurement
}, 60_000)

const armAt = (atMs: number) =>
  blocks.find(({ from, until }) => lived.midnight + atMs >= from && lived.midnight + atMs < until)?.arm

describe('the measuring plan', () => {
  test('lets nobody be greeted in blocks without', () => {
    const greetedIn = (arm: string) =>
      lived.record.visitors.filter(
        ({ arrivedAtMs, greeted }) => armAt(arrivedAtMs) === arm && greeted.length > 0,
      )
    expect(greetedIn('on').length).toBeGreaterThan(20)
    // A sensor sees somebody a moment after they came in: those of the last seconds may be the next block's.
    expect(greetedIn('off').filter(({ arrivedAtMs }) => armAt(arrivedAtMs + 10_000) === 'off')).toEqual([])
  })

  test('measures what happened: every block, and each wait as it was', () => {
    expect(measurement.blocks.map(({ id, arm, invalid }) => [id, arm, invalid])).toEqual(
      blocks.map(({ id, arm }) => [id, arm, []]),
    )
    const truth = new Map(
      lived.record.visitors.flatMap((visitor) =>
        visitor.ticketAtMs === null
          ? []
          : [[Math.round((lived.midnight + visitor.ticketAtMs) / 1_000), visitor] as const],
      ),
    )
    const errors = measurement.tickets.flatMap(({ issuedAt, waitedMs, left }) => {
      const visitor = truth.get(Math.round(issuedAt / 1_000))
      if (visitor?.outcome !== 'served') return []
      expect(left).toBe(false)
      return [(waitedMs ?? 0) - ((visitor.calledAtMs ?? 0) - (visitor.ticketAtMs ?? 0))]
    })
    expect(errors.length).toBeGreaterThan(100)
    // Two may have taken their tickets within one second.
    expect(errors.filter((error) => Math.abs(error) > 2_000).length).toBeLessThan(errors.length / 20)
  })

  test('says that one day is not enough', () => {
    const report = estimateEffect(measurement, { asOf: Number.MAX_SAFE_INTEGER })
    expect(report).toMatchObject({ tosses: 4, verdict: 'not-enough', blocks: { on: 4, off: 4 } })
    const english = effectText(report, { tongue: 'en', timeZone: day.timeZone })
    expect(english).toContain('not enough')
    expect(english).toContain(`${plan.from} ${plan.hours.from}:00 to ${plan.from} ${plan.hours.to}:00`)
    expect(effectText(report, { tongue: 'zh', timeZone: day.timeZone })).toContain('现有数据不足以判断')
    expect(englishIn(effectText(report, { tongue: 'zh', timeZone: day.timeZone }))).toEqual([])
  })
})

describe('the day', () => {
  let report: DayReport
  beforeAll(() => {
    report = dayReport(day)
  })

  test('has the figures of the truth, where a journal can know them', () => {
    const { figures } = report
    const truth = lived.figures
    expect(figures.visitors.tickets).toBe(truth.visitors.tickets)
    expect(figures.visitors.served).toBe(truth.visitors.served)
    expect(figures.visitors.selfServed).toBe(truth.visitors.selfServed)
    expect(figures.visitors.abandoned).toBe(truth.visitors.abandoned)
    // The truth also knows how long those looked for a kiosk who took no ticket.
    const waits = lived.record.visitors.flatMap(({ ticketAtMs, calledAtMs }) =>
      ticketAtMs === null || calledAtMs === null ? [] : [calledAtMs - ticketAtMs],
    )
    const mean = waits.reduce((sum, one) => sum + one, 0) / waits.length
    expect(Math.abs((figures.wait.ms?.mean ?? 0) - mean)).toBeLessThan(1_000)
    expect(figures.promotion.shown).toBe(truth.promotion.shown)
    expect(figures.staff.asked).toBe(truth.staff.asked)
    expect(figures.staff.alerts).toBe(truth.staff.alerts)
    expect(Math.abs(figures.greeting.greeted - truth.greeting.greeted)).toBeLessThanOrEqual(
      0.15 * truth.greeting.greeted,
    )
    for (const [counter, { served }] of Object.entries(truth.counters))
      expect(figures.counters[counter]?.served, counter).toBe(served)
  })

  test('has calls with experts where somebody asked for one, and says nothing of them where nobody did', () => {
    expect(report.calls).toBeNull()
    expect(dayText(report, 'en')).not.toContain('Calls with experts')
    const [first, ...rest] = day.entries.slice(-3)
    const call = (code: string, params: object = {}): DecisionRecord => ({
      kind: 'call',
      code,
      params: { call: 'call-1', ...params },
    })
    const at = first?.at ?? 0
    const entries = [
      { ...first, at, records: [call('call.requested', { withinMs: 20_000, group: 'loans' })] },
      { ...rest[0], at: at + 12_345, records: [call('call.accepted', { expert: 'ann' })] },
      {
        ...rest[1],
        at: at + 72_345,
        records: [call('call.hung-up'), call('call.ended', { outcome: 'solved' })],
      },
    ] as RecordedEntry[]
    const called = dayReport({ ...day, entries: [...day.entries.slice(0, -3), ...entries] })
    expect(called.calls).toMatchObject({
      calls: 1,
      within: 1,
      waitMs: 12_345,
      groups: { loans: { calls: 1 } },
    })
    expect(dayText(called, 'en')).toMatch(/Calls with experts\n  Asked for +1\n  Answered +1\n/)
    expect(englishIn(dayText(called, 'zh'))).toEqual([])
    expect(dayCsv(called)).toContain('\ncallLevel,share,1\n')
    expect(dayCsv(called)).toContain('\ncallTalk,ms,60000\n')
  })

  test('says what it does not know, and why', () => {
    expect(report.figures.greeting.duplicates).toBeNull()
    expect(report.notKnown.map(({ figure }) => figure)).toContain('diversion.eligible')
    expect(dayText(report, 'en')).toContain('not known')
    expect(dayText(report, 'zh')).toContain('不详')
    expect(englishIn(dayText(report, 'zh'))).toEqual([])
    expect(dayCsv(report).split('\n')[1]).toMatch(/^meanWait,ms,\d+$/)
    expect(dayCsv(report)).not.toMatch(/,ms,.*\./)
  })
})

describe('the floor', () => {
  test('adds up to the people the sensors saw', () => {
    const report = floorReport(day)
    const of = (zone: string) => report.zones.filter((one) => one.zone === zone)
    const came = of('entrance').reduce((sum, { footfall }) => sum + (footfall ?? 0), 0)
    // Sensors miss some and see some twice.
    expect(Math.abs(came - lived.record.visitors.length)).toBeLessThan(0.6 * lived.record.visitors.length)
    expect(Math.max(...of('waiting').map(({ maxPeople }) => maxPeople ?? 0))).toBeGreaterThan(0)
    const counters = report.counters.reduce((sum, { servingMs }) => sum + servingMs, 0)
    const truth = Object.values(lived.figures.counters).reduce((sum, { servingMs }) => sum + servingMs, 0)
    expect(counters / truth).toBeGreaterThan(0.9)
    expect(counters / truth).toBeLessThan(1.25)
    expect(floorText(report, 'en')).toContain('ZONE')
    expect(floorText(report, 'zh')).toContain('平均停留')
    expect(englishIn(floorText(report, 'zh'))).toEqual([])
    expect(floorCsv(report).split('\n').length).toBe(1 + report.zones.length + report.counters.length)
  })
})

describe('a book that is kept while the day goes on', () => {
  const screens = () =>
    new Set(lived.branch.devices.filter(({ kind }) => kind === 'screen').map(({ id }) => id))
  const bookUntil = (at: number) => {
    const book = new DayBook((device) => screens().has(device))
    for (const entry of day.entries) if (entry.at >= day.fromMs && entry.at <= at) book.note(entry)
    return book
  }

  test('says the same as the report of the whole day', () => {
    const { figures } = dayReport(day)
    const kept = bookUntil(day.toMs).figures(day.toMs)
    expect(kept.tickets).toBeGreaterThan(20)
    expect(kept).toMatchObject({
      came: figures.visitors.came,
      tickets: figures.visitors.tickets,
      served: figures.visitors.served,
      selfServed: figures.visitors.selfServed,
      abandonedShare: figures.visitors.abandonedShare,
      waitMs: figures.wait.ms,
      announced: figures.announced,
      greetedShare: figures.greeting.share,
      divertedFinished: figures.diversion.finished,
      promotions: figures.promotion.shown,
      alerts: figures.staff.alerts,
    })
  })

  test('says of a moment that has passed what it said then', () => {
    const whole = bookUntil(day.toMs)
    for (const hour of [9, 11, 13, 15]) {
      const at = day.fromMs + hour * 3_600_000
      expect(whole.figures(at)).toEqual(bookUntil(at).figures(at))
    }
  })
})
