/** The situations in which the branch must keep its promises around a call, and which reach each of its states. */
import type { FactTypes, FlowEvent } from '#protocol/flow-events.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, visitRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const lobby: Rows = {
  devices: [deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks', place: 'kiosk-place-1' })],
  visits: [visitRow({ id: 'v1', zone: 'kiosks' })],
}
export const attended: Rows = { ...lobby, claims: ['attention:visit:v1'] }

export const call = (change: Partial<FactTypes['call.changed']> = {}): FlowEvent => ({
  type: 'call.changed',
  call: 'call-1',
  escalation: 'e-1',
  state: 'waiting',
  was: null,
  reason: 'expert',
  device: 'kiosk-1',
  askedBy: null,
  visit: 'v1',
  ticket: null,
  service: 'transfer',
  zone: 'kiosks',
  expert: null,
  ahead: 0,
  outcome: null,
  promisedAt: null,
  ...change,
})

export const unanswered = call({ state: 'ended', was: 'waiting', outcome: 'unanswered', promisedAt: 1 })
const solved = call({ state: 'ended', was: 'wrap-up', outcome: 'solved', expert: 'expert-1' })
const inCall = call({ state: 'in-call', was: 'accepted', expert: 'expert-1' })
const refs = { 'staff-1': [], 'staff-2': [] }

export const samples: readonly Scenario[] = [
  {
    name: 'an expert comes, falls out, and another one comes',
    key: 'call-1',
    worlds: [lobby, attended],
    facts: [
      call(),
      call({ state: 'ringing', was: 'waiting' }),
      inCall,
      call({ state: 'waiting', was: 'resuming', ahead: 1 }),
      solved,
    ],
    refs,
  },
  {
    name: 'nobody comes',
    key: 'call-1',
    worlds: [lobby],
    policy: { roundsMax: 2 },
    facts: [call(), unanswered],
    refs,
  },
  {
    name: 'the rest is done on the spot, for a tablet that nobody stands before',
    key: 'call-1',
    worlds: [lobby, { ...lobby, branch: { mode: 'emergency' } }],
    policy: { roundsMax: 2 },
    facts: [
      call({ device: null, visit: null, zone: null, service: null, askedBy: 'li' }),
      call({
        device: null,
        visit: null,
        zone: null,
        service: null,
        askedBy: 'li',
        state: 'ended',
        was: 'wrap-up',
        outcome: 'follow-up',
      }),
    ],
    refs,
  },
]
