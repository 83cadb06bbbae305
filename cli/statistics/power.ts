/** What so much data could have shown at all, and how much more it would take. */
import { tQuantile } from './student.ts'

export interface Power {
  /** Chance of calling an effect where there is none. */
  readonly level: number
  /** Chance of finding an effect of that size. */
  readonly power: number
}

export const usualPower: Power = { level: 0.05, power: 0.8 }

/** The smallest difference that data of this standard error would show in the stated share of cases. */
export const detectable = (standardError: number, degrees: number, { level, power }: Power = usualPower) =>
  (tQuantile(1 - level / 2, degrees) + tQuantile(power, degrees)) * standardError

/** Beyond this it is no use to go on. */
const mostClusters = 100_000

/** How many clusters would show a difference of that size, from the scatter of those there are. */
export const clustersNeeded = (
  size: number,
  seen: { readonly standardError: number; readonly count: number },
  power: Power = usualPower,
): number => {
  const spread = seen.standardError * Math.sqrt(seen.count)
  const shows = (count: number) => detectable(spread / Math.sqrt(count), count - 1, power) <= size
  let low = 1
  let high = 2
  while (high < mostClusters && !shows(high)) [low, high] = [high, high * 2]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (shows(middle)) high = middle
    else low = middle
  }
  return high
}
