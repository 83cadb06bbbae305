/** The situations in which greeting must keep its promises, and which reach each of its states. */
import type { Rows } from '../samples/model.ts'
import { deviceRow, monday, serviceRow, visitRow, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const lobby: Rows = {
  zones: [
    zoneRow({ id: 'entrance', kind: 'entrance' }),
    zoneRow({ id: 'kiosks', kind: 'kiosks' }),
    zoneRow({ id: 'waiting', kind: 'waiting' }),
  ],
  services: [serviceRow({ id: 'cash' }), serviceRow({ id: 'transfer', selfService: true })],
  visits: [visitRow({ id: 'v1' })],
  devices: [
    deviceRow({ id: 'robot-1', kind: 'robot', zone: 'entrance', can: ['greet', 'guide'] }),
    deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks' }),
  ],
}

const facts = [
  { type: 'visit.started', visit: 'v1', zone: 'entrance', grade: 'tracked', party: 1 },
  { type: 'visit.moved', visit: 'v1', zone: 'waiting', from: 'entrance' },
  { type: 'visit.ended', visit: 'v1', reason: 'left' },
  { type: 'visit.ended', visit: 'v1', reason: 'role' },
  { type: 'visit.merged', visit: 'v1', into: 'v2' },
  { type: 'visit.checked-in', visit: 'v1', ticket: 'A001', service: 'cash', booked: true, priority: false },
  {
    type: 'intent.stated',
    visit: 'v1',
    ticket: null,
    service: 'transfer',
    wantsStaff: false,
    device: 'kiosk-1',
  },
  { type: 'intent.stated', visit: 'v1', ticket: null, service: null, wantsStaff: true, device: 'kiosk-1' },
  { type: 'behaviour.performed', device: 'robot-1', behaviour: 'greet', zone: 'entrance', visit: 'v1' },
  { type: 'ticket.called', ticket: 'A001', service: 'cash', visit: 'v1', counter: 'c1' },
] as const
const refs = {
  greet: [{}, { intent: 'cash' }, { intent: 'transfer', language: 'en' }],
  screen: [],
  lead: [{ arrived: true }],
  receive: [],
}

export const samples: readonly Scenario[] = [
  {
    name: 'a tracked visitor',
    key: 'v1',
    worlds: [
      lobby,
      { ...lobby, claims: ['greet:visit:v1'] },
      { ...lobby, visits: [visitRow({ id: 'v1', zone: 'waiting' })] },
      { ...lobby, branch: { quiet: [{ from: '09:00', to: '11:00' }] } },
      { ...lobby, claims: ['greet-group:zone:entrance'] },
      { ...lobby, visits: [] },
    ],
    facts,
    refs,
  },
  {
    name: 'a counted burst',
    key: 'v1',
    worlds: [
      { ...lobby, visits: [visitRow({ id: 'v1', grade: 'counted', party: 3 })] },
      {
        ...lobby,
        claims: ['greet-burst:zone:entrance'],
        visits: [visitRow({ id: 'v1', grade: 'counted' })],
      },
      { ...lobby, visits: [visitRow({ id: 'v1', grade: 'counted', since: monday - 60_000 })] },
    ],
    facts: [{ type: 'arrivals.counted', zone: 'entrance', count: 3, visit: 'v1' }, ...facts.slice(1)],
    refs,
  },
]
