/** A small line of the last hour: steps, because a count stays what it is until it changes. */
import type { Sample } from '../../../live/trends.ts'

export interface SparkSize {
  readonly width: number
  readonly height: number
  readonly now: number
  readonly windowMs: number
  /** What the line is read against; the scale always reaches it. */
  readonly limit: number | null
}

export interface Spark {
  /** Empty: nothing is known yet. */
  readonly path: string
  readonly limitY: number | null
  readonly lastY: number
}

const steps = [4, 6, 10, 15, 20, 30, 40, 60, 100, 200, 500]

/** In few steps: a scale that follows each value would make the line jump. */
export const scaleTop = (most: number): number => steps.find((step) => step >= most) ?? most

const round = (x: number) => Math.round(x * 10) / 10

export const sparkOf = (samples: readonly Sample[], size: SparkSize): Spark => {
  const { width, height, now, windowMs, limit } = size
  const most = Math.max(...samples.map(({ value }) => value), limit ?? 0)
  const top = scaleTop(most)
  const x = (at: number) => round(Math.min(width, Math.max(0, (1 - (now - at) / windowMs) * width)))
  const y = (value: number) => round(height - (value / top) * height)
  const limitY = limit === null ? null : y(limit)
  const [first, ...rest] = samples
  if (first === undefined) return { path: '', limitY, lastY: height }
  const line = rest.map(({ at, value }) => `H${x(at)}V${y(value)}`).join('')
  const last = samples.at(-1) ?? first
  return { path: `M${x(first.at)} ${y(first.value)}${line}H${width}`, limitY, lastY: y(last.value) }
}
