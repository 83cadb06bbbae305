/** The chosen one first, then by score; then who could not just now, and apart from them who never could. */
import type { ToldCandidate } from '#protocol/desk/look/explain.ts'

export interface Sorted {
  readonly fits: readonly ToldCandidate[]
  /** Who would have been asked, had it not been for the reason given. */
  readonly outs: readonly ToldCandidate[]
  /** A camera guides nobody: that it did not is no news. */
  readonly strangers: readonly ToldCandidate[]
}

const strange: ReadonlySet<string> = new Set(['kind', 'capability', 'not-named', 'role'])

/** Whether a candidate that is out for this reason could never have been asked. */
export const isStranger = (out: string | null): boolean => out !== null && strange.has(out)

export const sortCandidates = (of: readonly ToldCandidate[], chosen: string | null): Sorted => {
  const isFirst = ({ member }: ToldCandidate) => (member.id === chosen ? 0 : 1)
  const rest = of.filter(({ score }) => score === null)
  return {
    fits: of
      .filter(({ score }) => score !== null)
      .sort((a, b) => isFirst(a) - isFirst(b) || (b.score ?? 0) - (a.score ?? 0)),
    outs: rest.filter(({ out }) => !isStranger(out?.code ?? null)),
    strangers: rest.filter(({ out }) => isStranger(out?.code ?? null)),
  }
}

interface Scored {
  readonly id: string
  readonly score: number | null
}

/** A person who fits better than the device that was chosen is spared: people are asked where no device can. */
export const isSpared = (candidate: Scored, chosen: Scored | undefined): boolean =>
  chosen !== undefined &&
  candidate.id.startsWith('person/') &&
  !chosen.id.startsWith('person/') &&
  candidate.score !== null &&
  candidate.score > (chosen.score ?? 0)
