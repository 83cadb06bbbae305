/** A planted fault: the sound device with one thing changed, and the rule that is meant to find it. */
import type { SoundDevice } from './sound-device.ts'
import type { Settings } from './sound-line.ts'

export interface Fault {
  readonly rule: string
  readonly device: new (settings: Settings) => SoundDevice
}
