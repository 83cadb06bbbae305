/** How wrong the announced waits were, from the error of each. */
import type { DayFigures } from './day-figures.ts'
import { meanOf, shareOf } from './spread.ts'

/** @param errors positive: waited longer than announced. @returns null for none: there was nothing to judge by. */
export const announcedOf = (errors: readonly number[]): DayFigures['announced'] => {
  const meanErrorMs = meanOf(errors)
  if (meanErrorMs === null) return null
  return {
    count: errors.length,
    meanErrorMs,
    meanAbsErrorMs: meanOf(errors.map(Math.abs)) ?? 0,
    exceededShare: shareOf(errors.filter((error) => error > 0).length, errors.length) ?? 0,
  }
}
