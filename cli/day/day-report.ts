/**
 * The key figures of a real day, the same as of a simulated one, from what the journal knows. A sensor does not see
 * everything: what cannot be known is null, with the reason.
 */
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { meanOf, shareOf, spreadOf } from '../figures/spread.ts'
import { overlap, type Span, united } from '../floor/quarters.ts'
import { countersOf, endOf, fileOfDay, lengthOf, modesOf, ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { gaveUp, type RecordedTicket, recordedTickets, waitedMs } from '../journal/recorded-tickets.ts'
import { type DayTask, isPersonTask, tasksOf } from './day-tasks.ts'

export interface NotKnown {
  /** As in `figures`: `greeting.duplicates`. */
  readonly figure: string
  readonly why: string
}

export interface DayReport {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
  readonly figures: DayFigures
  readonly notKnown: readonly NotKnown[]
}

interface Told {
  readonly at: number
  readonly record: DecisionRecord
}

interface Material {
  readonly day: RecordedDay
  readonly tickets: readonly RecordedTicket[]
  readonly tasks: readonly DayTask[]
  readonly told: readonly Told[]
}

const known = (value: number | null): value is number => value !== null

/** Also those who took no ticket and went straight there. */
const finishedAtKiosks = ({ day }: Material): number =>
  ownEntries(day).filter(
    ({ body }) =>
      body?.kind === 'event' && body.name === 'kiosk.session' && body.data['state'] === 'finished',
  ).length

const visitorFigures = (material: Material): DayFigures['visitors'] => {
  const { tickets, told, day } = material
  const count = (outcome: RecordedTicket['outcome']) =>
    tickets.filter((ticket) => ticket.outcome === outcome).length
  const served = count('served')
  const selfServed = finishedAtKiosks(material)
  const abandoned = tickets.filter(gaveUp).length
  const came = told.filter(({ record }) => record.code === 'visit.started').length
  const senses =
    fileOfDay(day)?.devices.some(({ kind }) => kind === 'camera' || kind === 'sensor') ?? came > 0
  return {
    came: senses || came > 0 ? came : null,
    tickets: tickets.length,
    served,
    selfServed,
    abandoned,
    abandonedShare: shareOf(abandoned, served + selfServed + abandoned),
  }
}

const waitFigures = ({ tickets }: Material): DayFigures['wait'] => {
  const services = [...new Set(tickets.map(({ service }) => service))].toSorted()
  const sinceArrival = tickets.map((ticket) => {
    const ms = waitedMs(ticket)
    return ms === null || ticket.arrivedAt === null ? null : ms + ticket.issuedAt - ticket.arrivedAt
  })
  return {
    ms: spreadOf(tickets.map(waitedMs).filter(known)),
    sinceArrivalMs: spreadOf(sinceArrival.filter(known)),
    byService: Object.fromEntries(
      services.flatMap((service) => {
        const own = tickets.filter((ticket) => ticket.service === service)
        const spread = spreadOf(own.map(waitedMs).filter(known))
        return spread === null ? [] : [[service, spread] as const]
      }),
    ),
  }
}

/** What the queue system announced for a service, in order. */
const announcements = ({ day }: Material) => {
  const said = new Map<string, { at: number; waitMs: number }[]>()
  for (const { at, body } of ownEntries(day)) {
    if (body?.kind !== 'event' || body.name !== 'queue.snapshot') continue
    const { service, announcedWaitMs } = body.data as { service: string; announcedWaitMs?: number }
    if (announcedWaitMs === undefined) continue
    const own = said.get(service) ?? []
    if (own.length === 0) said.set(service, own)
    own.push({ at, waitMs: announcedWaitMs })
  }
  return said
}

const announcedFigures = (material: Material): DayFigures['announced'] => {
  const said = announcements(material)
  const errors = material.tickets.flatMap(({ service, issuedAt, calledAt, outcome }) => {
    const told = said.get(service)?.findLast(({ at }) => at <= issuedAt)
    return outcome === 'served' && calledAt !== null && told !== undefined
      ? [calledAt - issuedAt - told.waitMs]
      : []
  })
  const meanErrorMs = meanOf(errors)
  if (meanErrorMs === null) return null
  return {
    count: errors.length,
    meanErrorMs,
    meanAbsErrorMs: meanOf(errors.map(Math.abs)) ?? 0,
    exceededShare: errors.filter((error) => error > 0).length / errors.length,
  }
}

/** Visit → when it was first seen. */
const arrivalsOf = (told: readonly Told[]): ReadonlyMap<string, number> =>
  new Map(
    told.flatMap(({ at, record }) =>
      record.code === 'visit.started' && record.visit !== undefined ? [[record.visit, at] as const] : [],
    ),
  )

/** The record of a task does not keep what was asked for; whoever only shows has shown it. */
const screensOf = (day: RecordedDay): ReadonlySet<string> =>
  new Set((fileOfDay(day)?.devices ?? []).filter(({ kind }) => kind === 'screen').map(({ id }) => id))

const greetingFigures = ({ day, tasks, told }: Material): DayFigures['greeting'] => {
  const startedAt = arrivalsOf(told)
  const screens = screensOf(day)
  const begun = tasks.filter(
    (task) => task.flow === 'greeting' && task.beganAt !== null && !isPersonTask(task),
  )
  const first = new Map<string, number>()
  for (const { visit, beganAt, member } of begun)
    if (visit !== null && !screens.has(member) && !first.has(visit)) first.set(visit, beganAt as number)
  const byScreen = begun.filter(({ member, phase }) => screens.has(member) && phase === 'done').length
  const withGroup = told.filter(({ record }) => record.code === 'greeted-with-group').length
  const latencies = [...first].flatMap(([visit, at]) => {
    const since = startedAt.get(visit)
    return since === undefined ? [] : [at - since]
  })
  return {
    greeted: first.size,
    byScreen,
    withGroup,
    share: shareOf(Math.min(first.size + byScreen + withGroup, startedAt.size), startedAt.size),
    latencyMs: spreadOf(latencies),
    heardMs: null,
    duplicates: null,
    mistaken: null,
  }
}

const diversionFigures = ({ told, tickets }: Material): DayFigures['diversion'] => {
  const ticketsWith = (wanted: (record: DecisionRecord) => boolean) =>
    new Set(
      told.flatMap(({ record }) => (wanted(record) && record.ticket !== undefined ? [record.ticket] : [])),
    )
  const by = (code: string) =>
    ticketsWith((record) => record.flow === 'diversion-invitation' && record.code === code)
  const invited = ticketsWith(
    ({ flow, code, params }) =>
      flow === 'diversion' && code === 'mark.set' && params?.['name'] === 'diversion.kiosk',
  )
  const accepted = new Set([...by('ticket.hold')].filter((ticket) => invited.has(ticket)))
  const finished = [...by('ticket.release')].filter((ticket) => accepted.has(ticket))
  const counter = new Set(tickets.filter(({ outcome }) => outcome === 'served').map(({ ticket }) => ticket))
  return {
    eligible: null,
    invited: invited.size,
    accepted: accepted.size,
    finished: finished.length,
    returned: [...accepted].filter((ticket) => counter.has(ticket)).length,
    finishedShare: null,
  }
}

const promotionFigures = ({ tasks, told }: Material): DayFigures['promotion'] => {
  const shown = tasks.filter(
    (task) =>
      task.flow === 'promotion' && task.visit !== null && task.beganAt !== null && !isPersonTask(task),
  )
  const byVisit = new Map<string, number>()
  for (const { visit } of shown) byVisit.set(visit as string, (byVisit.get(visit as string) ?? 0) + 1)
  const came = told.filter(({ record }) => record.code === 'visit.started').length
  return {
    shown: shown.length,
    visits: byVisit.size,
    perVisit: shareOf(shown.length, came),
    perVisitMax: Math.max(0, ...byVisit.values()),
    repeats: null,
    interested: shown.filter(({ result }) => result?.['response'] === 'interested').length,
  }
}

const isRaised = ({ kind, code, params }: DecisionRecord) =>
  kind === 'alert' && code !== 'alert.cleared' && code !== 'alert.claimed' && params?.['count'] === 1

const staffFigures = ({ tasks, told }: Material): DayFigures['staff'] => {
  const asked = tasks.filter(isPersonTask)
  const claims = asked.flatMap(({ takenAt, askedPersonAt }) =>
    takenAt === null || askedPersonAt === null ? [] : [takenAt - askedPersonAt],
  )
  return {
    alerts: told.filter(({ record }) => isRaised(record)).length,
    asked: asked.length,
    taken: claims.length,
    claimMs: spreadOf(claims),
  }
}

const deviceFigures = ({ day, tasks }: Material, openSpans: readonly Span[]): DayFigures['devices'] => {
  const openMs = lengthOf(openSpans)
  return Object.fromEntries(
    (fileOfDay(day)?.devices ?? []).map(({ id, kind }) => {
      const own = tasks.filter(({ member, beganAt }) => member === id && beganAt !== null)
      const busy = united(
        own.map(({ beganAt, endedAt }) => ({ from: beganAt as number, until: endedAt ?? endOf(day) })),
      )
      return [id, { kind, busyShare: shareOf(lengthOf(overlap(busy, openSpans)), openMs), tasks: own.length }]
    }),
  )
}

const counterFigures = ({ day, tickets }: Material): DayFigures['counters'] =>
  Object.fromEntries(
    [...countersOf(day)].map(([id, stretches]) => {
      const own = tickets.filter(({ counter, calledAt }) => counter === id && calledAt !== null)
      const serving = united(
        own.map(({ calledAt, endedAt }) => ({ from: calledAt as number, until: endedAt ?? endOf(day) })),
      )
      return [
        id,
        {
          openMs: lengthOf(stretches.filter(({ state }) => state.state === 'open')),
          servingMs: lengthOf(serving),
          served: own.filter(({ outcome }) => outcome === 'served').length,
        },
      ]
    }),
  )

const never: readonly NotKnown[] = [
  {
    figure: 'greeting.duplicates',
    why: 'the journal forbids a second one (a claim a visit); devices’ own logs would prove it',
  },
  { figure: 'greeting.heardMs', why: 'a device tells when it begins and ends, not when it was heard' },
  { figure: 'greeting.mistaken', why: 'no sensor knows that it took one person for another' },
  { figure: 'diversion.eligible', why: 'nobody asks everyone whether a kiosk could do their errand' },
  { figure: 'diversion.finishedShare', why: 'a share of those who could; see diversion.eligible' },
  { figure: 'promotion.repeats', why: 'the journal does not keep which campaign a past visit was shown' },
]

const notKnownOf = (figures: DayFigures, { day }: Material): readonly NotKnown[] => {
  const { visitors, wait, announced, greeting } = figures
  const { erased } = day
  return [
    ...never,
    ...(visitors.came === null ? [{ figure: 'visitors.came', why: 'no sensor counts who comes in' }] : []),
    ...(wait.ms === null
      ? [{ figure: 'wait', why: 'no ticket was called, finished at a kiosk or given up' }]
      : []),
    ...(wait.sinceArrivalMs === null
      ? [{ figure: 'wait.sinceArrivalMs', why: 'no ticket was taken under the eye of a camera' }]
      : []),
    ...(announced === null
      ? [
          {
            figure: 'announced',
            why: 'the queue system announced no wait; what the hub itself works out is not kept',
          },
        ]
      : []),
    ...(greeting.latencyMs === null ? [{ figure: 'greeting.latencyMs', why: 'nobody was greeted' }] : []),
    ...(erased.bodies > 0 || erased.records > 0
      ? [
          {
            figure: 'all',
            why: `${erased.bodies} entries and the records of ${erased.records} were erased; the figures count what is left`,
          },
        ]
      : []),
  ]
}

export const dayReport = (day: RecordedDay): DayReport => {
  const told = ownEntries(day).flatMap(({ at, records }) => (records ?? []).map((record) => ({ at, record })))
  const material: Material = { day, tickets: recordedTickets(day), tasks: tasksOf(day), told }
  const openSpans = modesOf(day).filter(({ state }) => state === 'open')
  const figures: DayFigures = {
    visitors: visitorFigures(material),
    wait: waitFigures(material),
    announced: announcedFigures(material),
    greeting: greetingFigures(material),
    diversion: diversionFigures(material),
    promotion: promotionFigures(material),
    staff: staffFigures(material),
    devices: deviceFigures(material, openSpans),
    counters: counterFigures(material),
  }
  const { branch, timeZone } = day
  return { branch, day: day.day, timeZone, figures, notKnown: notKnownOf(figures, material) }
}
