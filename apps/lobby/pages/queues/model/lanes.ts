/** Each queue with whatever belongs to it: its tickets, its counters, and what the automation is doing about it. */
import type { LiveCounter, LiveDevice, LiveService, LiveTicket } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { type Limits, type Pressure, pressureOf } from './pressure.ts'
import { type Reading, readingOf } from './reading.ts'

export type CounterStand = 'serving' | 'open' | 'vacant' | 'paused' | 'closed'

export interface CounterHere {
  readonly id: string
  readonly stand: CounterStand
  readonly ticket: string | null
}

/** Somebody is asked to open a counter. */
export interface CounterCall {
  readonly task: LiveTask
  readonly counter: string
}

export interface Doing {
  /** Tickets whose holders are being invited to a kiosk. */
  readonly invited: readonly string[]
  /** Those who said yes: they keep their place while they are there. */
  readonly held: number
  readonly calls: readonly CounterCall[]
}

export interface Lane {
  readonly service: LiveService
  readonly waiting: Reading | null
  readonly longestMs: Reading | null
  readonly announcedMs: Reading | null
  readonly pressure: Pressure
  readonly counters: readonly CounterHere[]
  readonly doing: Doing
  /** Who waits, longest first; then who is at a kiosk, then who was called. */
  readonly tickets: readonly LiveTicket[]
}

export interface QueueRows {
  readonly services: readonly LiveService[]
  readonly counters: readonly LiveCounter[]
  readonly tickets: readonly LiveTicket[]
  readonly tasks: readonly LiveTask[]
}

export const standOf = ({ state, staffed, serving }: LiveCounter): CounterStand => {
  if (state !== 'open') return state
  if (staffed === false) return 'vacant'
  return serving === null ? 'open' : 'serving'
}

const diversionFlows: ReadonlySet<string> = new Set(['diversion', 'diversion-invitation'])

const doingOf = (tasks: readonly LiveTask[], tickets: readonly LiveTicket[]): Doing => ({
  invited: [
    ...new Set(
      tasks.flatMap(({ flow, subject }) =>
        flow === 'diversion-invitation' && subject.ticket !== undefined ? [subject.ticket] : [],
      ),
    ),
  ],
  held: tickets.filter(({ state }) => state === 'held').length,
  calls: tasks.flatMap((task) =>
    task.capability === 'call-staff' && task.subject.counter !== undefined
      ? [{ task, counter: task.subject.counter }]
      : [],
  ),
})

const rank = { waiting: 0, held: 1, called: 2, ended: 3 } as const
const byTurn = (a: LiveTicket, b: LiveTicket) =>
  rank[a.state] - rank[b.state] || a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1)

const laneOf = (service: LiveService, rows: QueueRows, how: { now: number; limits: Limits | null }): Lane => {
  const { now, limits } = how
  const tickets = rows.tickets.filter((one) => one.service === service.id && one.state !== 'ended')
  const own = new Set(tickets.map(({ id }) => id))
  const counters = rows.counters.filter(({ services }) => services.includes(service.id))
  /** Diversion asks for a queue; a person asks for a counter, whichever queues it serves. */
  const isCalledByHand = ({ flow, capability, subject }: LiveTask) =>
    flow === 'request' && capability === 'call-staff' && counters.some(({ id }) => id === subject.counter)
  const diverting = rows.tasks.filter(
    ({ endedAt, flow, subject }) =>
      endedAt === null &&
      diversionFlows.has(flow) &&
      (subject.service === service.id || (subject.ticket !== undefined && own.has(subject.ticket))),
  )
  const byHand = rows.tasks.filter((task) => task.endedAt === null && isCalledByHand(task))
  const waiting = readingOf(service.waiting, now)
  const announcedMs = readingOf(service.announcedWaitMs, now)
  return {
    service,
    waiting,
    longestMs: readingOf(service.longestWaitMs, now),
    announcedMs,
    pressure: pressureOf({ waiting, waitMs: announcedMs, limits, isDiverted: diverting.length > 0 }),
    counters: counters.map((counter) => ({
      id: counter.id,
      stand: standOf(counter),
      ticket: counter.serving,
    })),
    doing: doingOf([...diverting, ...byHand], tickets),
    tickets: [...tickets].sort(byTurn),
  }
}

/** Nobody waits longer than those whose wait is not known are thought to. */
const longest = ({ longestMs }: Lane) => longestMs?.value ?? -1

/** Longest wait first. */
export const lanesOf = (rows: QueueRows, how: { now: number; limits: Limits | null }): readonly Lane[] =>
  rows.services
    .map((service) => laneOf(service, rows, how))
    .sort(
      (a, b) =>
        longest(b) - longest(a) ||
        (b.waiting?.value ?? -1) - (a.waiting?.value ?? -1) ||
        (a.service.id < b.service.id ? -1 : 1),
    )

export interface KioskCounts {
  readonly free: number
  readonly busy: number
  readonly out: number
}

/** `out`: not there, at fault, or taken by somebody for himself. */
export const kioskCounts = (devices: readonly LiveDevice[]): KioskCounts => {
  const kiosks = devices.filter(({ kind }) => kind === 'kiosk')
  const works = kiosks.filter(
    ({ link, health, willingness }) =>
      link === 'online' && (health === 'ok' || health === 'degraded') && willingness === 'open',
  )
  const busy = works.filter(({ session }) => session !== null).length
  return { free: works.length - busy, busy, out: kiosks.length - works.length }
}
