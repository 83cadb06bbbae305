/**
 * The test that needs no assumption but the coin itself: were there no effect, each toss could as well have fallen the
 * other way. How often would chance alone have given a difference as large (Fisher 1935, The Design of Experiments)?
 */
import { unitHash } from '#protocol/hash.ts'
import { sum } from './describe.ts'

/** Up to here all ways the coins could have fallen are gone through; beyond, a sample of them. */
const exactMax = 16
const draws = 10_000

/** Equal sums must count as equal in spite of rounding. */
const slack = 1e-9

const countExact = (totals: readonly number[], bound: number): number => {
  let count = 0
  for (let coins = 0; coins < 2 ** totals.length; coins++) {
    let flipped = 0
    for (let index = 0; index < totals.length; index++)
      flipped += (coins >> index) & 1 ? -(totals[index] as number) : (totals[index] as number)
    if (Math.abs(flipped) >= bound) count += 1
  }
  return count
}

const countDrawn = (totals: readonly number[], bound: number, seed: string): number => {
  let count = 0
  for (let draw = 0; draw < draws; draw++) {
    const flipped = totals.reduce(
      (total, one, index) => total + (unitHash(seed, `${draw}`, `${index}`) < 0.5 ? -one : one),
      0,
    )
    if (Math.abs(flipped) >= bound) count += 1
  }
  return count
}

/** @param totals of each toss of the coin. @returns the two-sided chance; 1 without any. */
export const randomisationTest = (totals: readonly number[], seed = 'randomisation'): number => {
  const size = sum(totals.map(Math.abs))
  const bound = Math.abs(sum(totals)) - slack * size
  if (totals.length <= exactMax) return countExact(totals, bound) / 2 ** totals.length
  // The order that was observed counts as one of the draws, so that the level holds (Phipson and Smyth 2010).
  return (countDrawn(totals, bound, seed) + 1) / (draws + 1)
}

/** With fewer tosses than this not even the clearest result could be told from chance at that level. */
export const tossesNeeded = (level = 0.05): number => Math.ceil(1 - Math.log2(level))
