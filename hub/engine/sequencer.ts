/**
 * The one writer of a branch: takes inputs in arrival order, makes them entries, decides them and commits the batch.
 * A batch is whatever arrived while the last one was being committed; there is no fixed wait. New state replaces old
 * for everyone else only after the commit.
 */
import { UsherError } from '#protocol/errors.ts'
import { type Store, StoreFull } from '../store/port.ts'
import type { Entry, Input } from './entry.ts'
import type { Clock } from './hub-time.ts'
import { type BatchParts, type Committed, createBatchMaker, type Making, type Waiting } from './make-batch.ts'
import type { TableChanges } from './rows.ts'
import type { BranchState } from './state.ts'

export interface CommittedBatch extends Pick<Making, 'entries' | 'decisions'> {
  readonly changes: readonly TableChanges[]
}

export interface SequencerParts extends BatchParts {
  /** The last committed entry. */
  readonly head: { readonly seq: number; readonly at: number }
  readonly store: Store
  readonly clock: Clock
  readonly onCommitted: (batch: CommittedBatch) => void
  /** The store is full: inputs are refused until a commit succeeds again. */
  readonly onFull: (full: boolean) => void
  /** What is on disk is unknown, or another writer exists: the process must say so and end. */
  readonly onFatal: (error: unknown) => void
}

export interface Sequencer {
  /**
   * @returns when committed.
   * @throws UsherError a refusal's code, `hub.bug`, `hub.busy`, `hub.stopping`, `store.full` or `store.broken`.
   */
  submit(input: Input): Promise<Committed>
  /** Runs between two commits, when the tables hold committed state only. */
  read<T>(query: (state: BranchState, at: number) => T): Promise<T>
  /** Stops taking inputs; resolves when what was taken is committed. */
  stop(): Promise<void>
  /** Decides nothing more, not even what is due: the hub could not be opened. */
  abandon(): void
  position(): { readonly seq: number; readonly at: number; readonly queued: number }
}

/** Bounds what one fsync carries, so that one burst does not hold the first message of it for long. */
const batchMax = 512
/** Beyond this many waiting inputs the hub says that it is busy instead of growing. */
const queueMax = 20_000
/** While the disk is full, how often due timers try it again. */
const fullRetryMs = 250

class BranchSequencer implements Sequencer {
  readonly #parts: SequencerParts
  readonly #batches: ReturnType<typeof createBatchMaker>
  #head: { seq: number; at: number }
  #queue: Waiting[] = []
  #reads: (() => void)[] = []
  #stopped: (() => void)[] = []
  #phase: 'running' | 'stopping' | 'dead' = 'running'
  #committing = false
  #scheduled = false
  #full = false
  #callOff: (() => void) | undefined

  constructor(parts: SequencerParts) {
    this.#parts = parts
    this.#batches = createBatchMaker(parts)
    this.#head = parts.head
  }

  submit(input: Input): Promise<Committed> {
    return new Promise((resolve, reject) => {
      if (this.#phase !== 'running') return reject(new UsherError('hub.stopping'))
      if (this.#queue.length >= queueMax) return reject(new UsherError('hub.busy'))
      this.#queue.push({ input, resolve, reject })
      this.#wake()
    })
  }

  read<T>(query: (state: BranchState, at: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(query(this.#parts.state, this.#parts.time.now()))
        } catch (error) {
          reject(error)
        }
      }
      if (this.#committing) this.#reads.push(run)
      else run()
    })
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#phase === 'dead') return resolve()
      this.#phase = 'stopping'
      this.#stopped.push(resolve)
      this.#wake()
    })
  }

  abandon() {
    this.#phase = 'dead'
    this.#callOff?.()
    for (const waiting of this.#queue.splice(0)) waiting.reject(new UsherError('hub.stopping'))
  }

  position() {
    return { seq: this.#head.seq, at: this.#parts.time.now(), queued: this.#queue.length }
  }

  /** One turn of the event loop gathers what has already arrived on the sockets. */
  readonly #wake = () => {
    if (this.#scheduled || this.#committing || this.#phase === 'dead') return
    this.#scheduled = true
    this.#parts.clock.soon(() => {
      this.#scheduled = false
      void this.#pump()
    })
  }

  async #pump(): Promise<void> {
    if (this.#committing || this.#phase === 'dead') return
    this.#callOff?.()
    this.#callOff = undefined
    for (const read of this.#reads.splice(0)) read()
    // What is due now is due after the next start as well.
    if (this.#phase === 'stopping' && this.#queue.length === 0) return this.#next()
    const making = this.#batches.make(this.#queue.splice(0, batchMax), this.#head)
    if (making.entries.length > 0) await this.#commit(making)
    else this.#answer(making)
    this.#next()
  }

  #next() {
    if (this.#isDead() || this.#queue.length > 0 || this.#reads.length > 0) return this.#wake()
    if (this.#phase === 'stopping') {
      for (const resolve of this.#stopped.splice(0)) resolve()
      return
    }
    const deadline = this.#parts.due.nextDeadline()
    if (deadline === undefined) return
    const waitMs = Math.max(this.#full ? fullRetryMs : 0, deadline - this.#parts.time.now())
    this.#callOff = this.#parts.clock.after(waitMs, this.#wake)
  }

  #isDead() {
    return this.#phase === 'dead'
  }

  async #commit(making: Making): Promise<void> {
    const { rows, store, branch, epoch } = this.#parts
    const changes = rows.changes()
    this.#committing = true
    try {
      const { entries, decisions } = making
      await store.commit({ branch, epoch, fromSeq: this.#head.seq, entries, decisions, changes })
    } catch (error) {
      return this.#fail(making, error)
    } finally {
      this.#committing = false
    }
    const last = making.entries.at(-1) as Entry
    this.#head = { seq: last.seq, at: last.at }
    rows.settle()
    this.#setFull(false)
    this.#parts.onCommitted({ entries: making.entries, decisions: making.decisions, changes })
    this.#answer(making)
  }

  #answer(making: Making) {
    for (const { waiting, committed } of making.answers) waiting.resolve(committed)
  }

  #setFull(full: boolean) {
    if (this.#full === full) return
    this.#full = full
    this.#parts.onFull(full)
  }

  #fail(making: Making, error: unknown) {
    this.#parts.rows.undo()
    this.#parts.due.rebuild()
    if (error instanceof StoreFull) {
      this.#setFull(true)
      for (const { waiting } of making.answers) waiting.reject(new UsherError('store.full'))
      return
    }
    this.#phase = 'dead'
    const queued = this.#queue.splice(0)
    for (const waiting of [...making.answers.map((answer) => answer.waiting), ...queued]) {
      waiting.reject(new UsherError('store.broken'))
    }
    for (const resolve of this.#stopped.splice(0)) resolve()
    this.#parts.onFatal(error)
  }
}

export const createSequencer = (parts: SequencerParts): Sequencer => new BranchSequencer(parts)
