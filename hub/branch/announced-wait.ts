/**
 * What a customer who came now would be told. The queue system's own wait holds where it gives one. Otherwise the hub's
 * method: (waiting + 1) x measured service time / working counters, and nothing to wait while nobody waits and a
 * counter is free. The service time is an exponentially weighted mean that begins at the branch file's value. Every
 * ticket remembers what was announced when it was issued, and the error is measured when it is called.
 */
import { fresh, type Sensed, type ServiceRow, type TicketRow } from '#protocol/model.ts'
import { countersFor, countersWorking } from '#protocol/queues.ts'
import type { Turn } from '../engine/turn.ts'

/** Weight of the newest service time: after 15 tickets the branch file's value counts for less than a tenth. */
const newestWeight = 0.15
/** Shorter is a ticket passed over, longer one that was never ended; neither is a service time. */
const serviceMinMs = 5_000
const serviceMaxMs = 7_200_000

const hasFreeCounter = (turn: Turn, service: string) =>
  countersFor(turn.view, service).some(
    (counter) => counter.state === 'open' && counter.staffed !== false && counter.serving === null,
  )

const estimate = (turn: Turn, service: ServiceRow): Sensed<number> | null => {
  const waiting = fresh(service.waiting, turn.at)
  const working = countersWorking(turn.view, service.id)
  if (waiting === undefined || service.waiting === null || working === 0) return null
  const serviceMs = service.measuredServiceMs ?? service.serviceMs
  const { at, staleAt } = service.waiting
  const none = waiting === 0 && hasFreeCounter(turn, service.id)
  return { value: none ? 0 : Math.round(((waiting + 1) * serviceMs) / working), at, staleAt }
}

/** @returns the service with its announced wait brought up to date. */
export const withAnnouncedWait = (turn: Turn, service: ServiceRow): ServiceRow => {
  if (service.announcedBy === 'queue-system' && fresh(service.announcedWaitMs, turn.at) !== undefined)
    return service
  const announcedWaitMs = estimate(turn, service)
  return { ...service, announcedWaitMs, announcedBy: announcedWaitMs === null ? null : 'hub' }
}

/** A ticket was served: how long it took goes into the mean. */
export const measureService = (turn: Turn, ticket: TicketRow) => {
  const service = turn.state.services.get(ticket.service)
  if (service === undefined || ticket.calledAt === null) return
  const tookMs = turn.at - ticket.calledAt
  if (tookMs < serviceMinMs || tookMs > serviceMaxMs) return
  const mean = service.measuredServiceMs ?? service.serviceMs
  turn.state.services.put(service.id, {
    ...service,
    measuredServiceMs: Math.round(mean + newestWeight * (tookMs - mean)),
    measuredCount: service.measuredCount + 1,
  })
}

/** A ticket is called: how far the wait it was told was off. Held tickets have none: they gave up their turn. */
export const measureWait = (turn: Turn, ticket: TicketRow) => {
  const service = turn.state.services.get(ticket.service)
  if (service === undefined || ticket.announcedWaitMs === null) return
  const errorMs = turn.at - ticket.issuedAt - ticket.announcedWaitMs
  const { count, sumMs, sumAbsMs } = service.waitError
  turn.state.services.put(service.id, {
    ...service,
    waitError: { count: count + 1, sumMs: sumMs + errorMs, sumAbsMs: sumAbsMs + Math.abs(errorMs) },
  })
}
