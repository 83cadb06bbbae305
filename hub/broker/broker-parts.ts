/** What the embedded broker is made of. */
import type { Clock } from '../engine/hub-time.ts'
import type { BrokerLimits } from './limits.ts'
import type { DoorSettings } from './listeners.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import type { BrokerRules } from './rules.ts'
import type { SignIn } from './sign-in.ts'

export interface EmbeddedBrokerParts {
  readonly branch: string
  readonly epoch: () => number
  readonly clock: Clock
  /** Hub time. */
  readonly nowMs: () => number
  readonly limits: BrokerLimits
  readonly doors: DoorSettings
  readonly rules: BrokerRules
  readonly signIn: SignIn
  /** JSON of the credential that waits for this device, sent when it listens for it. */
  readonly credentialFor: (device: string) => string | undefined
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  /** The broker itself failed: the process should say so and end. */
  readonly onFault: (error: Error) => void
}
