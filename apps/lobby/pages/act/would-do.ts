/** Those who could be chosen by hand, as the hub judged them for what is about to be sent. */
import type { DryRun } from '#protocol/desk/dry-run-route.ts'
import type { Said } from '../../said/said.ts'
import { isSpared, isStranger } from '../../why/sort-candidates.ts'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly score: number | null
  /** Why the hub would not; null: it would. */
  readonly out: string | null
  /** Would fit better, and is asked only where no device can. */
  readonly isSpared: boolean
}

/** The one who would be asked, then by fit; those that the hub would not ask just now last, with why. */
export const choicesOf = (
  would: DryRun | undefined,
  said: Pick<Said, 'names' | 'reason'>,
): readonly Choice[] => {
  const { candidates = [], member: chosen } = would ?? {}
  const first = candidates.find(({ member }) => member === chosen)
  const asScored = first && { id: first.member, score: first.score }
  return candidates
    .filter(({ out }) => !isStranger(out))
    .map(({ member, score, out }) => ({
      id: member,
      title: said.names.member(member),
      score,
      out: out === null ? null : said.reason(out),
      isSpared: isSpared({ id: member, score }, asScored),
    }))
    .sort(
      (a, b) =>
        Number(b.id === chosen) - Number(a.id === chosen) ||
        Number(a.out !== null) - Number(b.out !== null) ||
        (b.score ?? -1) - (a.score ?? -1),
    )
}

/** What somebody else is judged by is asked for whoever is best: one who was chosen by hand is judged alone. */
export const withoutMember = <Of extends { readonly member?: string | undefined }>(
  of: Of,
): Omit<Of, 'member'> => {
  const { member: _, ...left } = of
  return left
}
