/**
 * Acts by which a visit becomes known: a ticket taken or a kiosk used under a sensor's eye, a check-in, a stated
 * intent, a staff member's tap. Only an act joins a ticket to a visit, and one may show that two visits are one.
 */
import type { FactTypes } from '#protocol/flow-events.ts'
import type { VisitRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { mergeVisits } from './merge.ts'
import { awayOfTrack, awayVisit, trackOfAct, visitOfTrack } from './tracks.ts'
import { putVisit, returnVisit } from './visits.ts'

export type ActBy = FactTypes['visit.known']['by']

export interface Act {
  readonly track?: string | undefined
  readonly camera?: string | undefined
  readonly ticket?: string | undefined
  readonly language?: string | undefined
  /** The hub's task that the answer came from. */
  readonly task?: string | undefined
}

/** Joins a ticket to a visit. @returns the visit that has it now, after a merge where there were two. */
export const joinTicket = (turn: Turn, ticketId: string, visitId: string): string => {
  const ticket = turn.state.tickets.get(ticketId)
  const visit = turn.state.visits.get(visitId)
  if (ticket === undefined || visit === undefined) return visitId
  const holder =
    ticket.visit === null
      ? undefined
      : (turn.state.visits.get(ticket.visit) ?? awayVisit(turn.state, ticket.visit))
  if (holder !== undefined && holder.id !== visit.id) return mergeVisits(turn, holder, visit)
  turn.state.tickets.put(ticketId, { ...ticket, visit: visit.id })
  if (!visit.tickets.includes(ticketId)) {
    putVisit(turn, visit.id, {
      tickets: [...visit.tickets, ticketId],
      segment: ticket.segment === 'personal' ? visit.segment : ticket.segment,
      language: visit.language ?? ticket.language,
      booked: visit.booked || ticket.booked,
      priority: visit.priority || ticket.priority,
    })
    turn.record({ kind: 'visit', visit: visit.id, ticket: ticketId, code: 'visit.ticket-joined' })
  }
  return visit.id
}

const markKnown = (turn: Turn, visit: VisitRow, act: { by: ActBy; language?: string | undefined }) => {
  const { by, language } = act
  const becomesKnown = visit.grade !== 'known'
  if (becomesKnown || (language !== undefined && language !== visit.language))
    putVisit(turn, visit.id, { grade: 'known', language: language ?? visit.language })
  if (!becomesKnown) return
  turn.record({ kind: 'visit', visit: visit.id, code: 'visit.known', params: { by, was: visit.grade } })
  turn.tell({ type: 'visit.known', visit: visit.id, by })
}

const visitUnderEye = (turn: Turn, device: string, act: Act): VisitRow | undefined => {
  const track = trackOfAct(device, act)
  if (track === undefined) return undefined
  const away = awayOfTrack(turn.state, track)
  const zone = turn.state.devices.get(device)?.zone
  // Who acts under a sensor's eye has not left after all.
  if (away !== undefined && zone != null) return returnVisit(turn, away, zone)
  return visitOfTrack(turn.state, track)
}

const visitOfTask = (turn: Turn, task: string | undefined): VisitRow | undefined => {
  const id = task === undefined ? undefined : turn.state.tasks.get(task)?.intent.subject.visit
  return id === undefined ? undefined : turn.state.visits.get(id)
}

/** @returns the visit that did this, known from now on; null where nobody can say. */
export const visitOfAct = (turn: Turn, device: string, act: Act & { by: ActBy }): string | null => {
  const seen = visitUnderEye(turn, device, act) ?? visitOfTask(turn, act.task)
  const ticket = act.ticket === undefined ? undefined : turn.state.tickets.get(act.ticket)
  const id =
    seen !== undefined && ticket !== undefined && ticket.state !== 'ended'
      ? joinTicket(turn, ticket.id, seen.id)
      : (seen?.id ?? ticket?.visit ?? null)
  const visit = id === null ? undefined : turn.state.visits.get(id)
  if (visit === undefined) return null
  markKnown(turn, visit, act)
  return visit.id
}

/** A staff member's tap: this visit is that customer, with that ticket. */
export const onStaffTap = (turn: Turn, visitId: string, ticket: string | null) => {
  const id = ticket === null ? visitId : joinTicket(turn, ticket, visitId)
  const visit = turn.state.visits.get(id)
  if (visit !== undefined) markKnown(turn, visit, { by: 'staff' })
}
