/** Where a branch's journal and state are kept. The same tests run on every implementation. */
import type { Entry } from '../engine/entry.ts'
import type { TableChanges } from '../engine/rows.ts'
import type { DecisionRecord } from '../engine/turn.ts'

export interface Head {
  readonly branch: string
  readonly epoch: number
  /** Last committed entry; 0: none yet. */
  readonly seq: number
  /** Hub time of the last entry. */
  readonly at: number
  /** Hash of the last entry's chain link, hex. */
  readonly hash: string
}

/** One transaction. The head must still be (epoch, fromSeq): otherwise another writer exists. */
export interface Batch {
  readonly branch: string
  readonly epoch: number
  readonly fromSeq: number
  /** seq = fromSeq + 1 … */
  readonly entries: readonly Entry[]
  readonly decisions: readonly {
    readonly seq: number
    readonly at: number
    readonly record: DecisionRecord
  }[]
  /** State rows put or dropped. `tasks` that have ended are kept by the store although memory drops them. */
  readonly changes: readonly TableChanges[]
}

/** Full disk: nothing was written, the hub refuses and keeps reading. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}
/** A write or sync error: what is on disk is unknown; the process must say so and exit. */
export class StoreBroken extends Error {
  override readonly name = 'StoreBroken'
}
/** The head moved under us, or a once-claim exists already: the process must stop. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict'
}

export interface StoredEntry {
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly device: string | null
  readonly cause: string | null
  /** Canonical JSON of `{body, numbering}`; null once erased. */
  readonly body: string | null
  readonly digest: string
  /** Digest of the entry's decision records, null when it has none: they are evidence too. */
  readonly reasons: string | null
  readonly hash: string
}

export interface StoredDecision {
  readonly seq: number
  readonly at: number
  readonly ord: number
  readonly record: DecisionRecord
}

export interface DecisionQuery {
  readonly task?: string
  readonly visit?: string
  readonly ticket?: string
  readonly device?: string
  readonly zone?: string
  readonly from?: number
  readonly to?: number
  readonly limit?: number
}

export interface Verdict {
  readonly ok: boolean
  readonly entries: number
  readonly erased: number
  /** First seq at which the chain is broken, and how. */
  readonly broken: { readonly seq: number; readonly how: string } | null
}

export interface Store {
  open(branch: string): Promise<Head>
  /** Rows of every state table of the branch. */
  load(branch: string): Promise<ReadonlyMap<string, readonly (readonly [string, unknown])[]>>
  commit(batch: Batch): Promise<void>
  /** Raises the epoch durably (restore, take-over) before the first entry of it. */
  raiseEpoch(branch: string): Promise<Head>
  entries(
    branch: string,
    range: { from: number; to?: number; limit?: number },
  ): Promise<readonly StoredEntry[]>
  decisions(branch: string, query: DecisionQuery): Promise<readonly StoredDecision[]>
  /** Open and ended tasks, newest first. */
  tasks(
    branch: string,
    query: { phase?: readonly string[]; flow?: string; id?: string; limit?: number },
  ): Promise<readonly unknown[]>
  verify(branch: string, range?: { from?: number; to?: number }): Promise<Verdict>
  close(): Promise<void>
}
