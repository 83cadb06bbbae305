/** Chosen by a seed: the same examination makes the same commands again. */
import { createHash } from 'node:crypto'

export interface Chance {
  /** In [0, 1). */
  next(): number
  pick<T>(from: readonly [T, ...T[]]): T
}

export const createChance = (seed: string): Chance => {
  let count = 0
  const next = () => {
    count += 1
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32BE(0) / 2 ** 32
  }
  return { next, pick: (from) => from[Math.floor(next() * from.length)] ?? from[0] }
}
