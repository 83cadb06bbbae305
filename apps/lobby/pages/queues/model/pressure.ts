/** Whether a queue is under pressure: by the limits that diversion goes by, or where they are not known by what it does. */
import type { Reading } from './reading.ts'

/** As the policy of diversion has them. */
export interface Limits {
  readonly enterLength: number
  readonly leaveLength: number
  readonly enterWaitMs: number
  readonly leaveWaitMs: number
}

export type Pressure = 'high' | 'between' | 'calm' | 'unknown'

export interface Pressed {
  readonly waiting: Reading | null
  /** Announced, as diversion reads it. */
  readonly waitMs: Reading | null
  /** null: not known here. */
  readonly limits: Limits | null
  /** Diversion has something under way for this queue. */
  readonly isDiverted: boolean
}

const valueOf = (reading: Reading | null): number | null =>
  reading === null || reading.isStale ? null : reading.value

export const pressureOf = ({ waiting, waitMs, limits, isDiverted }: Pressed): Pressure => {
  const count = valueOf(waiting)
  const wait = valueOf(waitMs)
  if (count === null && wait === null) return 'unknown'
  if (limits === null) return isDiverted ? 'high' : 'calm'
  if ((count ?? 0) >= limits.enterLength || (wait ?? 0) >= limits.enterWaitMs) return 'high'
  if ((count ?? 0) <= limits.leaveLength && (wait ?? 0) <= limits.leaveWaitMs) return 'calm'
  return 'between'
}

/** Out of the policy of diversion as a page gets it; null: it is not made as this page expects it. */
export const limitsIn = (policy: Readonly<Record<string, unknown>>): Limits | null => {
  const { enterLength, leaveLength, enterWaitMs, leaveWaitMs } = policy
  if (typeof enterLength !== 'number' || typeof leaveLength !== 'number') return null
  if (typeof enterWaitMs !== 'number' || typeof leaveWaitMs !== 'number') return null
  return { enterLength, leaveLength, enterWaitMs, leaveWaitMs }
}
