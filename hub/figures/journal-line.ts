/** An entry of the journal with what was decided on it, as figures are made from. */
import type { EntryBody } from '../engine/entry.ts'
import type { DecisionRecord } from '../engine/turn.ts'

export interface JournalLine {
  readonly seq: number
  /** Hub time. */
  readonly at: number
  /** null once erased. */
  readonly body: EntryBody | null
  /** null where some of them were erased. */
  readonly records: readonly DecisionRecord[] | null
}
