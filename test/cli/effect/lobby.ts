/** Days of the lobby model with the hub off, in which something planted makes service quicker in the blocks with. */
import type { MeasuredTicket, Measurement } from '#cli/effect/measurement.ts'
import { createSimClock } from '#cli/simulate/sim-clock.ts'
import { allBlocks, type Block } from '#hub/branch/switchback-plan.ts'
import { dayMs } from '#protocol/local-time.ts'
import type { ArrivalSource } from '#simulators/lobby/arrival-source.ts'
import { createLobbyModel } from '#simulators/lobby/model.ts'
import { arrivalsFromRates } from '#simulators/lobby/rates.ts'
import { findScenario, type Scenario } from '#simulators/lobby/scenario.ts'
import { measured, minute, planOf } from './support.ts'

/** Ordinary load: the morning's rush, thinner, so that queues come and go within a block. */
export const ordinaryDay = (): Scenario => {
  const scenario = findScenario('morning-rush')
  const perHour = Object.fromEntries(
    Object.entries(scenario.arrivals.perHour).map(([service, rates]) => [
      service,
      rates.map((rate) => rate * 0.6),
    ]),
  )
  return { ...scenario, arrivals: { ...scenario.arrivals, perHour } }
}

/** @param factor of the time at a counter, by when somebody comes in. */
const quickened = (source: ArrivalSource, factor: (atMs: number) => number): ArrivalSource => ({
  title: source.title,
  *arrivals() {
    for (const arrival of source.arrivals())
      yield { ...arrival, serviceMs: Math.round(arrival.serviceMs * factor(arrival.atMs)) }
  },
})

/** Tickets of one day; times count from its midnight. */
export const liveTickets = async (
  scenario: Scenario,
  seed: string,
  factor: (atMs: number) => number,
): Promise<readonly MeasuredTicket[]> => {
  const startMs = scenario.day.openMs - minute
  const clock = createSimClock(startMs)
  const time = clock.process()
  const model = createLobbyModel({
    scenario,
    seed,
    startMs,
    clock: { now: () => time.wallMs(), after: (ms, call) => time.after(ms, call) },
    arrivals: quickened(arrivalsFromRates(scenario, seed), factor),
  })
  model.start()
  await clock.run(model.endMs - startMs)
  model.stop()
  return model.record().visitors.flatMap(({ ticketAtMs, calledAtMs, service, outcome }) =>
    ticketAtMs === null || outcome === 'still-inside'
      ? []
      : [
          {
            service,
            issuedAt: ticketAtMs,
            left: outcome === 'abandoned',
            waitedMs: outcome === 'abandoned' || calledAtMs === null ? null : calledAtMs - ticketAtMs,
          },
        ],
  )
}

export interface Experiment {
  readonly scenario: Scenario
  readonly seed: string
  /** Of the time at a counter in blocks with. */
  readonly factor: number
  readonly until: string
}

export const burnInMs = 20 * minute

export const runExperiment = async ({ scenario, seed, factor, until }: Experiment): Promise<Measurement> => {
  const plan = planOf(seed, { until, burnInMs })
  const blocks = allBlocks(plan, 'UTC')
  const tickets: MeasuredTicket[] = []
  for (const day of new Set(blocks.map((block) => block.day))) {
    const midnight = Date.parse(`${day}T00:00:00Z`)
    const own = blocks.filter((block) => block.day === day)
    const isOn = (at: number) =>
      own.some(({ arm, from, until }: Block) => arm === 'on' && at >= from && at < until)
    const lived = await liveTickets(scenario, `${seed}/${day}`, (atMs) =>
      isOn(midnight + atMs) ? factor : 1,
    )
    tickets.push(...lived.map((ticket) => ({ ...ticket, issuedAt: ticket.issuedAt + midnight })))
  }
  return measured(blocks, burnInMs, tickets)
}

/** What it would be with it all day against without it all day: the mean over visitors of the same hours. */
export const trueEffect = async (scenario: Scenario, factor: number, days: number): Promise<number> => {
  const plan = planOf('truth', { until: '2026-03-02', burnInMs })
  const hours = allBlocks(plan, 'UTC').map(({ from, until }) => ({
    from: (from % dayMs) + burnInMs,
    until: until % dayMs,
  }))
  const waits = async (by: number) => {
    const found: number[] = []
    for (let day = 0; day < days; day++)
      for (const { issuedAt, waitedMs } of await liveTickets(scenario, `truth/${day}`, () => by))
        if (waitedMs !== null && hours.some(({ from, until }) => issuedAt >= from && issuedAt < until))
          found.push(waitedMs)
    return found.reduce((sum, one) => sum + one, 0) / found.length
  }
  return (await waits(factor)) - (await waits(1))
}
