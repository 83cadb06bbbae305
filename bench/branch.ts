/** The branch that is measured: eight screens, a ticket machine, a camera that stands for all sensors. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubConfig } from '#hub/ops/config.ts'
import type { Manifest } from '#protocol/messages.ts'

export const branchId = 'bench'
export const sensor = 'camera-1'
export const ticketMachine = 'tickets-1'
export const screens: readonly string[] = Array.from({ length: 8 }, (_, index) => `screen-${index + 1}`)

/** Where a detection asks for something on a screen, and where it asks for an entry in the queue system. */
export const screenZone = 'entrance'
export const ticketZone = 'desk'
export const otherZones: readonly string[] = ['waiting', 'kiosks']

export const idleDevice = (index: number): string => `idle-${index + 1}`

export const manifestOf = (device: string): Omit<Manifest, 'boot' | 'n'> => ({
  kind: device.startsWith('screen') ? 'screen' : device === ticketMachine ? 'ticket-machine' : 'other',
  vendor: 'usher',
  model: 'bench',
  capabilities: device.startsWith('screen')
    ? { display: { immediate: true, languages: ['zh', 'en'] } }
    : device === ticketMachine
      ? { 'manage-ticket': { immediate: true } }
      : {},
  guarantees: { acknowledges: true, cancels: true, deduplicates: true, keepsTime: true },
})

/**
 * Shipped flows run as they are, but for those whose own tasks would mix into the figures: who comes in here is a
 * number, not a visitor to greet.
 */
const branchFile = (idle: number) => ({
  branch: branchId,
  mode: 'open',
  zones: [
    { id: screenZone, kind: 'entrance' },
    { id: ticketZone, kind: 'counters' },
    { id: 'waiting', kind: 'waiting', limit: 200 },
    { id: 'kiosks', kind: 'kiosks', limit: 200 },
  ],
  devices: [
    { id: sensor, kind: 'camera', zone: screenZone },
    { id: ticketMachine, kind: 'ticket-machine', zone: screenZone },
    ...screens.map((id) => ({ id, kind: 'screen', zone: screenZone })),
    ...Array.from({ length: idle }, (_, index) => ({
      id: idleDevice(index),
      kind: 'other',
      zone: 'waiting',
    })),
  ],
  flows: {
    greeting: { autonomy: 'off' },
    promotion: { autonomy: 'off' },
    assistance: { autonomy: 'off' },
    'device-care': { autonomy: 'off' },
  },
})

/** The camera stands for all sensors of a branch, and the ticket machine for all tills. */
const ratesOfMany = { packetsPerSecond: 1_000_000, packetsBurst: 1_000_000 }

export interface BranchOptions {
  /** Idle devices declared beside the others. */
  readonly idle?: number
  /** A module that runs as the adapter of the first of them, under the hub's care. */
  readonly adapter?: string
}

/**
 * Settings as shipped, but for the rate of one device; beside an adapter that one, too. Writes the branch file into the
 * folder.
 */
export const hubConfig = (folder: string, { idle = 0, adapter }: BranchOptions = {}): HubConfig => {
  const branch = join(folder, 'branch.json')
  writeFileSync(branch, JSON.stringify(branchFile(idle)))
  return HubConfig.parse({
    branch,
    data: join(folder, 'data'),
    mqtt: {
      loopback: { port: 0, trust: 'declared' },
      tls: false,
      limits: adapter === undefined ? ratesOfMany : {},
    },
    http: { port: 0 },
    log: { level: 'error' },
    adapters: adapter === undefined ? [] : [{ device: idleDevice(0), run: adapter }],
  })
}
