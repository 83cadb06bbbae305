/** Who is inside and in which zone, kept up to date as people move, so that nothing ever has to look at everybody. */
import type { Visitor } from './visitor.ts'

export interface Crowd {
  comes(visitor: Visitor): void
  moves(visitor: Visitor, from: string, to: string): void
  goes(visitor: Visitor): void
  holds(ticket: string, visitor: Visitor): void
  in(zone: string): ReadonlySet<Visitor>
  all(): ReadonlySet<Visitor>
  holderOf(ticket: string): Visitor | undefined
  /** People, not visits: a group is several. */
  count(zone?: string): number
}

const nobody: ReadonlySet<Visitor> = new Set()

export const createCrowd = (): Crowd => {
  const inside = new Set<Visitor>()
  const zones = new Map<string, Set<Visitor>>()
  const people = new Map<string, number>()
  const holders = new Map<string, Visitor>()
  let total = 0
  const enter = (zone: string, visitor: Visitor) => {
    const there = zones.get(zone) ?? new Set()
    there.add(visitor)
    zones.set(zone, there)
    people.set(zone, (people.get(zone) ?? 0) + visitor.arrival.party)
  }
  const leave = (zone: string, visitor: Visitor) => {
    if (zones.get(zone)?.delete(visitor) === true)
      people.set(zone, (people.get(zone) ?? 0) - visitor.arrival.party)
  }
  return {
    comes(visitor) {
      inside.add(visitor)
      total += visitor.arrival.party
      enter(visitor.zone, visitor)
    },
    moves(visitor, from, to) {
      leave(from, visitor)
      enter(to, visitor)
    },
    goes(visitor) {
      if (!inside.delete(visitor)) return
      for (const ticket of visitor.tickets) holders.delete(ticket)
      total -= visitor.arrival.party
      leave(visitor.zone, visitor)
    },
    holds: (ticket, visitor) => void holders.set(ticket, visitor),
    in: (zone) => zones.get(zone) ?? nobody,
    all: () => inside,
    holderOf: (ticket) => holders.get(ticket),
    count: (zone) => (zone === undefined ? total : (people.get(zone) ?? 0)),
  }
}
