import { z } from 'zod'

/** What a thing in the lobby is. A `gateway` speaks for devices that cannot speak MQTT themselves. */
export const DeviceKind = z
  .enum(['robot', 'screen', 'kiosk', 'camera', 'ticket-machine', 'sensor', 'door', 'gateway', 'other'])
  .meta({ id: 'DeviceKind' })
export type DeviceKind = z.infer<typeof DeviceKind>
