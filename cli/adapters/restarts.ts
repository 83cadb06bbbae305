/** Whether an adapter that ended by itself is started again, and when. */

/** So many within that time, and nothing is won by another try: somebody has to look. */
export const crashesMax = 5
export const crashWindowMs = 120_000
const firstWaitMs = 500
const longestWaitMs = 60_000
/** Adapters that fell together (their system restarted) do not come back together. */
const jitterShare = 0.5

/**
 * @param crashesAt monotonic times of crashes since it last ran well, the newest last.
 * @param chance 0 to 1.
 * @returns how long to wait; undefined: not at all any more.
 */
export const waitBeforeNextMs = (crashesAt: readonly number[], chance: number): number | undefined => {
  const newest = crashesAt.at(-1) ?? 0
  const recent = crashesAt.filter((at) => newest - at < crashWindowMs)
  if (recent.length >= crashesMax) return undefined
  const doubled = firstWaitMs * 2 ** Math.min(crashesAt.length - 1, 16)
  return Math.min(longestWaitMs, doubled) * (1 + jitterShare * chance)
}
