/** The tickets a snapshot names: new ones are taken in, those it no longer names are gone, held ones are held. */
import type { EventData } from '#protocol/events.ts'
import type { TicketRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { endTicket, issueTicket } from './tickets.ts'

export interface TicketList {
  readonly at: number
  readonly tickets: NonNullable<EventData<'queue.snapshot'>['tickets']>
}

/** Held by the queue system and not by a flow, so that its next snapshot may undo it. */
const heldMark = 'queue-system.held'

const follow = (turn: Turn, row: TicketRow, held: boolean | undefined) => {
  const { [heldMark]: heldBySystem, ...marks } = row.marks
  if (held === true && row.state === 'waiting')
    turn.state.tickets.put(row.id, { ...row, state: 'held', marks: { ...marks, [heldMark]: true } })
  if (held !== true && row.state === 'held' && heldBySystem === true)
    turn.state.tickets.put(row.id, { ...row, state: 'waiting', marks })
}

export const takeListedTickets = (turn: Turn, service: string, { at, tickets }: TicketList) => {
  const listed = new Set(tickets.map((item) => item.ticket))
  for (const item of tickets) {
    const known = turn.state.tickets.get(item.ticket)
    if (known === undefined || (known.state === 'ended' && known.issuedAt < at - (item.waitedMs ?? 0)))
      issueTicket(turn, {
        ticket: item.ticket,
        service,
        issuedAt: at - (item.waitedMs ?? 0),
        announcedWaitMs: null,
      })
    const row = turn.state.tickets.get(item.ticket)
    if (row !== undefined) follow(turn, row, item.held)
  }
  for (const row of turn.state.tickets.values()) {
    const gone = row.service === service && row.state === 'waiting' && !listed.has(row.id)
    // One issued after the snapshot was taken is not missing from it.
    if (gone && row.issuedAt < at) endTicket(turn, row, 'withdrawn')
  }
}
