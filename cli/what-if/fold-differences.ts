/** Differences as they are told: the same over and over, such as what an idle screen shows every minute, is one. */
import { whenOf } from './compare-decisions.ts'
import type { FoundDifference } from './result.ts'

export interface ToldDifference {
  readonly first: FoundDifference
  readonly times: number
  readonly lastAt: number
}

const sameAgain = ({ kind, before, after, of }: FoundDifference): string =>
  JSON.stringify([kind, (before ?? after)?.key, of, before?.member ?? null, after?.member ?? null])

export const foldDifferences = (differences: readonly FoundDifference[]): readonly ToldDifference[] =>
  [...Map.groupBy(differences, sameAgain).values()].map((same) => ({
    first: same[0] as FoundDifference,
    times: same.length,
    lastAt: whenOf(same.at(-1) as FoundDifference),
  }))
