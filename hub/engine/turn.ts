/**
 * One entry being decided. The branch reducer, the flows and the dispatcher work on the same turn, in that order;
 * what they leave in the tables and the records becomes one commit.
 */
import type { Fact, TaskAnswer } from '#protocol/flow-events.ts'
import type { BranchView, MarkValue } from '#protocol/model.ts'
import type { Candidate } from '../dispatch/rows.ts'
import type { Entry } from './entry.ts'
import type { HubSettings } from './settings.ts'
import type { BranchState } from './state.ts'

/** Why something was or was not done: kept 180 days, found by task, visit, ticket, device, zone or time. */
export interface DecisionRecord {
  readonly kind:
    | 'task'
    | 'phase'
    | 'pass'
    | 'claim'
    | 'alert'
    | 'escalation'
    | 'call'
    | 'sale'
    | 'parked'
    | 'mark'
    | 'mode'
    | 'device'
    | 'visit'
    | 'policy'
    | 'effect'
    | 'campaign'
    | 'records'
    | 'desk'
  readonly flow?: string
  readonly task?: string
  readonly visit?: string
  readonly ticket?: string
  readonly device?: string
  readonly zone?: string
  readonly service?: string
  readonly code: string
  readonly params?: Readonly<Record<string, MarkValue>>
  readonly candidates?: readonly Candidate[]
  /** Anything else the reader of an explanation needs; plain JSON. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** What is measured: filed, in the place of a task, under what it is measured for. */
export const measuredKinds: ReadonlySet<DecisionRecord['kind']> = new Set(['effect', 'campaign'])

export interface TimerWish {
  readonly deadline: number
  readonly graced: boolean
  readonly event?: Readonly<Record<string, unknown>>
}

export interface Turn {
  readonly entry: Entry
  /** Hub time of the entry. */
  readonly at: number
  readonly state: BranchState
  readonly view: BranchView
  readonly settings: HubSettings
  /** A new id, the same in every replay: `prefix-epoch-seq-counter`. */
  id(prefix: string): string
  /** 0 (inclusive) to 1: hash(seed, subject, purpose). */
  chance(subject: string, purpose: string): number
  record(decision: DecisionRecord): void
  /** A fact for the flows. */
  tell(fact: Fact): void
  /** An answer for one instance. */
  answer(instance: string, answer: TaskAnswer): void
  setTimer(owner: string, name: string, timer: TimerWish): void
  clearTimer(owner: string, name: string): void
  /** Something may have made a waiting task possible: the dispatcher looks at queued tasks again. */
  stir(): void
}
