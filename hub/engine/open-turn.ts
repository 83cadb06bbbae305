/** Makes the turn of one entry, and keeps what it collects until the engine takes it. */
import type { Fact, TaskAnswer } from '#protocol/flow-events.ts'
import { unitHash } from '#protocol/hash.ts'
import type { BranchView } from '#protocol/model.ts'
import { createView } from '../branch/view.ts'
import type { DueTimers } from './due.ts'
import type { Entry } from './entry.ts'
import type { HubSettings } from './settings.ts'
import type { BranchState, TimerRow } from './state.ts'
import type { DecisionRecord, TimerWish, Turn } from './turn.ts'

/** A fact is for whoever listens; an answer or a due delay is for one instance. */
export type Told =
  | { readonly fact: Fact }
  | {
      readonly instance: string
      readonly event: TaskAnswer | Readonly<Record<string, unknown> & { type: string }>
    }

export interface TurnParts {
  readonly state: BranchState
  readonly due: DueTimers
  readonly settings: HubSettings
}

export const timerId = (owner: string, name: string) => `${owner}#${name}`

/** One is made for every entry: a class, because what it can do is then made once for all of them. */
class CollectingTurn implements Turn {
  readonly entry: Entry
  readonly at: number
  readonly state: BranchState
  readonly view: BranchView
  readonly settings: HubSettings
  readonly decisions: DecisionRecord[] = []
  readonly #due: DueTimers
  #told: Told[] = []
  #stirred = false
  #ids = 0

  constructor({ state, due, settings }: TurnParts, entry: Entry) {
    this.entry = entry
    this.at = entry.at
    this.state = state
    this.view = createView(state, entry.at)
    this.settings = settings
    this.#due = due
  }

  id(prefix: string) {
    return `${prefix}-${this.entry.epoch}-${this.entry.seq}-${this.#ids++}`
  }
  chance(subject: string, purpose: string) {
    return unitHash(this.settings.seed, subject, purpose)
  }
  record(decision: DecisionRecord) {
    this.decisions.push(decision)
  }
  tell(fact: Fact) {
    this.#told.push({ fact })
  }
  answer(instance: string, answer: TaskAnswer) {
    this.#told.push({ instance, event: answer })
  }
  setTimer(owner: string, name: string, { deadline, graced, event }: TimerWish) {
    const id = timerId(owner, name)
    const timer: TimerRow = { id, owner, name, deadline, graced, event: event ?? null }
    this.state.timers.put(id, timer)
    this.#due.add(timer)
  }
  clearTimer(owner: string, name: string) {
    this.state.timers.drop(timerId(owner, name))
  }
  stir() {
    this.#stirred = true
  }

  takeTold(): readonly Told[] {
    const taken = this.#told
    this.#told = []
    return taken
  }
  takeStirred() {
    const was = this.#stirred
    this.#stirred = false
    return was
  }
}

/** The turn, and what it has collected. */
export interface OpenTurn extends Turn {
  readonly decisions: readonly DecisionRecord[]
  /** Facts and answers told since the last take, in order. */
  takeTold(): readonly Told[]
  takeStirred(): boolean
}

export const openTurn = (parts: TurnParts, entry: Entry): OpenTurn => new CollectingTurn(parts, entry)
