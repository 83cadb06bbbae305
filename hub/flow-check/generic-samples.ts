/** For a flow that brings no samples: an ordinary branch, and each fact it listens to, about things in that branch. */
import type { AnyFlow } from '#flows/define.ts'
import type { Rows } from '#flows/samples/model.ts'
import {
  campaignRow,
  counterRow,
  deviceRow,
  monday,
  personRow,
  placeRow,
  sensed,
  serviceRow,
  ticketRow,
  visitRow,
  zoneRow,
} from '#flows/samples/rows.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { capabilities } from '#protocol/capabilities.ts'
import type { Fact, FactType } from '#protocol/flow-events.ts'

const can = Object.keys(capabilities)

const ordinary: Rows = {
  zones: [
    zoneRow({ id: 'entrance', kind: 'entrance', limit: 10, count: sensed(3) }),
    zoneRow({ id: 'waiting', kind: 'waiting', limit: 20, count: sensed(9) }),
    zoneRow({ id: 'kiosks', kind: 'kiosks' }),
    zoneRow({ id: 'counters', kind: 'counters' }),
  ],
  places: [
    placeRow({ id: 'rest-1', zone: 'waiting', kind: 'rest' }),
    placeRow({ id: 'charger-1', zone: 'counters', kind: 'charger' }),
  ],
  counters: [counterRow({ id: 'c1' }), counterRow({ id: 'c2', state: 'closed' })],
  services: [
    serviceRow({ id: 'cash', waiting: sensed(4), announcedWaitMs: sensed(400_000) }),
    serviceRow({ id: 'transfer', selfService: true, waiting: sensed(2), announcedWaitMs: sensed(90_000) }),
  ],
  tickets: [ticketRow({ id: 'A001', visit: 'v1' })],
  visits: [visitRow({ id: 'v1', tickets: ['A001'] }), visitRow({ id: 'v2', zone: 'waiting' })],
  devices: [
    deviceRow({ id: 'robot-1', kind: 'robot', zone: 'entrance', can }),
    deviceRow({ id: 'screen-1', kind: 'screen', zone: 'waiting', can }),
    deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks', can }),
  ],
  staff: [personRow({ id: 'li', canOpenCounters: true }), personRow({ id: 'wang', roles: ['manager'] })],
  campaigns: [campaignRow({ id: 'deposit' })],
}

const worlds: readonly Rows[] = [
  ordinary,
  { ...ordinary, branch: { mode: 'emergency' } },
  { ...ordinary, visits: [], tickets: [], devices: [], staff: [] },
]

const facts: Readonly<Record<FactType, readonly Fact[]>> = {
  'visit.started': [{ type: 'visit.started', visit: 'v1', zone: 'entrance', grade: 'tracked', party: 1 }],
  'visit.moved': [{ type: 'visit.moved', visit: 'v1', zone: 'waiting', from: 'entrance' }],
  'visit.ended': [{ type: 'visit.ended', visit: 'v1', reason: 'left' }],
  'visit.merged': [{ type: 'visit.merged', visit: 'v1', into: 'v2' }],
  'visit.known': [{ type: 'visit.known', visit: 'v1', by: 'ticket' }],
  'visit.checked-in': [true, false].map((booked) => ({
    type: 'visit.checked-in',
    visit: 'v1',
    ticket: 'A001',
    service: 'cash',
    booked,
    priority: false,
  })),
  'arrivals.counted': [{ type: 'arrivals.counted', zone: 'entrance', count: 3, visit: 'v1' }],
  'zone.counted': [25, 3].map((count) => ({ type: 'zone.counted', zone: 'waiting', count })),
  'zone.dwelled': [{ type: 'zone.dwelled', zone: 'waiting', visit: 'v1', dwellMs: 60_000 }],
  'queue.changed': [{ type: 'queue.changed', service: 'cash' }],
  'ticket.issued': [{ type: 'ticket.issued', ticket: 'A001', service: 'cash', visit: 'v1' }],
  'ticket.called': [{ type: 'ticket.called', ticket: 'A001', service: 'cash', visit: 'v1', counter: 'c1' }],
  'ticket.ended': ['served', 'no-show'].map((outcome) => ({
    type: 'ticket.ended',
    ticket: 'A001',
    service: 'cash',
    visit: 'v1',
    outcome,
  })),
  'ticket.marked': [
    { type: 'ticket.marked', ticket: 'A001', service: 'cash', visit: 'v1', name: 'mark', value: true },
  ],
  'counter.changed': [{ type: 'counter.changed', counter: 'c1' }],
  'intent.stated': [true, false].map((wantsStaff) => ({
    type: 'intent.stated',
    visit: 'v1',
    ticket: 'A001',
    service: 'transfer',
    wantsStaff,
    device: 'kiosk-1',
  })),
  'kiosk.session': (['started', 'finished', 'abandoned', 'failed'] as const).map((state) => ({
    type: 'kiosk.session',
    device: 'kiosk-1',
    state,
    ticket: 'A001',
    visit: 'v1',
    service: 'transfer',
  })),
  'help.requested': [
    {
      type: 'help.requested',
      device: 'kiosk-1',
      zone: 'kiosks',
      ticket: null,
      visit: 'v1',
      service: null,
      reason: 'help',
      language: null,
    },
  ],
  'behaviour.performed': [
    { type: 'behaviour.performed', device: 'robot-1', behaviour: 'greet', zone: 'entrance', visit: 'v1' },
  ],
  'device.link': (['lost', 'online'] as const).map((link) => ({
    type: 'device.link',
    device: 'robot-1',
    link,
    was: 'unknown',
  })),
  'device.health': ['faulted', 'ok'].map((health) => ({
    type: 'device.health',
    device: 'robot-1',
    health,
    was: 'updating',
  })),
  'device.state': [{ type: 'device.state', device: 'robot-1' }],
  'device.willingness': [{ type: 'device.willingness', device: 'robot-1' }],
  'device.stuck': [true, false].map((blocked) => ({
    type: 'device.stuck',
    device: 'robot-1',
    blocked,
    inKeepClear: blocked,
  })),
  'alarm.raised': [{ type: 'alarm.raised', device: 'screen-1', alarm: 'door', zone: 'entrance' }],
  'mode.changed': (['emergency', 'open'] as const).map((mode) => ({
    type: 'mode.changed',
    mode,
    was: 'closing',
    by: 'li',
  })),
  'pause.changed': [true, false].map((paused) => ({ type: 'pause.changed', paused, by: 'li' })),
  'movement.changed': [true, false].map((stopped) => ({ type: 'movement.changed', stopped, by: 'li' })),
  'duty.changed': [{ type: 'duty.changed', person: 'li' }],
  'task.unserved': [
    {
      type: 'task.unserved',
      task: 't-9',
      flow: 'greeting',
      capability: 'guide',
      zone: 'entrance',
      visit: 'v1',
      ticket: null,
      reason: 'nobody-eligible',
    },
  ],
  'escalation.changed': (['taken', 'ended'] as const).map((state) => ({
    type: 'escalation.changed',
    escalation: 'e-1',
    instance: 'assistance/visit:v1',
    state,
    by: 'expert-1',
    outcome: null,
  })),
  'call.changed': (['waiting', 'ringing', 'in-call', 'ended'] as const).map((state) => ({
    type: 'call.changed',
    call: 'call-1',
    escalation: 'e-1',
    state,
    was: null,
    reason: 'expert',
    device: 'kiosk-1',
    askedBy: null,
    visit: 'v1',
    ticket: 'A001',
    service: 'cash',
    zone: 'kiosks',
    expert: state === 'in-call' ? 'expert-1' : null,
    ahead: 0,
    outcome: state === 'ended' ? 'unanswered' : null,
    promisedAt: null,
  })),
  'work.asked': [
    {
      type: 'work.asked',
      request: 'li-page0001-1',
      by: 'li',
      what: 'announce',
      visit: null,
      ticket: null,
      zone: 'waiting',
      language: null,
      party: 1,
      to: null,
      charge: false,
      campaign: null,
      words: { en: 'Hello' },
      forMs: null,
      member: null,
      note: null,
    },
  ],
  'work.asked-again': [
    {
      type: 'work.asked-again',
      request: 'li-page0001-1',
      by: 'li',
      task: 'task-1-1-0',
      intent: {
        type: 'task',
        ref: 'say',
        capability: 'announce',
        command: { at: { zone: 'waiting' }, words: [{ language: 'en', text: 'Hello' }] },
        subject: { zone: 'waiting' },
        who: { members: 'devices' },
        priority: 4,
        claims: [],
        ackWithinMs: 2_000,
        startWithinMs: 5_000,
        runWithinMs: 20_000,
        expiresInMs: 20_000,
        attemptsMax: 2,
        because: { code: 'visitor-came-in' },
      },
    },
  ],
  'minute.passed': [{ type: 'minute.passed' }],
}

/** The key its first starting fact leads to; of two keys the instance of the second would be another one. */
const keyOf = (flow: AnyFlow): string => {
  for (const fact of flow.starts.flatMap((type) => facts[type] ?? [])) {
    const key = flow.key(fact)
    if (key !== undefined) return key
  }
  return 'v1'
}

export const genericSamples = (flow: AnyFlow): readonly Scenario[] => [
  {
    name: 'an ordinary branch',
    key: keyOf(flow),
    worlds: worlds.map((rows) => ({ at: monday, ...rows })),
    facts: flow.listens.flatMap((type) => facts[type] ?? []),
    refs: {},
  },
]
