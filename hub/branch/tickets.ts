/**
 * The life of a ticket: waiting, held for a customer who was invited elsewhere, called, ended. An ended one leaves
 * memory once nothing refers to it; a number that comes back the next day is a new ticket.
 */
import type { EventData } from '#protocol/events.ts'
import { fresh, type TicketRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { visitOfAct } from './acts.ts'
import { measureService, measureWait } from './announced-wait.ts'
import { callAt, freeCounter } from './counters.ts'
import { noteProblem } from './problems.ts'
import { recount, recountHeld } from './queues.ts'
import { putVisit } from './visits.ts'

export const ticketPrefix = 'branch/ticket/'

/** Ended tickets are remembered for a moment, for news that crosses their end. */
const rememberMs = 60_000
/** No customer waits longer: the queue system has forgotten to end it. */
const ticketMaxMs = 43_200_000

type Outcome = NonNullable<TicketRow['outcome']>

export interface NewTicket extends Partial<Omit<TicketRow, 'id' | 'service' | 'issuedAt'>> {
  readonly ticket: string
  readonly service: string
  readonly issuedAt: number
  readonly announcedWaitMs: number | null
}

const owner = (ticket: string) => `${ticketPrefix}${ticket}`

/** The number means nothing to its visit any more. */
const leaveTicket = (turn: Turn, ticket: TicketRow) => {
  const visit = ticket.visit === null ? undefined : turn.state.visits.get(ticket.visit)
  if (visit !== undefined)
    putVisit(turn, visit.id, { tickets: visit.tickets.filter((one) => one !== ticket.id) })
}

export const issueTicket = (turn: Turn, { ticket, ...made }: NewTicket) => {
  const row: TicketRow = {
    id: ticket,
    segment: 'personal',
    visit: null,
    state: 'waiting',
    calledAt: null,
    counter: null,
    assisted: false,
    choseStaff: false,
    language: null,
    booked: false,
    priority: false,
    outcome: null,
    marks: {},
    ...made,
  }
  const before = turn.state.tickets.get(ticket)
  if (before !== undefined && before.visit !== row.visit) leaveTicket(turn, before)
  turn.state.tickets.put(ticket, row)
  turn.clearTimer(owner(ticket), 'forget')
  turn.setTimer(owner(ticket), 'abandoned', { deadline: turn.at + ticketMaxMs, graced: false })
}

const tellIssued = (turn: Turn, id: string, by: { device?: string } = {}) => {
  const row = turn.state.tickets.get(id)
  if (row !== undefined)
    turn.tell({ type: 'ticket.issued', ticket: id, service: row.service, visit: row.visit, ...by })
}

export const onIssued = (turn: Turn, device: string, data: EventData<'ticket.issued'>) => {
  const service = turn.state.services.get(data.service)
  if (service === undefined) return noteProblem(turn, 'service.unknown', { device, name: data.service })
  const known = turn.state.tickets.get(data.ticket)
  const isNew = known === undefined || known.state === 'ended'
  if (isNew)
    issueTicket(turn, {
      ticket: data.ticket,
      service: data.service,
      issuedAt: turn.at,
      announcedWaitMs: fresh(service.announcedWaitMs, turn.at) ?? null,
      segment: data.segment ?? 'personal',
      language: data.language ?? null,
      assisted: data.assisted ?? false,
      choseStaff: data.choseStaff ?? false,
    })
  visitOfAct(turn, device, { ...data, by: 'ticket' })
  if (!isNew) return
  recount(turn, data.service, { device, by: 1 })
  tellIssued(turn, data.ticket, { device })
}

const setServed = (turn: Turn, visit: string | null, beingServed: boolean) => {
  const row = visit === null ? undefined : turn.state.visits.get(visit)
  if (row !== undefined) putVisit(turn, row.id, { beingServed, seenAt: Math.max(row.seenAt, turn.at) })
}

/** A ticket nobody told of is taken in where its counter serves one service only. */
const calledTicket = (turn: Turn, device: string, data: EventData<'ticket.called'>) => {
  const known = turn.state.tickets.get(data.ticket)
  if (known !== undefined && known.state !== 'ended') return known
  const services = turn.state.counters.get(data.counter)?.services ?? []
  const [service] = services
  if (service === undefined || services.length > 1) {
    noteProblem(turn, 'ticket.unknown', { device, name: data.ticket })
    return undefined
  }
  issueTicket(turn, { ticket: data.ticket, service, issuedAt: turn.at, announcedWaitMs: null })
  return turn.state.tickets.get(data.ticket)
}

export const onCalled = (turn: Turn, device: string, data: EventData<'ticket.called'>) => {
  if (!turn.state.counters.has(data.counter))
    return noteProblem(turn, 'counter.unknown', { device, name: data.counter })
  const ticket = calledTicket(turn, device, data)
  if (ticket === undefined || (ticket.state === 'called' && ticket.counter === data.counter)) return
  const before = turn.state.counters.get(data.counter)?.serving
  const previous = before == null ? undefined : turn.state.tickets.get(before)
  // Whoever was there before has been served, where the queue system does not say so itself.
  if (previous?.state === 'called' && previous.id !== ticket.id) endTicket(turn, previous, 'served')
  if (ticket.state === 'called' && ticket.counter !== null) freeCounter(turn, ticket.counter, ticket.id)
  else measureWait(turn, ticket)
  turn.state.tickets.put(ticket.id, {
    ...ticket,
    state: 'called',
    calledAt: turn.at,
    counter: data.counter,
  })
  callAt(turn, data.counter, ticket.id)
  setServed(turn, ticket.visit, true)
  recount(turn, ticket.service, { device, by: ticket.state === 'called' ? 0 : -1 })
  const { service, visit } = ticket
  turn.tell({ type: 'ticket.called', ticket: ticket.id, service, visit, counter: data.counter })
}

export const endTicket = (turn: Turn, ticket: TicketRow, outcome: Outcome) => {
  if (outcome === 'served') measureService(turn, ticket)
  turn.state.tickets.put(ticket.id, { ...ticket, state: 'ended', outcome })
  if (ticket.counter !== null) freeCounter(turn, ticket.counter, ticket.id)
  if (ticket.state === 'called') setServed(turn, ticket.visit, false)
  turn.clearTimer(owner(ticket.id), 'abandoned')
  turn.setTimer(owner(ticket.id), 'forget', { deadline: turn.at + rememberMs, graced: false })
  const { service, visit } = ticket
  turn.tell({ type: 'ticket.ended', ticket: ticket.id, service, visit, outcome })
}

export const onEnded = (turn: Turn, device: string, data: EventData<'ticket.ended'>) => {
  const ticket = turn.state.tickets.get(data.ticket)
  if (ticket === undefined || ticket.state === 'ended') return
  endTicket(turn, ticket, data.outcome)
  recount(turn, ticket.service, { device, by: ticket.state === 'waiting' ? -1 : 0 })
  if (data.outcome === 'transferred' && data.service !== undefined)
    transfer(turn, device, { ticket, to: data.service })
}

/** The same customer waits again, for another service. */
const transfer = (turn: Turn, device: string, { ticket, to }: { ticket: TicketRow; to: string }) => {
  const service = turn.state.services.get(to)
  if (service === undefined) return noteProblem(turn, 'service.unknown', { device, name: to })
  const { id, segment, visit, assisted, choseStaff, language, booked, priority, marks } = ticket
  const kept = { segment, visit, assisted, choseStaff, language, booked, priority, marks }
  const announcedWaitMs = fresh(service.announcedWaitMs, turn.at) ?? null
  issueTicket(turn, { ...kept, ticket: id, service: to, issuedAt: turn.at, announcedWaitMs })
  recount(turn, to, { device, by: 1 })
  tellIssued(turn, id)
}

/** A flow's wish. Held keeps its old position, because that is its time of issue. */
export const actOnTicket = (turn: Turn, id: string, action: 'hold' | 'restore' | 'release') => {
  const ticket = turn.state.tickets.get(id)
  if (ticket === undefined || ticket.state === 'ended') return
  if (action === 'release') {
    endTicket(turn, ticket, 'self-served')
    return recountHeld(turn, ticket.service)
  }
  const from = action === 'hold' ? 'waiting' : 'held'
  if (ticket.state !== from) return
  const state = action === 'hold' ? 'held' : 'waiting'
  turn.state.tickets.put(id, { ...ticket, state, announcedWaitMs: null })
  recountHeld(turn, ticket.service)
}

export const onTicketAbandoned = (turn: Turn, id: string) => {
  const ticket = turn.state.tickets.get(id)
  if (ticket === undefined || ticket.state === 'ended') return
  endTicket(turn, ticket, 'withdrawn')
  recountHeld(turn, ticket.service)
}

const isNeeded = (turn: Turn, id: string) =>
  turn.state.tasks.values().some((task) => task.intent.subject.ticket === id) ||
  turn.state.devices.values().some((device) => device.session?.ticket === id)

export const onTicketForget = (turn: Turn, id: string) => {
  const ticket = turn.state.tickets.get(id)
  if (ticket?.state !== 'ended') return
  if (isNeeded(turn, id))
    return turn.setTimer(owner(id), 'forget', { deadline: turn.at + rememberMs, graced: false })
  const visit = ticket.visit === null ? undefined : turn.state.visits.get(ticket.visit)
  if (visit !== undefined) putVisit(turn, visit.id, { tickets: visit.tickets.filter((one) => one !== id) })
  turn.state.tickets.drop(id)
}
