/**
 * Queues: how many wait for a service, as the queue system says or as its tickets add up. A snapshot wins over the
 * tickets; past the source's period nothing is known, and the flows are told so.
 */
import { fresh, type ServiceRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { withAnnouncedWait } from './announced-wait.ts'
import { periodMs } from './manifests.ts'
import { putQueueSource, queueSource } from './queue-source.ts'

export const servicePrefix = 'branch/service/'

/** What a flow can tell apart; the times at which it was sensed are not news. */
const outline = (service: ServiceRow, at: number) =>
  JSON.stringify(
    [service.waiting, service.longestWaitMs, service.announcedWaitMs, service.countersOpen].map(
      (sensed) => fresh(sensed, at) ?? null,
    ),
  )

const armStale = (turn: Turn, service: ServiceRow) => {
  const staleAt = service.waiting?.staleAt
  const owner = `${servicePrefix}${service.id}`
  if (staleAt == null || staleAt < turn.at) return
  // An earlier timer looks again by itself, so that a snapshot costs none.
  if (turn.state.timers.has(`${owner}#stale`)) return
  turn.setTimer(owner, 'stale', { deadline: staleAt + 1, graced: false })
}

/** Puts the service as it is now, and tells the flows where they can notice. */
export const putService = (turn: Turn, was: ServiceRow, changed: ServiceRow) => {
  // The counters that work are looked up in the row itself.
  turn.state.services.put(changed.id, changed)
  const next = withAnnouncedWait(turn, changed)
  turn.state.services.put(next.id, next)
  armStale(turn, next)
  if (outline(was, turn.at) !== outline(next, turn.at)) turn.tell({ type: 'queue.changed', service: next.id })
}

/** Brings the announced wait up to date after counters or service times changed. */
export const refreshService = (turn: Turn, id: string) => {
  const service = turn.state.services.get(id)
  if (service !== undefined) putService(turn, service, service)
}

const waitingTickets = (turn: Turn, service: string) =>
  turn.state.tickets.values().filter((ticket) => ticket.service === service && ticket.state === 'waiting')
    .length

/**
 * A counted ticket is known while its device is connected and not out of order; one that has never said so is taken for its
 * period.
 */
const ticketStaleAt = (turn: Turn, device: string) => {
  const row = turn.state.devices.get(device)
  return row?.link === 'online' && row.health !== 'faulted'
    ? null
    : turn.at + periodMs(turn.state, device, 'ticket.issued')
}

/**
 * After a ticket was issued, called or ended: between two snapshots their number is carried on by one, without
 * becoming younger; without snapshots the tickets are counted.
 */
export const recount = (turn: Turn, id: string, { device, by }: { device: string; by: -1 | 0 | 1 }) => {
  const service = turn.state.services.get(id)
  if (service === undefined) return
  if (queueSource(turn, id)?.kind === 'snapshot') {
    const waiting = service.waiting && {
      ...service.waiting,
      value: Math.max(0, service.waiting.value + by),
    }
    return putService(turn, service, { ...service, waiting })
  }
  putQueueSource(turn, id, { device, kind: 'tickets' })
  const waiting = { value: waitingTickets(turn, id), at: turn.at, staleAt: ticketStaleAt(turn, device) }
  putService(turn, service, { ...service, waiting })
}

/** After a hold or a return: who counts tickets counts again, a snapshot waits for the queue system's next word. */
export const recountHeld = (turn: Turn, id: string) => {
  const source = queueSource(turn, id)
  if (source?.kind === 'tickets') recount(turn, id, { device: source.device, by: 0 })
}

export const onServiceStale = (turn: Turn, id: string) => {
  const service = turn.state.services.get(id)
  const staleAt = service?.waiting?.staleAt
  if (service === undefined || staleAt == null) return
  if (staleAt >= turn.at) return armStale(turn, service)
  turn.record({
    kind: 'device',
    service: id,
    code: 'queue.stale',
    params: { silentMs: turn.at - (service.waiting?.at ?? turn.at) },
  })
  putService(
    turn,
    { ...service, waiting: service.waiting && { ...service.waiting, staleAt: turn.at } },
    service,
  )
}
