/** The situations in which diversion invitation must keep its promises, and which reach each of its states. */
import type { FlowEvent, TaskAnswer } from '#protocol/flow-events.ts'
import type { DeviceRow, TicketRow } from '#protocol/model.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, monday, serviceRow, ticketRow, visitRow, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export interface Lobby {
  readonly ticket?: Partial<TicketRow>
  /** The kiosk that is kept for the ticket. */
  readonly kiosk?: Partial<DeviceRow>
  readonly other?: Partial<DeviceRow>
  readonly robot?: Partial<DeviceRow>
}

export const lobby = (
  { ticket = {}, kiosk = {}, other = {}, robot = {} }: Lobby = {},
  rows: Rows = {},
): Rows => ({
  zones: [
    zoneRow({ id: 'waiting', kind: 'waiting' }),
    zoneRow({ id: 'kiosks', kind: 'kiosks' }),
    zoneRow({ id: 'entrance', kind: 'entrance' }),
  ],
  services: [serviceRow({ id: 'transfer', selfService: true })],
  tickets: [
    ticketRow({
      id: 'A001',
      service: 'transfer',
      visit: 'v1',
      marks: { 'diversion.open': true, 'diversion.kiosk': 'kiosk-1', 'diversion.invitations': 1 },
      ...ticket,
    }),
  ],
  visits: [visitRow({ id: 'v1', zone: 'waiting', tickets: ['A001'] })],
  devices: [
    deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks', place: 'kiosk-place-1', ...kiosk }),
    deviceRow({ id: 'kiosk-2', kind: 'kiosk', zone: 'kiosks', ...other }),
    deviceRow({ id: 'robot-1', kind: 'robot', zone: 'waiting', can: ['guide', 'offer-service'], ...robot }),
  ],
  ...rows,
})

export const session = (
  state: 'started' | 'finished' | 'abandoned' | 'failed',
  part: { device?: string; ticket?: string | null; visit?: string | null } = {},
): FlowEvent => ({
  type: 'kiosk.session',
  device: 'kiosk-1',
  state,
  ticket: 'A001',
  visit: null,
  service: 'transfer',
  ...part,
})

export const marked: FlowEvent = {
  type: 'ticket.marked',
  ticket: 'A001',
  service: 'transfer',
  visit: 'v1',
  name: 'diversion.kiosk',
  value: 'kiosk-1',
}
export const called: FlowEvent = {
  type: 'ticket.called',
  ticket: 'A001',
  service: 'transfer',
  visit: 'v1',
  counter: 'c1',
}
export const endedAs = (outcome: string): FlowEvent => ({
  type: 'ticket.ended',
  ticket: 'A001',
  service: 'transfer',
  visit: 'v1',
  outcome,
})
export const stated = (wantsStaff: boolean, service: string | null = 'transfer'): FlowEvent => ({
  type: 'intent.stated',
  visit: 'v1',
  ticket: 'A001',
  service,
  wantsStaff,
  device: 'robot-1',
})
export const kioskLost: FlowEvent = { type: 'device.link', device: 'kiosk-1', link: 'lost', was: 'online' }
export const kioskFaulted: FlowEvent = {
  type: 'device.health',
  device: 'kiosk-1',
  health: 'faulted',
  was: 'ok',
}
export const kioskHeld: FlowEvent = { type: 'device.willingness', device: 'kiosk-1' }
export const visitLeft: FlowEvent = { type: 'visit.ended', visit: 'v1', reason: 'left' }
export const modeIs = (mode: 'open' | 'closed' | 'emergency'): FlowEvent => ({
  type: 'mode.changed',
  mode,
  was: 'open',
  by: 'li',
})

export const done = (ref: string, result: Readonly<Record<string, unknown>> = {}): TaskAnswer => ({
  type: 'task.done',
  ref,
  task: 't',
  member: 'robot-1',
  result,
})
export const accepted = (ref: string): TaskAnswer => ({
  type: 'task.accepted',
  ref,
  task: 't',
  member: 'robot-1',
})
export const failed = (ref: string): TaskAnswer => ({
  type: 'task.failed',
  ref,
  task: 't',
  member: 'robot-1',
  reason: 'unreachable',
})

export const inUse = (ticket: string | null): Partial<DeviceRow> => ({
  session: { since: monday, ticket, service: 'transfer' },
})

export const samples: readonly Scenario[] = [
  {
    name: 'an invited ticket',
    key: 'A001',
    worlds: [
      lobby(),
      lobby({ ticket: { state: 'held' }, kiosk: inUse('A001') }),
      lobby({ kiosk: { link: 'lost' } }),
      lobby({ kiosk: { link: 'lost' }, other: { link: 'lost' } }),
      lobby({ robot: { link: 'lost' } }),
      lobby({}, { branch: { mode: 'emergency' } }),
      lobby({ ticket: { state: 'called' } }),
    ],
    facts: [
      marked,
      session('started'),
      session('finished'),
      session('abandoned'),
      stated(true),
      stated(false),
      called,
      endedAs('served'),
      endedAs('no-show'),
      kioskLost,
      kioskFaulted,
      kioskHeld,
      visitLeft,
      modeIs('emergency'),
    ],
    refs: {
      offer: [{ answer: 'accepted' }, { answer: 'declined' }, { answer: 'none' }],
      'guide-1': [{ arrived: true }, { arrived: false }],
      'guide-2': [],
      hold: [],
      'restore-1': [],
      'restore-2': [],
      'release-1': [],
      'release-2': [],
      sorry: [],
      'called-meanwhile': [],
      'called-meanwhile-aloud': [],
    },
  },
]
