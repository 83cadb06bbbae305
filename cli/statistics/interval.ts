/** An estimate with the interval that covers the truth in the stated share of cases (0.95 unless told). */
import { mean, sum, variance } from './describe.ts'
import { tQuantile, tTwoSided } from './student.ts'

export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly standardError: number
  readonly degrees: number
  /** The chance of a value this far from zero, were there no difference. */
  readonly chance: number
}

export const usualLevel = 0.95

export interface Spread {
  readonly value: number
  readonly standardError: number
  readonly degrees: number
}

export const withInterval = ({ value, standardError, degrees }: Spread, level = usualLevel): Estimate => {
  const reach = standardError === 0 ? 0 : tQuantile(0.5 + level / 2, degrees) * standardError
  const chance = standardError === 0 ? (value === 0 ? 1 : 0) : tTwoSided(value / standardError, degrees)
  return { value, low: value - reach, high: value + reach, standardError, degrees, chance }
}

/** Student's interval of one mean; of differences of pairs: the paired test. undefined below two values. */
export const meanInterval = (values: readonly number[], level = usualLevel): Estimate | undefined => {
  const spread = variance(values)
  if (spread === undefined) return undefined
  const degrees = values.length - 1
  const value = sum(values) / values.length
  return withInterval({ value, standardError: Math.sqrt(spread / values.length), degrees }, level)
}

/** Welch's interval of the difference of two means, `first` minus `second`, whose spreads may differ. */
export const welchInterval = (
  first: readonly number[],
  second: readonly number[],
  level = usualLevel,
): Estimate | undefined => {
  const [a, b] = [variance(first), variance(second)]
  const [ma, mb] = [mean(first), mean(second)]
  if (a === undefined || b === undefined || ma === undefined || mb === undefined) return undefined
  const [va, vb] = [a / first.length, b / second.length]
  const degrees =
    va + vb === 0
      ? first.length + second.length - 2
      : (va + vb) ** 2 / (va ** 2 / (first.length - 1) + vb ** 2 / (second.length - 1))
  return withInterval({ value: ma - mb, standardError: Math.sqrt(va + vb), degrees }, level)
}
