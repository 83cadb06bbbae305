/** Makes the turn of one entry, and keeps what it collects until the engine takes it. */

import type { Fact, TaskAnswer } from '#protocol/flow-events.ts'
import { unitHash } from '#protocol/hash.ts'
import { createView } from '../branch/view.ts'
import type { DueTimers } from './due.ts'
import type { Entry } from './entry.ts'
import type { HubSettings } from './settings.ts'
import type { BranchState, TimerRow } from './state.ts'
import type { DecisionRecord, Turn } from './turn.ts'

/** A fact is for whoever listens; an answer or a due delay is for one instance. */
export type Told =
  | { readonly fact: Fact }
  | {
      readonly instance: string
      readonly event: TaskAnswer | Readonly<Record<string, unknown> & { type: string }>
    }

export interface OpenTurn {
  readonly turn: Turn
  readonly decisions: DecisionRecord[]
  /** Facts and answers told since the last take, in order. */
  takeTold(): readonly Told[]
  takeStirred(): boolean
}

export interface TurnParts {
  readonly state: BranchState
  readonly due: DueTimers
  readonly settings: HubSettings
}

export const timerId = (owner: string, name: string) => `${owner}#${name}`

export const openTurn = ({ state, due, settings }: TurnParts, entry: Entry): OpenTurn => {
  const decisions: DecisionRecord[] = []
  let told: Told[] = []
  let stirred = false
  let counter = 0
  const turn: Turn = {
    entry,
    at: entry.at,
    state,
    view: createView(state, entry.at),
    settings,
    id: (prefix) => `${prefix}-${entry.epoch}-${entry.seq}-${counter++}`,
    chance: (subject, purpose) => unitHash(settings.seed, subject, purpose),
    record: (decision) => void decisions.push(decision),
    tell: (fact) => void told.push({ fact }),
    answer: (instance, answer) => void told.push({ instance, event: answer }),
    setTimer: (owner, name, { deadline, graced, event }) => {
      const timer: TimerRow = {
        id: timerId(owner, name),
        owner,
        name,
        deadline,
        graced,
        event: event ?? null,
      }
      state.timers.put(timer.id, timer)
      due.add(timer)
    },
    clearTimer: (owner, name) => state.timers.drop(timerId(owner, name)),
    stir: () => {
      stirred = true
    },
  }
  return {
    turn,
    decisions,
    takeTold: () => {
      const taken = told
      told = []
      return taken
    },
    takeStirred: () => {
      const was = stirred
      stirred = false
      return was
    },
  }
}
