/** Where in a round the hub dies, and whether a device dies too. */
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { Dice } from '../sim/chance.ts'

export interface Plan {
  /** A moment inside the hub, as kill-points.ts names it; undefined: from outside, at a random moment. */
  readonly point: string | undefined
  /** From when the devices are connected. */
  readonly upMs: number
  /**
   * After what it dies from outside: a device noted an acknowledgement, one of the staff has just said something, or
   * was just told that it is noted.
   */
  readonly after: 'acknowledged' | 'asking' | 'answered'
  /** From then on. */
  readonly spinUs: number
  /** The first device that notes this is killed at once: when it begins, has acted, or has reported. */
  readonly deviceDiesAfter: JournalEntry['kind'] | undefined
}

const points = [
  undefined,
  undefined,
  'applied',
  'committing',
  'committed',
  'committed',
  'sent',
  'sent',
] as const

export const planRound = (dice: Dice, round: number): Plan => {
  const of = (what: string) => `round/${round}/${what}`
  const point = dice.pick(of('point'), points)
  return {
    point: point === undefined ? undefined : `${point}:${dice.between(of('times'), 1, 12)}`,
    upMs: dice.between(of('up'), 0, 250),
    after: dice.pick(of('moment'), ['acknowledged', 'asking', 'answered']),
    spinUs: dice.between(of('spin'), 0, 3_000),
    deviceDiesAfter: dice.happens(of('device'), 0.25)
      ? dice.pick(of('after'), ['begun', 'said', 'finished', 'reported'] as const)
      : undefined,
  }
}
