/** The model that goes on from a recorded day: what it takes from its tickets, and what it says of a change. */
import { beforeAll, describe, expect, test } from 'vitest'
import { recordedTickets } from '#cli/journal/day-tickets.ts'
import { modelOf } from '#cli/what-if/day-model.ts'
import type { PolicyWishes } from '#cli/what-if/policy-change.ts'
import { recordedArrivals } from '#cli/what-if/recorded-arrivals.ts'
import { estimateWaiting, type WaitingChange } from '#cli/what-if/waiting.ts'
import { rowText } from '#cli/what-if/waiting-text.ts'
import { flows } from '#flows/index.ts'
import { waitedMs } from '#hub/figures/tickets.ts'
import { findScenario, type Scenario } from '#simulators/lobby/scenario.ts'
import { countedMorning, recordDay } from './planted.ts'
import { type RecordedSimulation, recordSimulation } from './simulated.ts'

const hourMs = 3_600_000

/** The first three quarters of an hour of a morning rush. */
const shortRush = (): Scenario => {
  const scenario = findScenario('morning-rush')
  const closeMs = scenario.day.openMs + 0.75 * hourMs
  const { arrivals } = scenario
  const times = arrivals.times.filter((at) => at < closeMs)
  const perHour = Object.fromEntries(
    Object.entries(arrivals.perHour).map(([id, rates]) => [id, rates.slice(0, times.length)]),
  )
  return {
    ...scenario,
    day: { ...scenario.day, closeMs },
    arrivals: { ...arrivals, times, perHour, appointments: [], staged: [] },
  }
}

let rush: RecordedSimulation
beforeAll(async () => {
  rush = await recordSimulation(shortRush(), 'rush')
})

const estimate = async (policy: PolicyWishes, seeds: readonly string[]): Promise<WaitingChange> => {
  const { waiting, whyNoWaiting } = await estimateWaiting({
    day: rush.day,
    before: flows,
    after: flows,
    policy,
    inForce: [],
    seeds,
    onProgress: () => undefined,
  })
  if (waiting === null) throw new Error(whyNoWaiting.en)
  return waiting
}

describe('the tickets of a recorded day', () => {
  test('are those that were really given out, with what became of them', () => {
    const tickets = recordedTickets(rush.day)
    const { visitors } = rush.simulated.record
    const truth = visitors.filter(({ ticket }) => ticket !== null)
    expect(tickets.length).toBe(truth.length)
    expect(tickets.length).toBeGreaterThan(20)
    const midnight = rush.simulated.midnight
    for (const ticket of tickets) {
      const visitor = truth.find((one) => one.ticket === ticket.ticket)
      expect(ticket.service).toBe(visitor?.service)
      expect(Math.abs(ticket.issuedAt - midnight - (visitor?.ticketAtMs ?? 0))).toBeLessThan(2_000)
      if (visitor?.outcome !== 'served' || ticket.calledAt === null || visitor.calledAtMs === null) continue
      expect(Math.abs(ticket.calledAt - midnight - visitor.calledAtMs)).toBeLessThan(2_000)
      expect(waitedMs(ticket)).toBe(ticket.calledAt - ticket.issuedAt)
    }
  })

  test('give the model its arrivals: as they came, served as long, patient at least as long as they waited', () => {
    const model = modelOf(rush.day)
    if (model === undefined) throw new Error('no model')
    const arrivals = [...recordedArrivals(rush.day, model, 'a').arrivals()]
    expect(arrivals.length).toBe(model.tickets.length + model.kioskUses.length)
    expect(model.kioskUses.length).toBeGreaterThan(0)
    expect(arrivals.map(({ atMs }) => atMs)).toEqual(
      arrivals.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    )
    for (const ticket of model.tickets) {
      const arrival = arrivals.find(({ key }) => key === ticket.key)
      expect(arrival?.patienceMs).toBeGreaterThanOrEqual(Math.round(waitedMs(ticket) ?? 0))
      if (ticket.outcome === 'served' && ticket.calledAt !== null && ticket.endedAt !== null)
        expect(Math.abs((arrival?.serviceMs ?? 0) - (ticket.endedAt - ticket.calledAt))).toBeLessThanOrEqual(
          10_000,
        )
    }
    const again = [...recordedArrivals(rush.day, model, 'b').arrivals()]
    expect(
      again.map(({ serviceMs }) => serviceMs).filter((ms, n) => ms === arrivals[n]?.serviceMs).length,
    ).toBeGreaterThan(arrivals.length / 2)
    expect(again.some(({ patienceMs }, n) => patienceMs !== arrivals[n]?.patienceMs)).toBe(true)
  })
})

describe('the expected change in waiting', () => {
  test('of no change is exactly none: both arms share their chance', async () => {
    const { rows } = await estimate({}, ['1'])
    for (const { id, first, second, difference } of rows) {
      expect(first, id).toBe(second)
      if (difference !== null)
        expect([difference.low, difference.value, difference.high], id).toEqual([0, 0, 0])
    }
  })

  test('stands beside what was recorded, and is an interval of pairs', async () => {
    const waiting = await estimate({ promotion: { autonomy: 'off' } }, ['1', '2'])
    expect(waiting.tickets).toBe(recordedTickets(rush.day).length)
    const promotions = waiting.rows.find(({ id }) => id === 'promotionsPerVisit')
    const wait = waiting.rows.find(({ id }) => id === 'meanWait')
    expect(wait?.pairs).toBe(2)
    expect(promotions?.first).toBe(0)
    // The model, as everything was set, waits about as long as was recorded.
    const recorded = waiting.recordedMeanWaitMs ?? 0
    expect(Math.abs((wait?.second ?? 0) - recorded)).toBeLessThan(Math.max(60_000, recorded / 3))
    expect(wait === undefined ? '' : rowText(wait, 'en')).toMatch(/^Mean wait: .* as set, .* changed/)
  })

  test('is not spoken of where there is nothing to go on from', async () => {
    const day = await recordDay(countedMorning)
    const none = await estimateWaiting({
      day,
      before: flows,
      after: flows,
      policy: {},
      inForce: [],
      seeds: ['1'],
      onProgress: () => undefined,
    })
    expect(none).toMatchObject({
      waiting: null,
      whyNoWaiting: {
        en: expect.stringContaining('0 tickets') as string,
        zh: expect.stringContaining('0 张排队号') as string,
      },
    })
  })
})
