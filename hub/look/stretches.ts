/** Reads the journal stretch by stretch: short ones, so that the hub is free between them. */
import type { Store, StoredDecision, StoredEntry } from '../store/port.ts'

/** Entries at once. */
export const stretchMax = 250

export interface Stretch {
  readonly entries: readonly StoredEntry[]
  /** On these entries, in order. */
  readonly decisions: readonly StoredDecision[]
}

export interface Shelf {
  readonly branch: string
  readonly store: Pick<Store, 'entries' | 'decisions'>
}

export const readStretch = async (
  { branch, store }: Shelf,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<Stretch> => {
  const entries = await store.entries(branch, { from: first, to: last, limit: stretchMax })
  const [start, end] = [entries[0], entries.at(-1)]
  if (start === undefined || end === undefined) return { entries, decisions: [] }
  const decisions = await store.decisions(branch, { from: start.at, to: end.at })
  return { entries, decisions: decisions.filter(({ seq }) => seq >= start.seq && seq <= end.seq) }
}
