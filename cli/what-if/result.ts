/** What a what-if tells: the same for people, programs and the report. */
import type { Pair } from '../io/language.ts'
import type { AnswerSource } from './choose-answers.ts'
import type { Difference } from './compare-decisions.ts'
import type { Changed } from './day-change.ts'
import type { Sanity } from './replay-truth.ts'
import type { WaitingChange } from './waiting.ts'

export interface FoundDifference extends Difference {
  /** Of the runs, those in which it was found. */
  readonly share: number
}

export interface Count {
  readonly flow: string
  readonly what: string
  /** Really done, begun or raised: on the recorded day, and on average over the runs. */
  readonly recorded: number
  readonly before: number
  readonly after: number
}

/** An instance that threw or could not be brought to a changed flow. */
export interface Parked {
  readonly flow: string
  readonly reason: string
  readonly runs: number
}

export interface WhatIf {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
  /** Its local midnight, hub time. */
  readonly fromMs: number
  readonly changed: readonly Changed[]
  readonly seeds: readonly string[]
  readonly entries: {
    /** Of the day itself. */
    readonly recorded: number
    /** Without a cause: replayed at their times. */
    readonly replayed: number
    /** Answers to tasks, and what the engine had made itself: not replayed. */
    readonly answers: number
    readonly own: number
    readonly erased: number
    readonly recordsErased: number
  }
  /** Whether this version, asked the same again, decides as was recorded. */
  readonly sanity: Sanity
  readonly counts: readonly Count[]
  /** In order of time; from the run without the change to the run with it, both with simulated answers. */
  readonly differences: readonly FoundDifference[]
  /** Answers given in the changed runs, by where they came from. */
  readonly answers: Readonly<Record<AnswerSource, number>>
  /** People's commands of that day that had nothing to apply to in the changed runs. */
  readonly skipped: number
  readonly parked: readonly Parked[]
  /** Entries that could not be decided in the changed runs: the flows break the engine's rules. */
  readonly undecided: readonly string[]
  /** null: the recorded day holds too few tickets to continue the model from. */
  readonly waiting: WaitingChange | null
  readonly whyNoWaiting: Pair<string> | null
}

/** For programs: its few words are English whatever language people read. */
export const whatIfJson = (result: WhatIf): string =>
  JSON.stringify({ ...result, whyNoWaiting: result.whyNoWaiting?.en ?? null }, null, 2)
