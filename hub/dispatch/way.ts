/** The way to a task: words that are said on arrival are late when the way was too long, however soon it was set out. */
import type { TaskIntent } from '#protocol/intents.ts'
import type { BranchView, DeviceRow } from '#protocol/model.ts'
import { commandWhereabouts, deviceWhereabouts, distance } from './geometry.ts'
import { movesOn } from './traits.ts'

export interface Way {
  readonly intent: TaskIntent
  readonly device: DeviceRow
}

/** @returns the time its way takes, 0 where it has none; undefined: it does not say how fast it is, or is not on the plan. */
export const wayTime = (view: BranchView, { intent, device }: Way): number | undefined => {
  if (!movesOn(intent.capability, device)) return 0
  const speed = device.manifest?.metresPerSecond
  const metres = distance(deviceWhereabouts(view, device), commandWhereabouts(view, intent))
  return speed === undefined || metres === undefined ? undefined : Math.ceil((metres / speed) * 1_000)
}

/** @returns the time its way takes where that counts; 0 where it does not, where it has none, and where nobody knows. */
export const wayMs = (view: BranchView, way: Way): number =>
  way.intent.wayCounts === true ? (wayTime(view, way) ?? 0) : 0

/** The offer, its answer and the start have a way of their own. */
export const talkMs = 1_000

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
