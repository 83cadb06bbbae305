/** The chosen one first, then by score; those that could not be chosen apart. */
import type { ToldCandidate } from '#protocol/desk/look/explain.ts'

export interface Sorted {
  readonly fits: readonly ToldCandidate[]
  readonly outs: readonly ToldCandidate[]
}

export const sortCandidates = (of: readonly ToldCandidate[], chosen: string | null): Sorted => {
  const isFirst = ({ member }: ToldCandidate) => (member.id === chosen ? 0 : 1)
  return {
    fits: of
      .filter(({ score }) => score !== null)
      .sort((a, b) => isFirst(a) - isFirst(b) || (b.score ?? 0) - (a.score ?? 0)),
    outs: of.filter(({ score }) => score === null),
  }
}
