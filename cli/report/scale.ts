/** From values to places on paper: linear scales, and ticks at round numbers. */

export interface Scale {
  (value: number): number
  readonly from: number
  readonly to: number
}

export const scale = (values: readonly [number, number], places: readonly [number, number]): Scale => {
  const [low, high] = values
  const [start, end] = places
  const span = high === low ? 1 : high - low
  return Object.assign((value: number) => start + ((value - low) / span) * (end - start), {
    from: low,
    to: high,
  })
}

const steps = [1, 2, 5, 10]

/** Zero to at least `most`, in about `count` round steps; whole numbers only where the values are counts. */
export const ticksTo = (most: number, count: number, whole = false): readonly number[] => {
  const rough = Math.max(most, 1e-9) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(whole ? 1 : 0, (steps.find((one) => one * power >= rough) ?? 10) * power)
  const ticks = [0]
  for (let at = 1; (ticks.at(-1) as number) < most; at++) ticks.push(Number((at * step).toPrecision(12)))
  return ticks
}

/** Short coordinates: a tenth of a point is not seen. */
export const place = (value: number): string => String(Math.round(value * 10) / 10)
