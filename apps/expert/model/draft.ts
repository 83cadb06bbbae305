/** Notes as they are typed, beside those that the hub has: nothing typed is lost, and nobody's words are written over. */
export interface Draft {
  /** null: nothing of one's own, the hub's are shown. */
  readonly typed: string | null
  /** What was sent last and is not shown by the hub yet. */
  readonly sent: string | null
}

export const noDraft: Draft = { typed: null, sent: null }

export const type = (draft: Draft, typed: string): Draft => ({ ...draft, typed })

/** @returns undefined: there is nothing that the hub does not have or is not being told. */
export const toSend = ({ typed, sent }: Draft, kept: string): string | undefined =>
  typed === null || typed === (sent ?? kept) ? undefined : typed

export const onSent = (draft: Draft, sent: string): Draft => ({ ...draft, sent })

/** The hub shows what was typed: from here on its words are followed again. */
export const onKept = (draft: Draft, kept: string): Draft => {
  const sent = draft.sent === kept ? null : draft.sent
  const typed = draft.typed === kept && sent === null ? null : draft.typed
  return sent === draft.sent && typed === draft.typed ? draft : { typed, sent }
}

export const shownOf = ({ typed }: Draft, kept: string): string => typed ?? kept

export const isSaved = ({ typed, sent }: Draft, kept: string): boolean =>
  sent === null && (typed === null || typed === kept)
