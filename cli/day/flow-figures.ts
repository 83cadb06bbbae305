/** What the flows did on a real day: greetings, invitations to kiosks, promotions, and what was asked of staff. */
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { isRaised } from '#hub/figures/alerts.ts'
import { shareOf, spreadOf } from '#hub/figures/spread.ts'
import { isPersonTask } from '#hub/figures/tasks.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { fileOfDay } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import type { Material, Told } from './material.ts'

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

export const greetingFigures = ({ day, tasks, told }: Material): DayFigures['greeting'] => {
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

export const diversionFigures = ({ told, tickets }: Material): DayFigures['diversion'] => {
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

export const promotionFigures = ({ tasks, told }: Material): DayFigures['promotion'] => {
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

export const staffFigures = ({ tasks, told }: Material): DayFigures['staff'] => {
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
