/** Looks over all connections now and then: held acknowledgements, frozen readers, certificates that ran out. */
import type { ErrorCode } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Connections, Session } from './connections.ts'
import type { BrokerLimits } from './limits.ts'

export interface SweepParts {
  readonly clock: Clock
  /** Hub time. */
  readonly nowMs: () => number
  readonly limits: BrokerLimits
  readonly connections: Connections
  end(session: Session, code: ErrorCode): void
}

const faultOf = (session: Session, { clock, nowMs, limits }: SweepParts): ErrorCode | undefined => {
  const oldestMs = session.commits.oldestMs()
  if (oldestMs !== undefined && clock.monotonicMs() - oldestMs > limits.heldAckMsMax)
    return 'connect.not-committed'
  if (session.client.conn.writableLength > limits.unreadBytesMax) return 'connect.slow'
  const validUntil = session.identity?.validUntil ?? null
  return validUntil !== null && validUntil <= nowMs() ? 'connect.credential' : undefined
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
