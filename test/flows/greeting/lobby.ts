/** A small lobby: one visitor in the entrance, one robot that greets and guides, one kiosk. */
import type { Rows } from '../kit/model.ts'
import { deviceRow, serviceRow, visitRow, zoneRow } from '../kit/rows.ts'

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
