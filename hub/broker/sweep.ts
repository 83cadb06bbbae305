/** Looks over all connections now and then: held acknowledgements, frozen readers, certificates that ran out or were revoked. */
import type { ErrorCode } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Connections, Session } from './connections.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerRules } from './rules.ts'

export interface SweepParts {
  readonly clock: Clock
  /** Hub time. */
  readonly nowMs: () => number
  readonly limits: BrokerLimits
  readonly connections: Connections
  readonly rules: Pick<BrokerRules, 'standing'>
  end(session: Session, code: ErrorCode): void
}

const faultOf = (session: Session, { clock, nowMs, limits, rules }: SweepParts): ErrorCode | undefined => {
  const oldestMs = session.commits.oldestMs()
  if (oldestMs !== undefined && clock.monotonicMs() - oldestMs > limits.heldAckMsMax)
    return 'connect.not-committed'
  if (session.client.conn.writableLength > limits.unreadBytesMax) return 'connect.slow'
  const { identity } = session
  if (identity === undefined) return undefined
  if (identity.validUntil !== null && identity.validUntil <= nowMs()) return 'connect.credential'
  return rules.standing(identity)
}

/** @returns how to stop it. */
export const startSweep = (parts: SweepParts): (() => void) => {
  let cancel: () => void
  const round = () => {
    for (const session of parts.connections.all()) {
      const fault = faultOf(session, parts)
      if (fault !== undefined) parts.end(session, fault)
    }
    cancel = parts.clock.after(parts.limits.sweepMs, round)
  }
  cancel = parts.clock.after(parts.limits.sweepMs, round)
  return () => cancel()
}
