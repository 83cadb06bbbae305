/** The situations in which crowding must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, monday, placeRow, sensed, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const hall = (count: number, staleAt: number | null = null): Rows => ({
  zones: [
    zoneRow({ id: 'hall', kind: 'waiting', limit: 20, count: sensed(count, monday, staleAt) }),
    zoneRow({ id: 'side', kind: 'other' }),
  ],
  places: [
    placeRow({ id: 'rest-hall', zone: 'hall', kind: 'rest' }),
    placeRow({ id: 'rest-side', zone: 'side', kind: 'rest' }),
  ],
  devices: [
    deviceRow({ id: 'robot-1', kind: 'robot', zone: 'hall', can: ['dock'] }),
    deviceRow({ id: 'robot-2', kind: 'robot', zone: 'side', can: ['dock'] }),
    deviceRow({ id: 'screen-1', kind: 'screen', zone: 'hall', can: ['display'] }),
    deviceRow({ id: 'screen-2', kind: 'screen', zone: 'side', can: ['display'] }),
  ],
})
export const counted = (count: number): FlowEvent => ({ type: 'zone.counted', zone: 'hall', count })
export const robotAt = (since: number | null): Rows => ({
  ...hall(0),
  devices: [
    deviceRow({ id: 'robot-1', kind: 'robot', zone: 'hall', can: ['dock'], inKeepClearSince: since }),
  ],
})
export const stuck = (inKeepClear: boolean): FlowEvent => ({
  type: 'device.stuck',
  device: 'robot-1',
  blocked: false,
  inKeepClear,
})

export const samples: readonly Scenario[] = [
  {
    name: 'a zone that fills and empties',
    key: 'zone:hall',
    worlds: [
      hall(25),
      hall(18),
      hall(5),
      hall(25, monday - 1),
      { ...hall(25), branch: { mode: 'cash-delivery' } },
    ],
    facts: [counted(25), counted(5)],
    refs: { 'leave-robot-1': [{ arrived: true }], 'direct-screen-1': [{}], 'call-guard': [{}] },
  },
  {
    name: 'a robot in a keep-clear part',
    key: 'device:robot-1',
    worlds: [robotAt(monday), robotAt(null), { ...hall(0), devices: [] }],
    facts: [stuck(true), stuck(false)],
    refs: { 'leave-robot-1': [{ arrived: true }] },
  },
]
