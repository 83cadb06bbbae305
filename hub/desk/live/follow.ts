/**
 * Follows the branch for pages: what committed batches may have changed is gathered, and looked at a few times a second
 * between two commits. What really differs becomes one numbered delta.
 */
import type { LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import { type LiveTableName, liveTableNames } from '#protocol/desk/live/tables.ts'
import { isFinal } from '../../dispatch/life.ts'
import { type TaskRow, taskPhases } from '../../dispatch/rows.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { Engine } from '../../engine/open-engine.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { Store } from '../../store/port.ts'
import { createBook, type LiveBook } from './book.ts'
import { createEndedTasks, endedLately, endedTasksMax } from './ended-tasks.ts'
import { createNumbered, type Numbered, type NumberedLimits } from './numbered.ts'
import { every, type Sight, type Touched, touchedBy } from './sources.ts'

export interface FollowParts {
  readonly branch: string
  readonly engine: Pick<Engine, 'read' | 'flows'>
  readonly store: Pick<Store, 'tasks'>
  /** Calls back with every committed batch until called off. */
  readonly watch: (callback: (batch: CommittedBatch) => void) => () => void
  readonly whereIs: Sight['whereIs']
  readonly clock: Clock
  /** Names this run of the numbering. */
  readonly run: string
  readonly limits?: NumberedLimits
  readonly onDelta: (delta: LiveDelta, bytes: number) => void
  readonly onBug: (error: unknown) => void
}

export interface Following {
  /** Once it resolves there is something to show. */
  open(): Promise<void>
  readonly numbered: Numbered
  /** Everything, as after the last delta. */
  snapshot(): LiveSnapshot
  /** @returns the hub time as of which everything that is different has gone out. */
  catchUp(): Promise<number>
  /** Something besides the branch's own tables is different. */
  touch(touched: Touched): void
  stop(): void
}

/** Ten times a second is as often as anybody sees. */
const leastGapMs = 100
/** What only time changes is looked at so often: a day that began, a task that ended an hour ago. */
const sweepEveryMs = 60_000

const finalPhases = taskPhases.filter(isFinal)

class Follower implements Following {
  readonly numbered: Numbered
  readonly #parts: FollowParts
  readonly #book: LiveBook = createBook()
  readonly #ended = createEndedTasks()
  #touched = new Map<LiveTableName, Set<Touched['key']>>()
  #at = 0
  #lookedAt = Number.NEGATIVE_INFINITY
  #isLookDue = false
  #stopped = false
  readonly #callOff: (() => void)[] = []
  #callOffLook: (() => void) | undefined
  #callOffSweep: (() => void) | undefined

  constructor(parts: FollowParts) {
    this.#parts = parts
    this.numbered = createNumbered(parts.run, parts.limits)
  }

  async open(): Promise<void> {
    const { watch, store, branch, engine } = this.#parts
    // From now on nothing is missed, and what ended meanwhile is newer than what the store is asked for.
    this.#callOff.push(watch((batch) => this.#onCommitted(batch)))
    const stored = await store
      .tasks(branch, { phase: finalPhases, limit: endedTasksMax })
      .catch((error: unknown) => {
        for (const callOff of this.#callOff.splice(0)) callOff()
        throw error
      })
    await engine.read((state, at) => {
      for (const row of endedLately(stored as readonly TaskRow[], at))
        if (this.#ended.get(row.id) === undefined && !state.tasks.has(row.id)) this.#ended.add(row)
      for (const table of liveTableNames) this.touch({ table, key: every })
      this.#update({ ...this.#sightOf(at), state })
    })
    this.#sweepLater()
  }

  snapshot(): LiveSnapshot {
    const { run, n } = this.numbered
    return { run, n, at: this.#at, rows: this.#book.rows() }
  }

  async catchUp(): Promise<number> {
    await this.#look()
    return this.#at
  }

  touch({ table, key }: Touched): void {
    const keys = this.#touched.get(table) ?? new Set<Touched['key']>()
    this.#touched.set(table, keys.add(key))
    this.#lookSoon()
  }

  stop(): void {
    this.#stopped = true
    for (const callOff of this.#callOff.splice(0)) callOff()
    this.#callOffLook?.()
    this.#callOffSweep?.()
  }

  #onCommitted({ changes }: CommittedBatch) {
    for (const { table, rows } of changes) {
      for (const [key, row] of rows) {
        if (table === 'endedTasks' && row !== undefined) this.#endedNow(row as TaskRow)
        for (const touched of touchedBy(table, key)) this.touch(touched)
      }
    }
  }

  #endedNow(row: TaskRow) {
    for (const gone of this.#ended.add(row)) this.touch({ table: 'tasks', key: gone })
  }

  #lookSoon() {
    if (this.#isLookDue || this.#stopped) return
    this.#isLookDue = true
    const { clock, onBug } = this.#parts
    const waitMs = Math.max(0, this.#lookedAt + leastGapMs - clock.monotonicMs())
    this.#callOffLook = clock.after(waitMs, () => {
      this.#look().catch(onBug)
    })
  }

  /** Between two commits, when the tables hold what is committed. */
  async #look(): Promise<void> {
    const { engine, clock } = this.#parts
    await engine.read((state, at) => {
      if (this.#stopped) return
      this.#isLookDue = false
      this.#lookedAt = clock.monotonicMs()
      this.#update({ ...this.#sightOf(at), state })
    })
  }

  #sightOf(at: number) {
    const { branch, engine, whereIs } = this.#parts
    this.#at = at
    return { branch, at, flows: engine.flows, ended: this.#ended, whereIs }
  }

  #update(sight: Sight) {
    const touched = this.#touched
    this.#touched = new Map()
    const list = [...touched].flatMap(([table, keys]) => [...keys].map((key): Touched => ({ table, key })))
    const changed = this.#book.update(sight, list)
    if (changed !== undefined) this.#parts.onDelta(this.numbered.add(changed, sight.at), changed.bytes)
  }

  #sweepLater() {
    if (this.#stopped) return
    this.#callOffSweep = this.#parts.clock.after(sweepEveryMs, () => {
      void this.#parts.engine.read((_, at) => {
        for (const key of this.#ended.forget(at)) this.touch({ table: 'tasks', key })
        this.touch({ table: 'campaigns', key: every })
      })
      this.#sweepLater()
    })
  }
}

export const createFollowing = (parts: FollowParts): Following => new Follower(parts)
