/** Those who could be chosen by hand, as the hub judged them for what is about to be sent. */
import type { DryRun } from '#protocol/desk/dry-run-route.ts'
import type { Said } from '../../said/said.ts'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly score: number | null
  /** Why the hub would not; null: it would. */
  readonly out: string | null
}

/** Best first; those that the hub would not ask last, with why. */
export const choicesOf = (
  would: DryRun | undefined,
  said: Pick<Said, 'names' | 'reason'>,
): readonly Choice[] =>
  (would?.candidates ?? [])
    .map(({ member, score, out }) => ({
      id: member,
      title: said.names.member(member),
      score,
      out: out === null ? null : said.reason(out),
    }))
    .sort((a, b) => Number(a.out !== null) - Number(b.out !== null) || (b.score ?? -1) - (a.score ?? -1))

/** What somebody else is judged by is asked for whoever is best: one who was chosen by hand is judged alone. */
export const withoutMember = <Of extends { readonly member?: string | undefined }>(
  of: Of,
): Omit<Of, 'member'> => {
  const { member: _, ...left } = of
  return left
}
