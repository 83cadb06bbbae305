/** Chance as a function of seed and subject: the same seed gives the same day, in whatever order things happen. */
import { hash } from 'node:crypto'
import type { Chance } from './ports.ts'

export const createChance =
  (seed: number | string): Chance =>
  (...about) =>
    hash('sha256', [seed, ...about].join('\u0000'), 'buffer').readUInt32BE(0) / 2 ** 32

/** @returns one of the list, or undefined when it is empty. */
export const pick = <T>(list: readonly T[], chance: number): T | undefined =>
  list[Math.min(list.length - 1, Math.floor(chance * list.length))]

export const between = (low: number, high: number, chance: number) => low + (high - low) * chance
