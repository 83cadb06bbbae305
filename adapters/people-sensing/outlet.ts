/** Where what was sensed goes out: the hand on each device, and what the inside needs from outside. */
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import type { PeopleSensingConfig } from './config.ts'
import type { SensedEvent } from './translators/outcome.ts'

export interface IntakeParts {
  readonly config: PeopleSensingConfig
  readonly devices: (id: string) => Pick<DeviceHandle, 'emit' | 'fault'>
  readonly log: Pick<Log, 'warn'>
  /** For what waits and repeats: it never steps. */
  readonly clock: Clock
  /** The time of day, as the sensors' own clocks have it, ms since 1970. */
  readonly timeOfDay: () => number
}

/** @returns whether the contract lets it out. */
export const emit = (
  { devices }: Pick<IntakeParts, 'devices'>,
  { device, name, data }: SensedEvent,
): boolean => {
  const handle = devices(device)
  switch (name) {
    case 'visitor.detected':
      return handle.emit(name, data).sent
    case 'visitor.left':
      return handle.emit(name, data).sent
    case 'zone.count':
      return handle.emit(name, data).sent
  }
}
