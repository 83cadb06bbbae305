/**
 * What a queue means for one ticket: who is before it, how many counters work, how long it still waits. Pure sums over
 * the branch model, shared by the flows that decide on waiting and by the pages that show it.
 */
import { type BranchView, type CounterRow, fresh, type TicketRow } from './model.ts'

const isAhead = (one: TicketRow, other: TicketRow) =>
  one.issuedAt !== other.issuedAt ? one.issuedAt < other.issuedAt : one.id < other.id

/** Tickets called before this one, by its old position: holding it does not lose its place. */
export const ticketsAhead = (view: BranchView, ticket: TicketRow): number =>
  view
    .tickets()
    .filter(
      (other) => other.service === ticket.service && other.state === 'waiting' && isAhead(other, ticket),
    ).length

export const countersFor = (view: BranchView, service: string): readonly CounterRow[] =>
  view.counters().filter((counter) => counter.services.includes(service))

/** Counters that call this service now: what the queue system says, or else our own rows. */
export const countersWorking = (view: BranchView, service: string): number => {
  const reported = fresh(view.service(service)?.countersOpen, view.at)
  if (reported !== undefined) return reported
  return countersFor(view, service).filter((counter) => counter.state === 'open' && counter.staffed !== false)
    .length
}

/**
 * How long this ticket still waits: the tickets ahead, shared by the counters that work, at the measured service time.
 * Without a working counter the announced wait stands in. Undefined: nobody can know.
 */
export const remainingWaitMs = (view: BranchView, ticket: TicketRow): number | undefined => {
  const service = view.service(ticket.service)
  if (service === undefined) return undefined
  const working = countersWorking(view, ticket.service)
  if (working === 0) return fresh(service.announcedWaitMs, view.at)
  const serviceMs = service.measuredServiceMs ?? service.serviceMs
  return Math.round(((ticketsAhead(view, ticket) + 1) * serviceMs) / working)
}
