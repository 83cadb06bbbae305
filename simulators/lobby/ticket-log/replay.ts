/** A real day for the model: its true arrivals and service times, its counters as they were at work, the rest drawn. */
import { readFileSync } from 'node:fs'
import { UsherError } from '#protocol/errors.ts'
import { minuteMs } from '#protocol/local-time.ts'
import type { Arrival, ArrivalSource, KnownArrival } from '../arrival-source.ts'
import { createFloor } from '../floor.ts'
import type { Scenario } from '../scenario.ts'
import type { Span } from '../scenario-schema.ts'
import { createFill } from '../who-they-are.ts'
import type { TicketLogMappingInput } from './mapping.ts'
import { type LoggedTicket, readTicketLog, type TicketLog } from './read.ts'

/** A counter that called nobody for so long was on a break. */
const breakMs = 20 * minuteMs
const lastStretchMs = 60 * minuteMs
/** Part of the wait by which those who were served would have waited longer. */
const patienceLeft = 0.5
/** Whoever was called and had gone already: passed over that soon. */
const noShowMs = 30_000

/** @throws UsherError `ticket-log.unreadable`, `ticket-log.columns`, `ticket-log.invalid` */
export const importTicketLog = (
  path: string,
  scenario: Scenario,
  mapping: TicketLogMappingInput = {},
): TicketLog => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsherError(
      'ticket-log.unreadable',
      `${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}.`,
    )
  }
  return readTicketLog(text, scenario.branch, mapping)
}

const isServed = ({ calledAtMs, endedAtMs }: LoggedTicket) =>
  calledAtMs !== null && endedAtMs !== null && endedAtMs - calledAtMs >= noShowMs

/** Who was never served had lost patience by then. */
const knownOf = (logged: LoggedTicket, walkMs: number): KnownArrival => {
  const { line, issuedAtMs, calledAtMs, endedAtMs, service, priority } = logged
  const until = calledAtMs ?? endedAtMs
  return {
    key: `log-${line}`,
    atMs: issuedAtMs,
    service,
    priority,
    party: 1,
    booked: false,
    // The log begins at the ticket machine: they stand before it already.
    hurry: 'ticket',
    ...(isServed(logged) && calledAtMs !== null && endedAtMs !== null
      ? { serviceMs: Math.max(1_000, endedAtMs - calledAtMs - walkMs) }
      : until !== null && { patienceMs: Math.max(1_000, until - issuedAtMs) }),
  }
}

/** Who was served had at least the patience that it took. */
const patientAs = (logged: LoggedTicket, arrival: Arrival): Arrival => {
  if (!isServed(logged) || logged.calledAtMs === null) return arrival
  const shownMs = (logged.calledAtMs - logged.issuedAtMs) * (1 + patienceLeft)
  return { ...arrival, patienceMs: Math.max(arrival.patienceMs, Math.round(shownMs)) }
}

/** @returns the arrivals of the log; what it does not say of a visitor is drawn as the scenario has it. */
export const arrivalsFromLog = (
  { tickets, date }: TicketLog,
  scenario: Scenario,
  seed: string | number,
): ArrivalSource => {
  const fill = createFill(scenario, seed)
  const walkMs = usualWalkMs(scenario)
  return {
    title: `${tickets.length} tickets${date === null ? '' : ` of ${date}`}`,
    *arrivals() {
      for (const logged of tickets) yield patientAs(logged, fill(knownOf(logged, walkMs)))
    },
  }
}

/** A log counts the way from the seat to the counter as service; the model walks it. */
const usualWalkMs = (scenario: Scenario): number => {
  const floor = createFloor(scenario, () => 0.5)
  const seat = floor.spotIn(floor.zoneOf('waiting'), '')
  const metres = floor.metres(seat, floor.spotIn(floor.zoneOf('counters'), ''))
  return Math.round((metres / scenario.customers.walkMetresPerSecond) * 1_000)
}

/** @param closeMs who works until shortly before the end, stays for those who are still waiting. */
const spansOf = (tickets: readonly LoggedTicket[], closeMs: number): Span[] => {
  const spans: { from: number; to: number }[] = []
  const worked = tickets
    .flatMap(({ calledAtMs, endedAtMs }) =>
      calledAtMs === null ? [] : [{ from: calledAtMs, to: endedAtMs ?? calledAtMs }],
    )
    .toSorted((a, b) => a.from - b.from)
  for (const { from, to } of worked) {
    const last = spans.at(-1)
    if (last === undefined || from - last.to > breakMs) spans.push({ from, to: Math.max(to, from + 1) })
    else last.to = Math.max(last.to, to)
  }
  const end = spans.at(-1)
  if (end !== undefined && closeMs - end.to <= lastStretchMs) end.to = Math.max(end.to, closeMs)
  return spans
}

/**
 * The scenario on the day of the log: open from its first ticket to its last, with the counters that called somebody open
 * while they did. A log that names no counters keeps the scenario's.
 */
export const scenarioOfLog = (scenario: Scenario, { tickets, date }: TicketLog): Scenario => {
  const byCounter = Map.groupBy(
    tickets.filter(({ counter }) => counter !== null),
    ({ counter }) => counter ?? '',
  )
  const last = Math.max(...tickets.map(({ issuedAtMs }) => issuedAtMs))
  const closeMs = Math.max(scenario.day.closeMs, last + 1)
  const worked = [...byCounter].map(([counter, own]) => [counter, spansOf(own, closeMs)] as const)
  const idle = scenario.branch.counters
    .filter(({ id }) => !byCounter.has(id))
    .map(({ id }) => [id, []] as const)
  const known = worked.some(([, spans]) => spans.length > 0)
  return {
    ...scenario,
    name: date === null ? scenario.name : `${scenario.name}-${date}`,
    day: {
      date: date ?? scenario.day.date,
      openMs: Math.min(scenario.day.openMs, ...tickets.map(({ issuedAtMs }) => issuedAtMs)),
      closeMs,
    },
    counters: known
      ? { ...scenario.counters, schedule: Object.fromEntries([...worked, ...idle]), spare: [] }
      : scenario.counters,
    customers: { ...scenario.customers, lookAroundSeconds: 0 },
  }
}
