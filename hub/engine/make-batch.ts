/** Turns waiting inputs and due timers into decided entries: everything of a batch up to its commit. */
import { UsherError } from '#protocol/errors.ts'
import type { Decide } from './decide.ts'
import type { DueTimers } from './due.ts'
import type { Entry, EntryBody, Input } from './entry.ts'
import type { HubTime } from './hub-time.ts'
import type { Rows } from './rows.ts'
import { isForgotten, isSeen, senderOf } from './seen.ts'
import type { BranchState } from './state.ts'
import type { DecisionRecord } from './turn.ts'

export interface Committed {
  /** Its place in the journal; null for a repeat, which made no entry. */
  readonly seq: number | null
  readonly at: number
}

export interface Waiting {
  readonly input: Input
  resolve(committed: Committed): void
  reject(error: unknown): void
}

export interface Making {
  readonly entries: Entry[]
  readonly decisions: { readonly seq: number; readonly at: number; readonly record: DecisionRecord }[]
  /** Who is answered once the batch is on disk, and with what. */
  readonly answers: { readonly waiting: Waiting; readonly committed: Committed }[]
}

export interface BatchParts {
  readonly branch: string
  readonly epoch: number
  readonly rows: Rows
  readonly state: BranchState
  readonly due: DueTimers
  readonly decide: Decide
  readonly time: HubTime
  /** Why an input is refused before it becomes an entry, for example two editors of one setting. */
  readonly refuse: (state: BranchState, input: Input, at: number) => UsherError | undefined
  /** An entry that could not be decided: a bug of ours; the entry is refused and the rest goes on. */
  readonly onBug: (error: unknown, input: Input) => void
}

export interface BatchMaker {
  /** @param seq of the last committed entry. @param lastAt its hub time. */
  make(taken: readonly Waiting[], head: { readonly seq: number; readonly at: number }): Making
}

/** Timers decided in one batch; the rest follows in the next. */
const dueMax = 2_048

class BranchBatchMaker implements BatchMaker {
  readonly #parts: BatchParts
  #making: Making = { entries: [], decisions: [], answers: [] }
  #head = { seq: 0, at: 0 }
  #now = 0

  constructor(parts: BatchParts) {
    this.#parts = parts
  }

  make(taken: readonly Waiting[], head: { readonly seq: number; readonly at: number }): Making {
    this.#making = { entries: [], decisions: [], answers: [] }
    this.#head = { ...head }
    this.#now = Math.max(head.at, this.#parts.time.now())
    const stepMs = this.#parts.time.step()
    if (stepMs !== 0) this.#decide({ body: { kind: 'clock', stepMs } }, this.#now)
    for (const waiting of taken) {
      // The start entry grants the reconnect grace before anything can be due.
      if (waiting.input.body.kind !== 'start') this.#decideDue()
      this.#decideWaiting(waiting)
    }
    this.#decideDue()
    return this.#making
  }

  #decide(input: Input, at: number): Entry | undefined {
    const { branch, epoch, rows, due, decide, onBug } = this.#parts
    this.#head.at = Math.max(this.#head.at, at)
    const seq = this.#head.seq + this.#making.entries.length + 1
    const entry: Entry = { ...input, branch, epoch, seq, at: this.#head.at }
    const savepoint = rows.savepoint()
    try {
      for (const record of decide(entry)) this.#making.decisions.push({ seq, at: entry.at, record })
      this.#making.entries.push(entry)
      return entry
    } catch (error) {
      rows.rollback(savepoint)
      due.rebuild()
      onBug(error, input)
      return undefined
    }
  }

  /** Before an entry at time t come all timers due by t. */
  #decideDue() {
    const { due, state } = this.#parts
    for (let count = 0; count < dueMax; count++) {
      const timer = due.next(this.#now)
      if (timer === undefined) return
      const body: EntryBody = {
        kind: 'timer',
        owner: timer.owner,
        name: timer.name,
        deadline: timer.deadline,
      }
      // A timer that cannot be decided would be due for ever.
      if (this.#decide({ body }, timer.deadline) === undefined) state.timers.drop(timer.id)
    }
  }

  #decideWaiting(waiting: Waiting) {
    const { state, refuse } = this.#parts
    const { input } = waiting
    const sender = senderOf(input)
    const seen = sender === undefined ? undefined : state.seen.get(sender)
    if (input.numbering !== undefined && isSeen(seen, input.numbering)) {
      this.#making.answers.push({ waiting, committed: { seq: null, at: this.#now } })
      return
    }
    if (input.numbering !== undefined && isForgotten(seen, input.numbering))
      return waiting.reject(new UsherError('command.forgotten'))
    const refusal = refuse(state, input, this.#now)
    if (refusal !== undefined) return waiting.reject(refusal)
    const entry = this.#decide(input, this.#now)
    if (entry === undefined) waiting.reject(new UsherError('hub.bug'))
    else this.#making.answers.push({ waiting, committed: { seq: entry.seq, at: entry.at } })
  }
}

export const createBatchMaker = (parts: BatchParts): BatchMaker => new BranchBatchMaker(parts)
