/** The situations in which diversion must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { TicketRow } from '#protocol/model.ts'
import type { Rows } from '../samples/model.ts'
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
} from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

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

const facts: FlowEvent[] = [
  queueChanged,
  { type: 'ticket.issued', ticket: 'A001', service: 'transfer', visit: null },
  { type: 'ticket.called', ticket: 'A001', service: 'transfer', visit: null, counter: 'c1' },
  { type: 'ticket.ended', ticket: 'A001', service: 'transfer', visit: null, outcome: 'served' },
  { type: 'counter.changed', counter: 'c1' },
  {
    type: 'kiosk.session',
    device: 'kiosk-1',
    state: 'finished',
    ticket: null,
    visit: null,
    service: 'transfer',
  },
  { type: 'duty.changed', person: 'li' },
  minutePassed,
]

export const samples: readonly Scenario[] = [
  {
    name: 'a queue that fills and empties',
    key: 'transfer',
    worlds: [
      lobbyWith({ waiting: 12, waitMs: 20 * minute }),
      lobbyWith({ waiting: 6, waitMs: 7 * minute }),
      lobbyWith({ waiting: 1, waitMs: minute }),
      lobbyWith({ waiting: null }),
    ],
    facts,
    refs: { 'counter-1': [] },
  },
]
