/** The way to a task: words that are said on arrival are late when the way was too long, however soon it was set out. */
import type { TaskIntent } from '#protocol/intents.ts'
import type { BranchView, DeviceRow } from '#protocol/model.ts'
import { commandWhereabouts, deviceWhereabouts, distance } from './geometry.ts'
import { movesOn } from './traits.ts'

export interface Way {
  readonly intent: TaskIntent
  readonly device: DeviceRow
}

/**
 * @returns the time its way takes where that counts; 0 where it does not, where it has none, and where nobody knows:
 * the device does not say how fast it is, or one of the two is not on the plan.
 */
export const wayMs = (view: BranchView, { intent, device }: Way): number => {
  const speed = device.manifest?.metresPerSecond
  if (intent.wayCounts !== true || speed === undefined || !movesOn(intent.capability, device)) return 0
  const metres = distance(deviceWhereabouts(view, device), commandWhereabouts(view, intent)) ?? 0
  return Math.ceil((metres / speed) * 1_000)
}

/** The offer, its answer and the start have a way of their own. */
const talkMs = 1_000

/** Reason of those who would be there too late. It cannot pass: they come no nearer, and time runs out. */
export const tooFar = 'too-far'

export interface Deadline {
  readonly at: number
  readonly expiresAt: number
}

export const isTooFar = (view: BranchView, way: Way, { at, expiresAt }: Deadline): boolean => {
  const ms = wayMs(view, way)
  return ms > 0 && at + talkMs + ms >= expiresAt
}
