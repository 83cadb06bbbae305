/** What the broker asks the branch about devices. The registry is branch state: it is changed by entries only. */
import type { RegistryChange } from '../engine/entry.ts'
import type { RegistryRow } from '../engine/state.ts'

export interface DeclaredDevice {
  readonly kind: string
  /** The gateway that speaks for it. */
  readonly gateway?: string | null
}

export interface DeviceDirectory {
  find(device: string): RegistryRow | undefined
  /** The device as the branch file declares it. */
  declared(device: string): DeclaredDevice | undefined
  /** Resolves when the change is committed. */
  request(change: RegistryChange): Promise<void>
}

/** @returns whether `speaker` may speak for `device`: itself, or a device declared behind this gateway. */
export const maySpeakFor = (directory: DeviceDirectory, speaker: string, device: string): boolean =>
  speaker === device ||
  (directory.declared(device)?.gateway === speaker && directory.find(device)?.status !== 'revoked')
