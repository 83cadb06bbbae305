/** What the broker counts and tells: by stable code, so that a chart survives a change of words. */
import type { ErrorCode } from '#protocol/errors.ts'

/** Everything refused is counted under its error code; these are counted besides. */
export type BrokerCount =
  | ErrorCode
  | 'message.unnumbered'
  | 'packet.slowed'
  | 'store.capped'
  | 'telemetry.dropped'

export interface BrokerMetrics {
  /** `device` is null where nobody has signed in yet. */
  count(code: BrokerCount, device: string | null): void
}

/** A pino logger fits. */
export interface BrokerLog {
  info(fields: Readonly<Record<string, unknown>>, text: string): void
  warn(fields: Readonly<Record<string, unknown>>, text: string): void
}
