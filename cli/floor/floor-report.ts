/** The floor of a branch over one day: who came where and stayed how long, and which counters stood empty. */
import type { RecordedTicket } from '#hub/figures/tickets.ts'
import { recordedTickets } from '../journal/day-tickets.ts'
import { countersOf, endOf, fileOfDay } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { overlap, quarterMs, quarterOf, type Span, share, united, without } from './quarters.ts'
import { type Count, type Seen, type Stay, seenOn } from './stays.ts'
import { erasedEntries, silentZones, type Unknown, unsaidCounters } from './words.ts'

/** null is not known: no sensor says it. */
export interface ZoneQuarter {
  readonly zone: string
  /** From the day's midnight, in quarters of an hour. */
  readonly quarter: number
  readonly at: number
  /** People who came into the zone. */
  readonly footfall: number | null
  /** How long those who came in then stayed, on average. */
  readonly dwellMs: number | null
  /** Heat: people there on average, and at most. */
  readonly meanPeople: number | null
  readonly maxPeople: number | null
}

export interface CounterQuarter {
  readonly counter: string
  readonly quarter: number
  readonly at: number
  readonly openMs: number
  /** Open, and nobody sat there. null: nobody says. */
  readonly unstaffedMs: number | null
  readonly servingMs: number
  /** Open and serving nobody while somebody waited for one of its services. */
  readonly idleMs: number
}

export interface FloorReport {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
  readonly zones: readonly ZoneQuarter[]
  readonly counters: readonly CounterQuarter[]
  /** What is not known, and why. */
  readonly notKnown: readonly Unknown[]
}

/** A count that is older says nothing about now. */
const countMaxMs = quarterMs

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

interface Heat {
  ms: number
  personMs: number
  max: number
}

/** Counted people over time: each count holds until the next one. */
const heatOfCounts = (counts: readonly Count[], day: RecordedDay): ReadonlyMap<number, Heat> => {
  const heat = new Map<number, Heat>()
  for (const [index, { at, count }] of counts.entries()) {
    const until = Math.min(counts[index + 1]?.at ?? endOf(day), at + countMaxMs)
    for (const { quarter, ms } of share({ from: at, until }, day.fromMs)) {
      const known = heat.get(quarter) ?? { ms: 0, personMs: 0, max: 0 }
      heat.set(quarter, {
        ms: known.ms + ms,
        personMs: known.personMs + ms * count,
        max: Math.max(known.max, count),
      })
    }
  }
  return heat
}

/** Most at once: every coming and going in order. */
const mostAtOnce = (stays: readonly Stay[], quarter: Span): number => {
  const edges = stays
    .filter(({ from, until }) => from < quarter.until && until > quarter.from)
    .flatMap(({ from, until }) => [
      { at: Math.max(from, quarter.from), by: 1 },
      { at: until, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by)
  let [now, most] = [0, 0]
  for (const { by } of edges) {
    now += by
    most = Math.max(most, now)
  }
  return most
}

const zoneQuarters = (zone: string, seen: Seen, day: RecordedDay): readonly ZoneQuarter[] => {
  const own = <T extends { readonly zone: string }>(all: readonly T[]) =>
    all.filter((one) => one.zone === zone)
  const [stays, counts, counted] = [own(seen.stays), own(seen.counts), own(seen.counted)]
  const heat = heatOfCounts(counts, day)
  const isFollowed = stays.length > 0
  return Array.from({ length: quarterOf(endOf(day) - 1, day.fromMs) + 1 }, (_, quarter) => {
    const at = day.fromMs + quarter * quarterMs
    const began = stays.filter(({ from }) => quarterOf(from, day.fromMs) === quarter)
    const walked = counted.filter((one) => quarterOf(one.at, day.fromMs) === quarter)
    const known = heat.get(quarter)
    const span = { from: at, until: Math.min(at + quarterMs, endOf(day)) }
    const personMs = overlap(stays, [span]).reduce((sum, one) => sum + one.until - one.from, 0)
    const length = span.until - span.from
    return {
      zone,
      quarter,
      at,
      footfall:
        isFollowed || counted.length > 0
          ? began.length + walked.reduce((sum, { count }) => sum + count, 0)
          : null,
      dwellMs: mean(began.map(({ from, until }) => until - from)),
      meanPeople: known !== undefined ? known.personMs / known.ms : isFollowed ? personMs / length : null,
      maxPeople: known?.max ?? (isFollowed ? mostAtOnce(stays, span) : null),
    }
  })
}

const servingSpans = (tickets: readonly RecordedTicket[], counter: string, end: number): readonly Span[] =>
  tickets.flatMap(({ counter: at, calledAt, endedAt }) =>
    at === counter && calledAt !== null ? [{ from: calledAt, until: endedAt ?? end }] : [],
  )

const waitingSpans = (
  tickets: readonly RecordedTicket[],
  services: readonly string[],
  end: number,
): readonly Span[] =>
  united(
    tickets
      .filter(({ service }) => services.includes(service))
      .map(({ issuedAt, calledAt, endedAt }) => ({ from: issuedAt, until: calledAt ?? endedAt ?? end })),
  )

const counterQuarters = (day: RecordedDay): readonly CounterQuarter[] => {
  const tickets = recordedTickets(day)
  const end = endOf(day)
  const services = new Map((fileOfDay(day)?.counters ?? []).map((counter) => [counter.id, counter.services]))
  return [...countersOf(day)].flatMap(([counter, stretches]) => {
    const open = stretches.filter(({ state }) => state.state === 'open')
    const saysWho = stretches.some(({ state }) => state.staffed !== null)
    const serving = united(servingSpans(tickets, counter, end))
    const idle = overlap(without(open, serving), waitingSpans(tickets, services.get(counter) ?? [], end))
    const inQuarter = (spans: readonly Span[], span: Span) =>
      overlap(spans, [span]).reduce((sum, one) => sum + one.until - one.from, 0)
    return Array.from({ length: quarterOf(end - 1, day.fromMs) + 1 }, (_, quarter) => {
      const at = day.fromMs + quarter * quarterMs
      const span = { from: at, until: at + quarterMs }
      const empty = open.filter(({ state }) => state.staffed === false)
      return {
        counter,
        quarter,
        at,
        openMs: inQuarter(open, span),
        unstaffedMs: saysWho ? inQuarter(empty, span) : null,
        servingMs: inQuarter(serving, span),
        idleMs: inQuarter(idle, span),
      }
    })
  })
}

const notKnownOf = (
  zones: readonly ZoneQuarter[],
  counters: readonly CounterQuarter[],
  erased: number,
): readonly Unknown[] => {
  const silent = [...new Set(zones.map(({ zone }) => zone))].filter((zone) =>
    zones.every((one) => one.zone !== zone || (one.footfall === null && one.meanPeople === null)),
  )
  const unsaid = [
    ...new Set(counters.filter((one) => one.unstaffedMs === null).map(({ counter }) => counter)),
  ]
  return [
    ...(silent.length === 0 ? [] : [silentZones(silent)]),
    ...(unsaid.length === 0 ? [] : [unsaidCounters(unsaid)]),
    ...(erased === 0 ? [] : [erasedEntries(erased)]),
  ]
}

export const floorReport = (day: RecordedDay): FloorReport => {
  const seen = seenOn(day)
  const zones = (fileOfDay(day)?.zones ?? []).flatMap(({ id }) => zoneQuarters(id, seen, day))
  const counters = counterQuarters(day)
  const { branch, timeZone, erased } = day
  return {
    branch,
    day: day.day,
    timeZone,
    zones,
    counters,
    notKnown: notKnownOf(zones, counters, erased.bodies),
  }
}

/** For programs: its few words are English whatever language people read. */
export const floorJson = (report: FloorReport): unknown => ({
  ...report,
  notKnown: report.notKnown.map(({ what, why }) => ({ what: what.en, why: why.en })),
})
