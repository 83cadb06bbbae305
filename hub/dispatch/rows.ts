/** What the dispatcher remembers: tasks with their attempts, claims, and messages waiting to be taken. */
import type { TaskIntent } from '#protocol/intents.ts'

export const taskPhases = [
  'queued',
  'offered',
  'accepted',
  'started',
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'unknown',
] as const
export type TaskPhase = (typeof taskPhases)[number]

export type AttemptEnd =
  | 'done'
  | 'failed'
  | 'refused'
  | 'not-started'
  | 'cancelled'
  | 'no-answer'
  | 'lost'
  | 'late'
  | 'unknown'

export interface Attempt {
  readonly number: number
  /** Epoch it was made in; a report names both, so that work from before a restore is never mistaken. */
  readonly epoch: number
  /** A device id, or `person/<id>`. */
  readonly member: string
  readonly offeredAt: number
  readonly acceptedAt: number | null
  /** When the hub committed its start. */
  readonly startSentAt: number | null
  /** When the device said it began. */
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly end: AttemptEnd | null
  readonly code: string | null
}

/** One who was considered: chosen or not, with the parts of the score or the reason it was passed over. */
export interface Candidate {
  readonly member: string
  readonly score: number | null
  readonly parts: Readonly<Record<string, number>> | null
  /** Reason code when passed over. */
  readonly out: string | null
}

export interface TaskRow {
  readonly id: string
  readonly flow: string
  /** Instance that wants it; its answers go there. */
  readonly instance: string
  readonly intent: TaskIntent
  readonly phase: TaskPhase
  readonly createdAt: number
  /** Entry that caused it. */
  readonly causeSeq: number
  readonly expiresAt: number
  readonly attempts: readonly Attempt[]
  /** Members that may not be asked again. */
  readonly spent: readonly string[]
  /** Keys of the leases it holds, to be released with it. */
  readonly leases: readonly string[]
  /** Set while a person has yet to confirm it. */
  readonly suggested: boolean
  /** Why it is queued and not offered. */
  readonly waitingFor: string | null
  readonly cancelReason: string | null
  readonly endedAt: number | null
  readonly endReason: string | null
  readonly result: Readonly<Record<string, unknown>> | null
  readonly flowVersion: number
  readonly policyRevision: number
  readonly policySetBy: string
}

export interface ClaimRow {
  readonly key: string
  readonly kind: 'once' | 'lease'
  /** Empty when a flow took it without a task, or when the visits of two tasks turned out to be one. */
  readonly task: string
  readonly flow: string
  readonly instance: string
  /** Of the task that took it: a higher one may take over attention and sound. */
  readonly priority: number
  readonly since: number
  /** Lease end; null: with its task. Always null for `once`. */
  readonly until: number | null
  readonly keep: boolean
}

/** How much a member was asked lately: for fairness, load and a person's interruption budget. */
export interface MemberRow {
  /** A device id, or `person/<id>`. */
  readonly id: string
  readonly lastAt: number
  /** Times of the offers of the last ten minutes, oldest first. */
  readonly offers: readonly number[]
}

export interface OutboxRow {
  readonly id: string
  readonly device: string
  readonly topic: string
  /** The exact bytes, sent again unchanged. */
  readonly payload: string
  readonly retain: boolean
  readonly task: string | null
  readonly attempt: number | null
  readonly kind: 'offer' | 'start' | 'cancel' | 'config'
  readonly at: number
  /** Not sent after this; null: until closed. */
  readonly expiresAt: number | null
  readonly resendMs: number
}
