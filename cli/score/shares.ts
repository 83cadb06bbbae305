/** A share of a count with the interval that the count allows, and the honest answer where it allows none. */

export interface Share {
  readonly count: number
  readonly of: number
  readonly value: number
  /** Wilson's score interval, 95 %. */
  readonly low: number
  readonly high: number
}

const normalQuantile = 1.959963984540054
/** Below this the interval is wider than any difference anybody would act on. */
export const judgedMin = 20

/** @returns undefined where there was nothing to count. */
export const shareOf = (count: number, of: number): Share | undefined => {
  if (of === 0) return undefined
  const value = count / of
  const z2 = normalQuantile ** 2
  const centre = (value + z2 / (2 * of)) / (1 + z2 / of)
  const reach = (normalQuantile / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of * of))
  return { count, of, value, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}

/** Enough for its interval to say something. */
export const isEnough = (share: Share | null | undefined): share is Share =>
  share !== null && share !== undefined && share.of >= judgedMin

/** Neither could be the other by chance: their intervals do not touch. */
export const areApart = (one: Share, other: Share): boolean => one.high < other.low || other.high < one.low
