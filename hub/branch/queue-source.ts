/**
 * Where a queue's length comes from, and so how it ages. A snapshot is known for its source's period; a count of
 * tickets is known for as long as the device that tells of them is connected and not out of order.
 */
import type { Turn } from '../engine/turn.ts'

export interface QueueSource {
  readonly device: string
  readonly kind: 'snapshot' | 'tickets'
}

const sourceKey = (service: string) => `queue-source/${service}`

export const queueSource = (turn: Turn, service: string): QueueSource | undefined =>
  turn.state.meta.get(sourceKey(service)) as QueueSource | undefined

export const putQueueSource = (turn: Turn, service: string, source: QueueSource) => {
  const known = queueSource(turn, service)
  if (known?.device !== source.device || known.kind !== source.kind)
    turn.state.meta.put(sourceKey(service), { ...source })
}

/** The device that told of tickets is gone or out of order: what it counted ages from now on. */
export const ageTicketSource = (turn: Turn, device: string) => {
  for (const service of turn.state.services.values()) {
    const source = queueSource(turn, service.id)
    if (source?.kind !== 'tickets' || source.device !== device || service.waiting === null) continue
    const staleAt = turn.at - 1
    const { waiting, announcedWaitMs } = service
    turn.state.services.put(service.id, {
      ...service,
      waiting: { ...waiting, staleAt },
      announcedWaitMs: announcedWaitMs && { ...announcedWaitMs, staleAt },
    })
    turn.tell({ type: 'queue.changed', service: service.id })
  }
}
