/** The situations in which a call on screens must keep its promises, and which reach each of its states. */
import type { Rows } from '../samples/model.ts'
import { deviceRow, ticketRow, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const lobby = (change: Partial<Rows> = {}): Rows => ({
  zones: [
    zoneRow({ id: 'door', kind: 'entrance' }),
    zoneRow({ id: 'hall', kind: 'waiting' }),
    zoneRow({ id: 'counters', kind: 'counters' }),
  ],
  tickets: [ticketRow({ id: 'A012', state: 'called', counter: 'c3' })],
  devices: [
    deviceRow({ id: 'screen-1', kind: 'screen', zone: 'hall', can: ['display'] }),
    deviceRow({ id: 'screen-2', kind: 'screen', zone: 'counters', can: ['display', 'promote'] }),
    deviceRow({ id: 'screen-3', kind: 'screen', zone: 'door', can: ['display'] }),
  ],
  ...change,
})

export const called = (counter = 'c3') =>
  ({ type: 'ticket.called', ticket: 'A012', service: 'cash', visit: null, counter }) as const
export const ended = {
  type: 'ticket.ended',
  ticket: 'A012',
  service: 'cash',
  visit: null,
  outcome: 'served',
} as const

const refs = { 'screen-1-c3': [{}], 'screen-2-c3': [{}], 'screen-1-c4': [{}], 'screen-2-c4': [{}] }

export const samples: readonly Scenario[] = [
  {
    name: 'a ticket is called, and called once more',
    key: 'A012',
    worlds: [lobby(), lobby({ devices: [] })],
    policy: { onScreens: true },
    facts: [called(), called('c4'), ended],
    refs,
  },
  {
    name: 'a branch whose queue system has displays',
    key: 'A012',
    worlds: [lobby()],
    facts: [called()],
    refs: {},
  },
]
