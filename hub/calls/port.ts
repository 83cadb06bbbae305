/**
 * The part of an entry that the expert desk works on. Small, so that the desk is lived through by itself, thousands of
 * days at full speed, without an engine around it.
 */
import type { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { CallRow, CallState, ExpertRow } from '#protocol/calls/rows.ts'
import type { Weighed } from '#protocol/intents.ts'
import type { MarkValue } from '#protocol/model.ts'
import type { Table } from '../engine/rows.ts'

export interface CallTables {
  readonly experts: Table<ExpertRow>
  readonly calls: Table<CallRow>
}

/** Why something happened to a call: kept with the decisions of the branch. */
export interface CallNote {
  readonly code: string
  readonly params?: Readonly<Record<string, MarkValue>>
  /** Who could have been rung, and why the others were not. */
  readonly weighed?: Weighed
}

export interface CallDesk extends CallTables {
  /** Hub time. */
  readonly at: number
  /** The section of the branch file. */
  readonly plan: ExpertDesk
  id(prefix: string): string
  /** Stored, so that a restart forgets none. */
  setTimer(owner: string, name: string, deadline: number): void
  clearTimer(owner: string, name: string): void
  note(call: CallRow, note: CallNote): void
  /** Of an expert, beside any call. */
  noteExpert(expert: string, note: CallNote): void
  /** The call is in another state than before. */
  changed(call: CallRow, was: CallState | null): void
}

export const callPrefix = 'branch/call/'
export const expertPrefix = 'branch/expert/'
export const callOwner = (call: string) => `${callPrefix}${call}`
export const expertOwner = (expert: string) => `${expertPrefix}${expert}`

export const callTimerNames = [
  'ring',
  'relax',
  'patience',
  'join',
  'lost',
  'gone',
  'wrap-up',
  'guest-ring',
  'guest-join',
  'guest-lost',
  'forget',
] as const
export type CallTimer = (typeof callTimerNames)[number]
export type ExpertTimer = 'snooze' | 'gone' | 'sign-off'
