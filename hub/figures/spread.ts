/** How values of one kind spread: mean, the quantiles people argue about, and the worst. */

export interface Spread {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** The smallest value that at least this share of all values does not exceed (nearest rank: a value that occurred). */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN

/** @returns null for no values: there is nothing to say, which is not zero. */
export const spreadOf = (values: readonly number[]): Spread | null => {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1) as number,
  }
}

/** @returns null for no values. */
export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** @returns null where there is nothing to be a share of. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
