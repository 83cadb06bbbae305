/** The situations in which device care must keep its promises, and which reach each of its states. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { DeviceRow } from '#protocol/model.ts'
import type { Rows } from '../samples/model.ts'
import { deviceRow, monday, placeRow } from '../samples/rows.ts'
import type { Scenario } from '../samples/scenario.ts'

export const robot = (row: Partial<DeviceRow> = {}) =>
  deviceRow({ id: 'robot-1', kind: 'robot', zone: 'waiting', can: ['dock'], ...row })
export const lobby = (row: Partial<DeviceRow> = {}, rows: Rows = {}): Rows => ({
  devices: [robot(row)],
  places: [
    placeRow({ id: 'charger-1', zone: 'entrance', kind: 'charger' }),
    placeRow({ id: 'charger-2', zone: 'waiting', kind: 'charger' }),
  ],
  ...rows,
})
export const well = lobby()
export const lost = lobby({ link: 'lost' })
export const faulted = lobby({ health: 'faulted', healthReasons: ['arm'] })
export const stuck = lobby({ blockedSince: monday })
export const updating = lobby({ health: 'updating', link: 'offline' })
export const low = lobby({ battery: { percent: 20, charging: false } })
export const notItsTurn = lobby(
  {},
  {
    devices: [
      robot({ battery: { percent: 20, charging: false } }),
      robot({ id: 'robot-0', battery: { percent: 20, charging: true } }),
    ],
  },
)
export const critical = lobby({ battery: { percent: 8, charging: false } })
export const charging = lobby({ battery: { percent: 8, charging: true } })
export const manifest = {
  vendor: 'a',
  model: 'b',
  kind: 'robot' as const,
  capabilities: {},
  heartbeatMs: 10_000,
}
export const silent = lobby({ manifest, heardAt: monday - 30_000 })
export const linkChanged: FlowEvent = { type: 'device.link', device: 'robot-1', link: 'lost', was: 'online' }
export const stateCame: FlowEvent = { type: 'device.state', device: 'robot-1' }
export const minutePassed: FlowEvent = { type: 'minute.passed' }

export const samples: readonly Scenario[] = [
  {
    name: 'a robot',
    key: 'robot-1',
    worlds: [well, lost, faulted, stuck, updating, low, notItsTurn, critical, charging, silent],
    facts: [
      linkChanged,
      { type: 'device.health', device: 'robot-1', health: 'faulted', was: 'ok' },
      stateCame,
      { type: 'device.stuck', device: 'robot-1', blocked: true, inKeepClear: false },
      { type: 'device.willingness', device: 'robot-1' },
      minutePassed,
    ],
    refs: { 'dock-1': [{ arrived: true }], 'dock-2': [] },
  },
]
