/**
 * The test that needs no assumption but the coin itself: were there no effect, each toss could as well have fallen the
 * other way. How often would chance alone have given a difference as large (Fisher 1935, The Design of Experiments)?
 */
import { sum } from './describe.ts'

/** Up to here all ways the coins could have fallen are gone through; beyond, a sample of them. */
const exactMax = 16
const draws = 10_000

/** Equal sums must count as equal in spite of rounding. */
const slack = 1e-9

/** Coins for so many tosses come with one number. */
const coinsEach = 32

/** MurmurHash3's finaliser: the same coins for the same draw, on every machine. */
const coinsOf = (number: number): number => {
  let bits = Math.imul(number + 1, 0x9e3779b1)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

const flip = (totals: readonly number[], coins: (chunk: number) => number): number => {
  let flipped = 0
  let bits = 0
  for (let index = 0; index < totals.length; index++) {
    if (index % coinsEach === 0) bits = coins(index / coinsEach)
    const total = totals[index] as number
    flipped += (bits >>> (index % coinsEach)) & 1 ? -total : total
  }
  return flipped
}

/** @param totals of each toss of the coin. @returns the two-sided chance; 1 without any. */
export const randomisationTest = (totals: readonly number[]): number => {
  const bound = Math.abs(sum(totals)) - slack * sum(totals.map(Math.abs))
  const isExact = totals.length <= exactMax
  const ways = isExact ? 2 ** totals.length : draws
  const chunks = Math.ceil(totals.length / coinsEach)
  let count = 0
  for (let way = 0; way < ways; way++) {
    const flipped = flip(totals, isExact ? () => way : (chunk) => coinsOf(way * chunks + chunk))
    if (Math.abs(flipped) >= bound) count += 1
  }
  // Of a sample, what was observed counts as one more draw, so that the level holds (Phipson and Smyth 2010).
  return isExact ? count / ways : (count + 1) / (ways + 1)
}

/** With fewer tosses than this not even the clearest result could be told from chance at that level. */
export const tossesNeeded = (level = 0.05): number => Math.ceil(1 - Math.log2(level))
