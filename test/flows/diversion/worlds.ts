/** A lobby with one self-service queue, in the situations that diversion meets. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { TicketRow } from '#protocol/model.ts'
import type { Rows } from '../kit/model.ts'
import {
  counterRow,
  deviceRow,
  monday,
  personRow,
  sensed,
  serviceRow,
  ticketRow,
  visitRow,
  zoneRow,
} from '../kit/rows.ts'

export const minute = 60_000

export const ticketsOf = (count: number, row: Partial<TicketRow> = {}): TicketRow[] =>
  Array.from({ length: count }, (_, index) =>
    ticketRow({
      id: `A${String(index + 1).padStart(3, '0')}`,
      service: 'transfer',
      issuedAt: monday - (count - index) * minute,
      ...row,
    }),
  )

export interface Queue {
  readonly waiting: number | null
  readonly waitMs?: number | null
  readonly staleAt?: number | null
}

export const lobbyWith = ({ waiting, waitMs = null, staleAt = null }: Queue, rows: Rows = {}): Rows => ({
  zones: [
    zoneRow({ id: 'waiting', kind: 'waiting', at: { x: 0, y: 0 } }),
    zoneRow({ id: 'kiosks', kind: 'kiosks', at: { x: 8, y: 0 } }),
  ],
  services: [
    serviceRow({
      id: 'transfer',
      selfService: true,
      waiting: waiting === null ? null : sensed(waiting, monday, staleAt),
      announcedWaitMs: waitMs === null ? null : sensed(waitMs, monday, staleAt),
    }),
  ],
  counters: [
    counterRow({ id: 'c1', services: ['transfer'] }),
    counterRow({ id: 'c2', services: ['transfer'], state: 'closed' }),
  ],
  tickets: ticketsOf(waiting ?? 0),
  visits: [visitRow({ id: 'v1', zone: 'waiting' })],
  devices: [
    deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks' }),
    deviceRow({ id: 'kiosk-2', kind: 'kiosk', zone: 'kiosks' }),
  ],
  staff: [personRow({ id: 'li', canOpenCounters: true }), personRow({ id: 'wang' })],
  ...rows,
})

export const queueChanged: FlowEvent = { type: 'queue.changed', service: 'transfer' }
export const minutePassed: FlowEvent = { type: 'minute.passed' }
