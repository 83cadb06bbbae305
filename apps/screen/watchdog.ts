/** Looks after the page itself: one that has got stuck is loaded anew, and one that has run for days, at night. */
import type { DeviceConfig } from '#protocol/messages.ts'
import type { WallClock } from './play/local-time.ts'
import { repeat, type Time } from './time.ts'

export interface WatchdogParts {
  readonly time: Time
  readonly clock: () => WallClock
  readonly mode: () => DeviceConfig['mode'] | undefined
  /** How long ago the loop should have gone on; 0 while a task is shown. */
  readonly idleForMs: () => number
  readonly isInterrupted: () => boolean
  readonly reload: () => void
}

const lookEveryMs = 10_000
const stuckAfterMs = 60_000
/** Of the night, local. */
const nightFromHour = 2
const nightToHour = 5
const ageMinMs = 20 * 3_600_000
const hourMs = 3_600_000

/** Nobody is in the branch, as far as the hub ever said: an hour alone says nothing about it. */
const isNight = ({ mode, clock, time }: WatchdogParts) => {
  const hour = clock().at(time.now()).msOfDay / hourMs
  return mode() === 'closed' && hour >= nightFromHour && hour < nightToHour
}

export const startWatchdog = (parts: WatchdogParts): (() => void) => {
  const startedAt = parts.time.elapsedMs()
  return repeat(parts.time, lookEveryMs, () => {
    if (parts.isInterrupted()) return
    const isOld = parts.time.elapsedMs() - startedAt >= ageMinMs
    if (parts.idleForMs() > stuckAfterMs || (isOld && isNight(parts))) parts.reload()
  })
}
