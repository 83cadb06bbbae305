/** The situations in which promotion must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { CampaignRow, VisitRow } from '#protocol/model.ts'
import type { Rows } from '../samples/model.ts'
import { campaignRow, deviceRow, personRow, sensed, serviceRow, visitRow, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const hall = (
  visit: Partial<VisitRow> = {},
  campaigns: readonly CampaignRow[] = [campaignRow({ id: 'deposit' })],
): Rows => ({
  zones: [zoneRow({ id: 'hall', kind: 'waiting' }), zoneRow({ id: 'door', kind: 'entrance' })],
  services: [serviceRow({ id: 'cash', waiting: sensed(2), announcedWaitMs: sensed(60_000) })],
  visits: [visitRow({ id: 'v1', zone: 'hall', ...visit })],
  devices: [
    deviceRow({ id: 'screen-1', kind: 'screen', zone: 'hall', can: ['promote', 'display'] }),
    deviceRow({ id: 'screen-2', kind: 'screen', zone: 'door', can: ['promote', 'display'] }),
    deviceRow({ id: 'tickets-1', kind: 'ticket-machine', zone: 'door', can: ['promote', 'manage-ticket'] }),
  ],
  staff: [personRow({ id: 'ann', roles: ['adviser'] })],
  campaigns,
})
export const withQueue = (change: Parameters<typeof serviceRow>[0]): Rows => ({
  ...hall(),
  services: [serviceRow(change)],
})
export const dwelled = { type: 'zone.dwelled', zone: 'hall', visit: 'v1', dwellMs: 9_000 } as const
export const minute: FlowEvent = { type: 'minute.passed' }
export const issued = {
  type: 'ticket.issued',
  ticket: 'A1',
  service: 'cash',
  visit: 'v1',
  device: 'tickets-1',
} as const
export const slip = (row: Partial<CampaignRow> = {}): CampaignRow =>
  campaignRow({ id: 'deposit', channels: ['ticket-slip'], ...row })

export const samples: readonly Scenario[] = [
  {
    name: 'a visitor who lingers',
    key: 'v1',
    worlds: [
      hall(),
      hall({ beingServed: true }),
      hall({}, [campaignRow({ id: 'fund', needsPerson: true })]),
      hall({}, [campaignRow({ id: 'deposit', holdoutShare: 1 })]),
      { ...hall(), visits: [] },
    ],
    facts: [
      dwelled,
      { type: 'visit.ended', visit: 'v1', reason: 'left' },
      { type: 'visit.merged', visit: 'v1', into: 'v2' },
      { type: 'ticket.issued', ticket: 'A1', service: 'cash', visit: 'v1' },
      { type: 'visit.moved', visit: 'v1', zone: 'door', from: 'hall' },
      { type: 'ticket.called', ticket: 'A1', service: 'cash', visit: 'v1', counter: 'c1' },
      {
        type: 'kiosk.session',
        device: 'kiosk-1',
        state: 'started',
        ticket: null,
        visit: 'v1',
        service: null,
      },
    ],
    refs: { promotion: [{ response: 'none' }, { response: 'interested' }], person: [{}] },
  },
  {
    name: 'a visitor who takes a ticket',
    key: 'v1',
    worlds: [
      hall({ zone: 'door' }, [slip()]),
      hall({ zone: 'door' }, [slip({ item: 'poster' })]),
      hall({ zone: 'door' }, [slip({ holdoutShare: 1 })]),
    ],
    facts: [
      issued,
      { type: 'visit.moved', visit: 'v1', zone: 'hall', from: 'door' },
      { type: 'visit.ended', visit: 'v1', reason: 'left' },
    ],
    refs: { promotion: [{}] },
  },
  {
    name: 'idle screens',
    key: 'screens',
    worlds: [hall(), { ...hall(), occupied: ['screen-1'] }, withQueue({ id: 'cash' })],
    facts: [minute, { type: 'zone.dwelled', zone: 'hall', visit: null, dwellMs: 9_000 }],
    refs: { 'screen-hall': [{}], 'screen-door': [{}] },
  },
]
