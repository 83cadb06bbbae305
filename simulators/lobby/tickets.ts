/** The waiting tickets of one service in the order of a real queue system: time of issue, moved ahead by class. */
import type { Arrival } from './arrival-source.ts'

export interface Ticket {
  readonly number: string
  readonly service: string
  readonly issuedAtMs: number
  /** Tickets are called by this: who is entitled to it stands as if they had come earlier, so that nobody starves. */
  readonly rankMs: number
  readonly order: number
  readonly arrival: Arrival
  state: 'waiting' | 'held' | 'called' | 'serving' | 'ended'
  counter: string | null
}

export const isAhead = (a: Ticket, b: Ticket): boolean =>
  a.rankMs === b.rankMs ? a.order < b.order : a.rankMs < b.rankMs

export interface Line {
  first(): Ticket | undefined
  add(ticket: Ticket): void
  remove(ticket: Ticket): void
  all(): readonly Ticket[]
  readonly length: () => number
}

/** Kept in order by putting in where it belongs: a held ticket comes back to its old position by its rank alone. */
export const createLine = (): Line => {
  const tickets: Ticket[] = []
  const placeOf = (ticket: Ticket): number => {
    let low = 0
    let high = tickets.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAhead(tickets[middle] as Ticket, ticket)) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    first: () => tickets[0],
    add: (ticket) => void tickets.splice(placeOf(ticket), 0, ticket),
    remove(ticket) {
      const index = placeOf(ticket)
      if (tickets[index] === ticket) tickets.splice(index, 1)
    },
    all: () => tickets,
    length: () => tickets.length,
  }
}
