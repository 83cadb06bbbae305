/** What holds in every simulated day, whatever the scenario, the seed and what the devices do to the people. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { livePureDay } from '#simulators/lobby/pure-day.ts'
import type { DayRecord, VisitorRecord } from '#simulators/lobby/record.ts'
import { findScenario, type Scenario, scenarioNames } from '#simulators/lobby/scenario.ts'
import { playOut, playWithDevices } from './meddling.ts'

const days = scenarioNames().filter((name) => name !== 'demo')
const scenarios = new Map(days.map((name) => [name, findScenario(name)]))
const scenario = (name: string) => scenarios.get(name) as Scenario

const run = fc.record({
  name: fc.constantFrom(...days),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  devices: fc.boolean(),
  invitesEvery: fc.integer({ min: 1, max: 4 }),
})

const live = ({
  name,
  seed,
  devices,
  invitesEvery,
}: {
  name: string
  seed: number
  devices: boolean
  invitesEvery: number
}): DayRecord => {
  if (!devices) return livePureDay({ scenario: scenario(name), seed })
  const invites = (ticket: string) => Number(ticket.slice(1)) % invitesEvery === 0
  return playOut(playWithDevices(scenario(name), seed, { invites, greets: true })).model.record()
}

/** Time that all who wait spend waiting, from the lengths of the queue alone. */
const areaUnder = (record: DayRecord, service: string): number => {
  let area = 0
  let last = { atMs: record.fromMs, waiting: 0 }
  for (const { atMs, waiting, ...length } of record.queueLengths) {
    if (length.service !== service) continue
    area += last.waiting * (atMs - last.atMs)
    last = { atMs, waiting }
  }
  return area + last.waiting * (record.untilMs - last.atMs)
}

test("Little's law: queues are as long as arrivals times waits, people inside as many as arrivals times stays", () => {
  fc.assert(
    fc.property(run, (chosen) => {
      const record = live(chosen)
      const { visitors, heat, untilMs } = record
      for (const { id } of scenario(chosen.name).branch.services) {
        const waited = visitors
          .filter(({ service }) => service === id)
          .reduce((sum, { waitedMs }) => sum + waitedMs, 0)
        expect(areaUnder(record, id)).toBe(waited)
      }
      const inside = visitors.reduce(
        (sum, { arrivedAtMs, leftAtMs, party }) => sum + party * ((leftAtMs ?? untilMs) - arrivedAtMs),
        0,
      )
      const onTheFloor = heat.personSeconds.reduce((sum, seconds) => sum + seconds, 0) * 1_000
      expect(Math.abs(onTheFloor / inside - 1)).toBeLessThan(0.001)
    }),
    { numRuns: 120 },
  )
}, 600_000)

test('every visit makes sense: its moments are in order, and its outcome is what happened', () => {
  const isInOrder = (...moments: (number | null)[]) => {
    const known = moments.filter((moment) => moment !== null)
    return known.every((moment, index) => moment >= (known[index - 1] ?? 0))
  }
  const check = (visitor: VisitorRecord) => {
    const { outcome, kioskOutcome, servedUntilMs, leftAtMs, kioskFromMs, kioskUntilMs } = visitor
    const { arrivedAtMs, ticketAtMs, calledAtMs, servedFromMs } = visitor
    expect(isInOrder(arrivedAtMs, ticketAtMs, calledAtMs, servedFromMs, servedUntilMs, leftAtMs)).toBe(true)
    expect(isInOrder(arrivedAtMs, kioskFromMs, kioskUntilMs, leftAtMs)).toBe(true)
    expect(outcome === 'served').toBe(servedUntilMs !== null)
    expect(outcome === 'self-served').toBe(kioskOutcome === 'finished')
    expect(outcome === 'still-inside').toBe(leftAtMs === null)
    if (servedFromMs !== null && servedUntilMs !== null)
      expect(servedUntilMs - servedFromMs).toBe(visitor.serviceMs)
  }
  fc.assert(
    fc.property(run, (chosen) => live(chosen).visitors.forEach(check)),
    { numRuns: 120 },
  )
}, 600_000)

test('a counter serves one at a time, and only while it is open or finishing', () => {
  fc.assert(
    fc.property(run, (chosen) => {
      const { counters } = live(chosen)
      const serving = Map.groupBy(counters, ({ counter }) => counter)
      for (const intervals of serving.values())
        intervals.forEach(({ fromMs, untilMs }, index) => {
          expect(untilMs).toBeGreaterThanOrEqual(fromMs)
          expect(fromMs).toBe(intervals[index - 1]?.untilMs ?? fromMs)
        })
    }),
    { numRuns: 120 },
  )
}, 600_000)

describe('the same seed is the same day', () => {
  test('byte for byte, with devices and without', () => {
    fc.assert(
      fc.property(run, (chosen) => {
        expect(JSON.stringify(live(chosen))).toBe(JSON.stringify(live(chosen)))
      }),
      { numRuns: 120 },
    )
  }, 600_000)

  test('and another seed another day', () => {
    const [one, two] = [1, 2].map((seed) => livePureDay({ scenario: scenario('quiet-day'), seed }))
    expect(one?.visitors.map(({ arrivedAtMs }) => arrivedAtMs)).not.toEqual(
      two?.visitors.map(({ arrivedAtMs }) => arrivedAtMs),
    )
  })
})

describe('two arms share their chance', () => {
  const fate = ({
    id,
    arrivedAtMs,
    service,
    serviceMs,
    kioskMs,
    patienceMs,
    party,
    language,
    eligible,
  }: VisitorRecord) => ({
    id,
    arrivedAtMs,
    service,
    serviceMs,
    kioskMs,
    patienceMs,
    party,
    language,
    eligible,
  })

  test('who comes, when, with how much patience and work, is the same whatever is done to anybody', () => {
    fc.assert(
      fc.property(run, (chosen) => {
        const off = livePureDay({ scenario: scenario(chosen.name), seed: chosen.seed })
        const on = live({ ...chosen, devices: true })
        expect(on.visitors.map(fate)).toEqual(off.visitors.map(fate))
        expect(on.visitors.some(({ kiosk }, index) => kiosk !== off.visitors[index]?.kiosk)).toBe(true)
      }),
      { numRuns: 120 },
    )
  }, 600_000)

  test('a changed setting changes nothing that does not hang on it', () => {
    const plain = scenario('morning-rush')
    const changed: Scenario = { ...plain, customers: { ...plain.customers, acceptsInvitationShare: 0.1 } }
    const [one, two] = [plain, changed].map((settings) => livePureDay({ scenario: settings, seed: 5 }))
    expect(JSON.stringify(two?.visitors)).toBe(JSON.stringify(one?.visitors))
  })

  test('more visitors of one service do not change those of another', () => {
    const plain = scenario('quiet-day')
    const perHour = { ...plain.arrivals.perHour, advice: plain.arrivals.times.map(() => 9) }
    const fuller: Scenario = { ...plain, arrivals: { ...plain.arrivals, perHour } }
    const cash = (settings: Scenario) =>
      livePureDay({ scenario: settings, seed: 5 })
        .visitors.filter(({ service }) => service === 'cash')
        .map(fate)
    expect(cash(fuller)).toEqual(cash(plain))
  })
})

test('a day of the morning rush takes the pure model well under a second', () => {
  livePureDay({ scenario: scenario('morning-rush'), seed: 1 })
  const startedAt = performance.now()
  for (let seed = 2; seed < 12; seed++) livePureDay({ scenario: scenario('morning-rush'), seed })
  expect((performance.now() - startedAt) / 10).toBeLessThan(500)
})
