/**
 * Numbers for entries that are no one's but a simulated run's. They come from what the entry is, not from how many came
 * before it: an entry that two runs share has the same number in both, and so have the tasks it begins.
 */
import { unitHash } from '#protocol/hash.ts'

/** Above every number of a real journal. */
const base = 2 ** 40
const half = 2 ** 20

export type StableNumber = (name: string) => number

export const createStableNumbers = (): StableNumber => {
  const used = new Set<number>()
  return (name) => {
    const high = Math.floor(unitHash('number', name, 'high') * half)
    const low = Math.floor(unitHash('number', name, 'low') * half)
    let number = base + high * half + low
    while (used.has(number)) number++
    used.add(number)
    return number
  }
}
