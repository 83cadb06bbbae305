/**
 * Many simulated devices at once: each a process of its own, or all in this one where a thousand are wanted. A device
 * that dies comes back with its log, as a rebooted machine would.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import type { BehaviourInput } from './devices/behaviour.ts'
import type { JournalEntry } from './devices/journal-entry.ts'
import type { SimulatedKind } from './devices/kinds.ts'
import type { KioskUse } from './devices/kiosk-use.ts'
import type { People } from './devices/ports.ts'
import { type Host, hostHere, hostInProcess } from './hosts.ts'

export interface Member {
  readonly kind: SimulatedKind
  readonly id: string
  readonly behaviour?: BehaviourInput
}

export interface FleetOptions {
  readonly branch: string
  /** `mqtt://127.0.0.1:1883` */
  readonly broker: string
  readonly seed: number | string
  readonly members: readonly Member[]
  /** All devices in this process, each with its own connection. */
  readonly inProcess?: boolean
  /** One log a device, `<id>.log`. Without it a device in a process of its own forgets when it dies. */
  readonly logFolder?: string
  /** Whoever stands before the devices; default: each device's own chance. */
  readonly people?: People
  /** Time between a device's tries to connect; default: longer and longer. */
  readonly retryMs?: number
  /** A dead device is back after that; undefined: it stays dead. */
  readonly restartAfterMs?: number
  readonly onTrouble?: (text: string) => void
}

/** A device as people in the lobby meet it. */
export interface FleetDevice {
  readonly id: string
  readonly kind: SimulatedKind
  sense<N extends EventName>(name: N, data: EventData<N>): void
  use(use: KioskUse): void
  /** Out of order for this reason, or well again. */
  setFault(reason: string | undefined): void
  /** Fleeting news that is never kept. */
  stream(name: string, data: object): void
  /** Hears what it does, from its log. Stays through deaths. */
  listen(listener: (entry: JournalEntry) => void): void
}

export interface Fleet {
  start(): void
  /** Resolves when every device has been connected once. Ask before the start. */
  up(): Promise<void>
  device(id: string): FleetDevice | undefined
  devices(): readonly FleetDevice[]
  /** As a power cut. It comes back like any other that dies. */
  kill(id: string): void
  stop(): Promise<void>
}

export const createFleet = (options: FleetOptions): Fleet => {
  const hosts = new Map<string, Host>(
    options.members.map((member) => [
      member.id,
      options.inProcess === true ? hostHere(member, options) : hostInProcess(member, options),
    ]),
  )
  return {
    start() {
      for (const host of hosts.values()) host.start()
    },
    async up() {
      await Promise.all([...hosts.values()].map(isUp))
    },
    device: (id) => hosts.get(id),
    devices: () => [...hosts.values()],
    kill: (id) => hosts.get(id)?.kill(),
    async stop() {
      await Promise.all([...hosts.values()].map((host) => host.stop()))
    },
  }
}

const isUp = (device: FleetDevice) =>
  new Promise<void>((resolve) => {
    device.listen((entry) => {
      if (entry.kind === 'link' && entry.state === 'up') resolve()
    })
  })
