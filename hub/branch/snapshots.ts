/** The queue system's own view of a service: it wins over what the tickets added up to, unless it comes too late. */
import type { EventData } from '#protocol/events.ts'
import type { Sensed } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { periodMs } from './manifests.ts'
import { observedAt } from './news.ts'
import { noteProblem } from './problems.ts'
import { putQueueSource, queueSource } from './queue-source.ts'
import { putService } from './queues.ts'
import { takeListedTickets } from './ticket-list.ts'

export const onSnapshot = (turn: Turn, device: string, data: EventData<'queue.snapshot'>) => {
  const service = turn.state.services.get(data.service)
  if (service === undefined) return noteProblem(turn, 'service.unknown', { device, name: data.service })
  const at = observedAt(turn, data)
  const source = queueSource(turn, service.id)
  // Out of order: a newer one has been heard.
  if (source?.kind === 'snapshot' && service.waiting !== null && at < service.waiting.at) return
  putQueueSource(turn, service.id, { device, kind: 'snapshot' })
  const staleAt = at + periodMs(turn.state, device, 'queue.snapshot')
  const sensed = (value: number | undefined): Sensed<number> | null =>
    value === undefined ? null : { value, at, staleAt }
  if (data.tickets !== undefined) takeListedTickets(turn, data.service, { at, tickets: data.tickets })
  putService(turn, service, {
    ...(turn.state.services.get(data.service) ?? service),
    waiting: { value: data.waiting, at, staleAt },
    longestWaitMs: sensed(data.longestWaitMs),
    countersOpen: sensed(data.countersOpen),
    announcedWaitMs: sensed(data.announcedWaitMs),
    announcedBy: data.announcedWaitMs === undefined ? null : 'queue-system',
  })
}
