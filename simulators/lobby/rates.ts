/**
 * Arrivals from the rates of a scenario: a non-homogeneous Poisson process for each service by thinning (Lewis and
 * Shedler, 1979), booked visitors around their times, and those whom the scenario sends in at a fixed moment.
 */
import { minuteMs } from '#protocol/local-time.ts'
import type { Arrival, ArrivalRates, ArrivalSource, KnownArrival } from './arrival-source.ts'
import { hourMs } from './day-time.ts'
import { exponential, normal } from './distributions.ts'
import { createDraw, type Draw } from './draws.ts'
import type { Scenario } from './scenario.ts'
import { createFill } from './who-they-are.ts'

export const arrivalsFromRates = (scenario: Scenario, seed: string | number): ArrivalSource => {
  const draw = createDraw(seed)
  const fill = createFill(scenario, seed)
  return {
    title: `rates of ${scenario.name}`,
    *arrivals() {
      const sources = [
        staged(scenario),
        booked(scenario, draw),
        ...Object.keys(scenario.arrivals.perHour).map((service) => byRate(scenario, service, draw)),
      ]
      for (const known of inOrder(sources)) yield fill(known)
    },
  }
}

/** Merges what is in order each into one order; at the same moment the earlier source first. */
export function* inOrder<T extends { readonly atMs: number }>(sources: readonly Iterable<T>[]): Generator<T> {
  const heads = sources.map((source) => {
    const iterator = source[Symbol.iterator]()
    return { iterator, next: iterator.next() }
  })
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) {
      if (head.next.done === true) continue
      if (first === undefined || first.next.done === true || head.next.value.atMs < first.next.value.atMs)
        first = head
    }
    if (first === undefined || first.next.done === true) return
    yield first.next.value
    first.next = first.iterator.next()
  }
}

/** Visits a millisecond at a moment of the day. */
const createRate = (
  { times, perHour, cycleMinutes, scale }: ArrivalRates,
  service: string,
  openMs: number,
) => {
  const rates = perHour[service] ?? []
  const cycleMs = cycleMinutes === undefined ? undefined : cycleMinutes * minuteMs
  return (atMs: number): number => {
    const moment = cycleMs === undefined ? atMs : (atMs - openMs) % cycleMs
    let index = times.length - 1
    while (index > 0 && (times[index] ?? 0) > moment) index--
    return ((rates[index] ?? 0) * scale) / hourMs
  }
}

function* byRate({ arrivals, day }: Scenario, service: string, draw: Draw): Generator<KnownArrival> {
  const rate = createRate(arrivals, service, day.openMs)
  const most = (Math.max(0, ...(arrivals.perHour[service] ?? [])) * arrivals.scale) / hourMs
  if (most === 0) return
  let atMs: number = day.openMs
  for (let number = 1; ; number++) {
    const key = `${service}-${number}`
    atMs += exponential(1 / most, draw(key, 'gap'))
    if (atMs >= day.closeMs) return
    if (draw(key, 'comes') * most < rate(atMs)) yield { key, atMs: Math.round(atMs), service }
  }
}

function* booked({ arrivals, day }: Scenario, draw: Draw): Generator<KnownArrival> {
  const { appointments, bookedEarlyMinutes, bookedSpreadMinutes, bookedNoShowShare } = arrivals
  const coming = appointments.flatMap(({ at, service }, index): KnownArrival[] => {
    const key = `booked-${index + 1}`
    if (draw(key, 'no-show') < bookedNoShowShare) return []
    const deviation = normal(draw(key, 'early'), draw(key, 'early again')) * bookedSpreadMinutes
    const atMs = Math.round(at + (deviation - bookedEarlyMinutes) * minuteMs)
    return [{ key, atMs: Math.min(Math.max(atMs, day.openMs), day.closeMs - 1), service, booked: true }]
  })
  yield* coming.toSorted((a, b) => a.atMs - b.atMs)
}

/** Nothing about them is left to chance but what they would answer. */
function* staged({ arrivals }: Scenario): Generator<KnownArrival> {
  const known = arrivals.staged.map(({ at, ...said }, index): KnownArrival => {
    const plain: Partial<Arrival> = { party: 1, booked: false, priority: false, hurry: 'no' }
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
    const eligible = said.hurry === 'kiosk' ? { eligible: true, kioskTooHard: false } : {}
    return {
      grade: 'tracked',
      ...plain,
      ...eligible,
      ...(given as Partial<Arrival>),
      key: `staged-${index + 1}`,
      atMs: at,
      service: said.service,
    }
  })
  yield* known.toSorted((a, b) => a.atMs - b.atMs)
}
