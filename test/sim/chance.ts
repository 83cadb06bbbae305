/** Chance of a simulated world: every draw is named, so that a change in one place does not shift all others. */
import { unitHash } from '#protocol/hash.ts'

export interface Dice {
  share(subject: string): number
  between(subject: string, low: number, high: number): number
  pick<T>(subject: string, list: readonly T[]): T
  happens(subject: string, share: number): boolean
}

export const createDice = (seed: string): Dice => {
  const share = (subject: string) => unitHash(seed, subject, 'sim')
  return {
    share,
    between: (subject, low, high) => Math.round(low + share(subject) * (high - low)),
    pick: (subject, list) => list[Math.floor(share(subject) * list.length)] as never,
    happens: (subject, likely) => share(subject) < likely,
  }
}
