/** The situations in which emergency must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, placeRow, zoneRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

const devices = [
  deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'hall', can: ['display'] }),
  deviceRow({ id: 'robot-1', kind: 'robot', zone: 'door', can: ['greet', 'dock'] }),
  deviceRow({ id: 'robot-2', kind: 'robot', zone: 'hall', can: ['greet', 'dock'] }),
  deviceRow({ id: 'screen-1', kind: 'screen', zone: 'hall', can: ['display'] }),
]
export const calm: Rows = {
  zones: [
    zoneRow({ id: 'door', kind: 'entrance' }),
    zoneRow({ id: 'hall', kind: 'waiting', keepClear: ['rest-in-the-way'] }),
  ],
  places: [
    placeRow({ id: 'charger-1', zone: 'hall', kind: 'charger' }),
    placeRow({ id: 'rest-at-door', zone: 'door', kind: 'rest' }),
    placeRow({ id: 'rest-in-the-way', zone: 'hall', kind: 'rest' }),
    placeRow({ id: 'rest-1', zone: 'hall', kind: 'rest' }),
  ],
  devices,
}
export const alarm: Rows = { ...calm, branch: { mode: 'emergency' } }
export const stopped: Rows = { ...calm, branch: { mode: 'emergency', stopped: { by: 'ann', at: 0 } } }
export const begins: FlowEvent = { type: 'mode.changed', mode: 'emergency', was: 'open', by: 'ann' }
export const ends: FlowEvent = { type: 'mode.changed', mode: 'open', was: 'emergency', by: 'ann' }

export const samples: readonly Scenario[] = [
  {
    name: 'an emergency',
    key: 'branch',
    worlds: [alarm, stopped, calm, { ...alarm, places: [] }],
    facts: [
      begins,
      ends,
      { type: 'movement.changed', stopped: false, by: 'ann' },
      { type: 'device.link', device: 'screen-1', link: 'online', was: 'lost' },
    ],
    refs: { 'show-screen-1': [{}], 'leave-robot-1': [{ arrived: true }] },
  },
]
