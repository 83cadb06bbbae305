/** Random durations from even draws: what a mean and a spread become in each of the shapes a scenario may name. */
import type { Draw } from './draws.ts'
import type { Shape } from './scenario-schema.ts'

export const exponential = (mean: number, draw: number): number => -mean * Math.log(1 - draw)

/** Box and Muller: two even draws are one normal one. */
export const normal = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)

/** @param spread standard deviation over mean. */
export const logNormal = (mean: number, spread: number, standard: number): number => {
  const variance = Math.log(1 + spread * spread)
  return mean * Math.exp(Math.sqrt(variance) * standard - variance / 2)
}

interface Wanted {
  readonly shape: Shape
  readonly mean: number
  readonly spread: number
}

export const duration = (draw: Draw, [subject, purpose]: [string, string], wanted: Wanted): number => {
  const { shape, mean, spread } = wanted
  if (shape === 'constant') return mean
  const first = draw(subject, purpose)
  if (shape === 'exponential') return exponential(mean, first)
  return logNormal(mean, spread, normal(first, draw(subject, `${purpose} again`)))
}

/** A human while around a mean: half of it to one and a half. */
export const around = (mean: number, draw: number): number => mean * (0.5 + draw)
