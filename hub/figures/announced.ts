/** How wrong the announced waits were, from the error of each. */
import { meanOf, shareOf } from './spread.ts'

export interface AnnouncedError {
  readonly count: number
  /** Positive: waited longer than announced. */
  readonly meanErrorMs: number
  readonly meanAbsErrorMs: number
  readonly exceededShare: number
}

/** @param errors positive: waited longer than announced. @returns null for none: there was nothing to judge by. */
export const announcedOf = (errors: readonly number[]): AnnouncedError | null => {
  const meanErrorMs = meanOf(errors)
  if (meanErrorMs === null) return null
  return {
    count: errors.length,
    meanErrorMs,
    meanAbsErrorMs: meanOf(errors.map(Math.abs)) ?? 0,
    exceededShare: shareOf(errors.filter((error) => error > 0).length, errors.length) ?? 0,
  }
}
