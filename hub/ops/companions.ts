/**
 * Programs that run under this hub's care on its own machine. The hub knows none of them: whoever composes it starts
 * and watches them, and says here which of them may come in, what the operator can ask, and what is wrong.
 */
import type { BrokerMetrics } from '../broker/metrics.ts'
import type { Handler } from './control.ts'

export interface Companions {
  /** Whether this is the secret that the program speaking for this device was given at its start. */
  admits(device: string, secret: string): boolean
  /** The hub reads this device more slowly, because it sends more than it may. Called often. */
  slowed(device: string): void
  /** Stable codes of what is wrong; the hub itself works all the same. */
  warnings(): readonly string[]
  /** Of the local socket, besides the hub's own. */
  readonly methods: Readonly<Record<string, Handler>>
}

/** Whoever watches over a device's program hears that it is read more slowly. */
export const toldToCompanions = (
  broker: BrokerMetrics,
  companions: Pick<Companions, 'slowed'> | undefined,
): BrokerMetrics => {
  if (companions === undefined) return broker
  return {
    count: (code, device) => {
      broker.count(code, device)
      if (code === 'packet.slowed' && device !== null) companions.slowed(device)
    },
  }
}
