/**
 * Shares of few: how far a share that was counted may lie from the true one, and two such shares from each other. Wilson's
 * score interval (1927) keeps its level for small counts and shares near nought, where the usual one does not; Newcombe's
 * hybrid score interval (1998, Statistics in Medicine 17:873-890, method 10) builds that of a difference from two of them.
 */

export interface Count {
  readonly of: number
  readonly hits: number
}

export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Of the normal distribution, for 95 %. */
const z = 1.959963984540054

/** @returns undefined where nobody was counted. */
export const wilson = ({ of, hits }: Count): Share | undefined => {
  if (of === 0) return undefined
  const value = hits / of
  const middle = value + z ** 2 / (2 * of)
  const reach = z * Math.sqrt((value * (1 - value)) / of + z ** 2 / (4 * of ** 2))
  const whole = 1 + z ** 2 / of
  // At the ends it is exact, and must not stray by a rounding.
  return {
    value,
    low: hits === 0 ? 0 : Math.max(0, (middle - reach) / whole),
    high: hits === of ? 1 : Math.min(1, (middle + reach) / whole),
  }
}

/** `first` minus `second`. @returns undefined where one of them is empty. */
export const newcombe = (first: Count, second: Count): Share | undefined => {
  const [a, b] = [wilson(first), wilson(second)]
  if (a === undefined || b === undefined) return undefined
  const value = a.value - b.value
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}
