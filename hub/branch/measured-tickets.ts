/**
 * What a measuring plan compares, one record a ticket: how long its customer waited until somebody or a kiosk served
 * them, or that they left. Kept with the decisions, because a comparison takes longer than bodies of entries are kept.
 */
import type { Fact } from '#protocol/flow-events.ts'
import type { TicketRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { type SwitchbackRow, switchbackOf } from './switchback.ts'

const calledMark = 'effect.calledAt'
const kioskMark = 'effect.kioskAt'
/** A ticket this old was forgotten by its queue system: nobody knows when its customer left. */
const forgottenMs = 43_200_000

/** Tickets issued while the plan was in force count, also when they end after it. */
const counts = ({ setAt, endedAt }: SwitchbackRow, { issuedAt }: TicketRow): boolean =>
  issuedAt >= setAt && issuedAt <= (endedAt ?? issuedAt)

const markOnce = (turn: Turn, row: SwitchbackRow, { id, name }: { id: string | null; name: string }) => {
  const ticket = id === null ? undefined : turn.state.tickets.get(id)
  if (ticket === undefined || !counts(row, ticket)) return
  if (Number(ticket.marks[name] ?? -1) >= ticket.issuedAt) return
  turn.state.tickets.put(ticket.id, { ...ticket, marks: { ...ticket.marks, [name]: turn.at } })
}

/** A mark from before the ticket was issued anew (a transfer) says nothing about this wait. */
const servedAt = ({ marks, outcome, issuedAt }: TicketRow): number | undefined => {
  const at = Number(marks[outcome === 'self-served' ? kioskMark : calledMark] ?? -1)
  return at >= issuedAt ? at : undefined
}

const leftOutcomes: readonly (string | null)[] = ['withdrawn', 'no-show']

const record = (turn: Turn, plan: string, ticket: TicketRow) => {
  if (turn.at - ticket.issuedAt >= forgottenMs) return
  const { id, service, issuedAt, outcome } = ticket
  const left = leftOutcomes.includes(outcome)
  const at = left ? undefined : servedAt(ticket)
  turn.record({
    kind: 'effect',
    task: plan,
    ticket: id,
    service,
    code: 'effect.ticket',
    params: { issuedAt, left, ...(at !== undefined && { waitedMs: at - issuedAt }) },
  })
}

export const measureTicket = (turn: Turn, fact: Fact) => {
  const row = switchbackOf(turn.state)
  if (row === undefined) return
  if (fact.type === 'ticket.called') return markOnce(turn, row, { id: fact.ticket, name: calledMark })
  if (fact.type === 'kiosk.session' && fact.state === 'started')
    return markOnce(turn, row, { id: fact.ticket, name: kioskMark })
  if (fact.type !== 'ticket.ended') return
  const ticket = turn.state.tickets.get(fact.ticket)
  if (ticket?.state === 'ended' && counts(row, ticket)) record(turn, row.id, ticket)
}
