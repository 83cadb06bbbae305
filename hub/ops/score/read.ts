/** Reads a stretch of the stored journal, page by page, and leaves the hub free between them. */
import type { EntryBody } from '../../engine/entry.ts'
import type { Store, StoredEntry } from '../../store/port.ts'
import type { ScoreEntry } from './scorecard.ts'

interface Reading {
  readonly branch: string
  readonly store: Pick<Store, 'entries' | 'decisions'>
  readonly signal: AbortSignal
}

export interface ReadEntry extends ScoreEntry {
  /** Its body, or its records, are gone. */
  readonly erased: boolean
}

/** So that the decision records of a page stay below what the store gives at once. */
const pageMax = 200

const bodyOf = ({ body }: StoredEntry): EntryBody | null =>
  body === null ? null : (JSON.parse(body) as { body: EntryBody }).body

/** Ends early when whoever asked has hung up. */
export async function* readEntries(
  { branch, store, signal }: Reading,
  range: { readonly from: number; readonly to: number },
): AsyncGenerator<ReadEntry> {
  for (let { from } = range; from <= range.to && !signal.aborted; ) {
    const page = await store.entries(branch, { from, to: range.to, limit: pageMax })
    const [first, last] = [page[0], page.at(-1)]
    if (first === undefined || last === undefined) return
    const decisions = await store.decisions(branch, { from: first.at, to: last.at })
    const bySeq = Map.groupBy(decisions, ({ seq }) => seq)
    for (const entry of page) {
      const records = bySeq.get(entry.seq)?.map(({ record }) => record)
      // Records that the chain knows of and the store no longer has were erased.
      const kept = records ?? (entry.reasons === null ? [] : null)
      const { at, kind, device, cause } = entry
      const erased = entry.body === null || kept === null
      yield { at, kind, device, cause, body: () => bodyOf(entry), records: kept, erased }
    }
    from = last.seq + 1
  }
}
