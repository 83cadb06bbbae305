/** What a handful of numbers has in common: mean, spread and quantiles. No number, no answer: undefined. */

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sum(values) / values.length

/** Of a sample: divided by n - 1. */
export const variance = (values: readonly number[]): number | undefined => {
  const middle = mean(values)
  if (middle === undefined || values.length < 2) return undefined
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1)
}

/** Between two values the line that joins them, as spreadsheets and R do it (Hyndman and Fan 1996, definition 7). */
export const quantile = (values: readonly number[], share: number): number | undefined => {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return undefined
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}
