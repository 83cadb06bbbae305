/** What a store on disk offers besides the hot path: checkpoints for replay, retention, erasure, holds and backups. */
import type { Store, Verdict } from './port.ts'

export interface CheckpointHead {
  /** The state after this entry. */
  readonly seq: number
  readonly at: number
  /** Over every row in order; also journalled, so that the chain covers the checkpoint. */
  readonly digest: string
  readonly rows: number
}

export interface Checkpoint extends CheckpointHead {
  readonly tables: ReadonlyMap<string, readonly (readonly [string, unknown])[]>
}

export interface Checkpoints {
  /** Copies every state row as it is at the head; replay can start there. */
  checkpoint(branch: string): Promise<CheckpointHead>
  /** Oldest first. */
  checkpoints(branch: string): Promise<readonly CheckpointHead[]>
  /** Throws `store.corrupt` when the rows do not fit the digest. */
  loadCheckpoint(branch: string, seq: number): Promise<Checkpoint | null>
}

export interface RetentionSettings {
  readonly bodiesMs: number
  /** Decision records, ended tasks, and the links of the chain. */
  readonly decisionsMs: number
  readonly aggregatesMs: number
}

const dayMs = 86_400_000
/** Bodies long enough to look into last week; decisions as long as a complaint can come; counts over a year's end. */
export const defaultRetention: RetentionSettings = {
  bodiesMs: 8 * dayMs,
  decisionsMs: 180 * dayMs,
  aggregatesMs: 395 * dayMs,
}

export interface Retained {
  readonly bodies: number
  readonly decisions: number
  readonly tasks: number
  readonly links: number
  readonly aggregates: number
  readonly checkpoints: number
}

/** Keeps what it names from retention until released. At least one of task, visit and the range is given. */
export interface LegalHold {
  readonly id: string
  readonly task?: string
  readonly visit?: string
  readonly from?: number
  readonly to?: number
  readonly by: string
  readonly reason: string
  readonly at: number
}

export interface Aggregate {
  /** UTC day of the hub time, `2026-03-31`. */
  readonly day: string
  readonly kind: string
  readonly name: string
  readonly count: number
}

export interface Upkeep extends Checkpoints {
  /** Erases and deletes what is past its time, in small steps between which commits go on. */
  retain(branch: string, now: number, settings?: RetentionSettings): Promise<Retained>
  /** A person asked: bodies and decisions that name the visit go now, unless held. Returns how many. */
  eraseVisit(branch: string, visit: string): Promise<{ bodies: number; decisions: number; tasks: number }>
  hold(branch: string, hold: LegalHold): Promise<void>
  releaseHold(branch: string, id: string): Promise<boolean>
  holds(branch: string): Promise<readonly LegalHold[]>
  aggregates(branch: string, range: { from: string; to: string }): Promise<readonly Aggregate[]>
  /** A copy of everything committed so far, taken while the hub works. Never overwrites. */
  backup(file: string): Promise<void>
  /** Reads every page and every index, then every chain; minutes on a large store. */
  checkWhole(): Promise<{ ok: boolean; faults: readonly string[]; chains: Readonly<Record<string, Verdict>> }>
}

export type DurableStore = Store & Upkeep
