/**
 * One simulated run of a recorded day: what nobody's decision had caused comes at its time, timers come from the engine
 * itself, and every offer is answered by the responder. The same for the policy as recorded and for a changed one.
 */
import type { AnyFlow } from '#flows/define.ts'
import { refuse } from '#hub/branch/refusals.ts'
import type { Entry, EntryBody, Input } from '#hub/engine/entry.ts'
import type { FlowLibrary } from '#hub/engine/flow-set.ts'
import type { HubSettings } from '#hub/engine/settings.ts'
import type { TimerRow } from '#hub/engine/state.ts'
import type { StateTables } from '../journal/read-day.ts'
import { createAgenda, type Saying } from './agenda.ts'
import type { AnswerChoice, AnswerSource } from './choose-answers.ts'
import type { DayChange } from './day-change.ts'
import { answeredTask, asEntry, type DayEntry, isOwn } from './day-entries.ts'
import type { TruthNotes } from './replay-truth.ts'
import { createResponder, type Responder } from './responder.ts'
import { createStableNumbers } from './stable-number.ts'
import { type DayState, openDayState, type Stepped } from './step-day.ts'

export interface ArmParts {
  readonly branch: string
  readonly flows: readonly AnyFlow[]
  readonly library: FlowLibrary
  readonly settings: HubSettings
  /** The state when the day begins. */
  readonly from: StateTables
  readonly forkAt: number
  /** Of the day, answers included. */
  readonly entries: readonly DayEntry[]
  readonly truth: TruthNotes
  readonly change: DayChange
  readonly choice: AnswerChoice
  readonly onStep: (stepped: Stepped) => void
}

export interface ArmRun {
  readonly sources: Readonly<Record<AnswerSource, number>>
  /** People's commands that had nothing to apply to in this run. */
  readonly skipped: number
  /** Entries that could not be decided, with what was thrown: a bug, or flows that break the engine's rules. */
  readonly undecided: readonly string[]
}

class Arm {
  readonly #parts: ArmParts
  readonly #state: DayState
  readonly #agenda = createAgenda()
  readonly #responder: Responder
  readonly #number = createStableNumbers()
  readonly #carried: ReadonlySet<string>
  #now: number
  #epoch: number
  #skipped = 0
  readonly #undecided: string[] = []

  constructor(parts: ArmParts) {
    const { flows, library, settings, from, forkAt, choice, entries } = parts
    this.#parts = parts
    this.#state = openDayState({ flows, library, settings, from })
    const known = this.#state.state.tasks.values()
    this.#responder = createResponder({ agenda: this.#agenda, choice, known })
    this.#carried = new Set(known.map(({ id }) => id))
    this.#now = forkAt
    this.#epoch = entries[0]?.epoch ?? 1
  }

  run(): ArmRun {
    const { entries } = this.#parts
    this.#putInForce()
    for (const entry of entries) {
      if (isOwn(entry)) continue
      const task = answeredTask(entry)
      if (task !== undefined && !this.#carried.has(task)) continue
      this.#replay(entry)
    }
    this.#passTo(entries.at(-1)?.at ?? this.#now)
    return { sources: this.#responder.sources, skipped: this.#skipped, undecided: this.#undecided }
  }

  #replay(entry: DayEntry) {
    const { truth, change } = this.#parts
    const { body } = entry
    this.#epoch = entry.epoch
    // While the hub was down nothing was decided; what fell due then is decided after its start.
    this.#passTo(body.kind === 'start' ? (truth.downFrom.get(entry.seq) ?? entry.at) : entry.at)
    if (body.kind === 'start') for (const late of this.#takeUntil(entry.at)) this.#agenda.add(late)
    const adapted = this.#adapt(entry)
    if (adapted === undefined || change.replaces(body)) {
      if (adapted === undefined) this.#skipped++
      return
    }
    this.#step({ ...asEntry(entry), body: adapted })
    if (body.kind === 'config') this.#putInForce()
  }

  /** Answers given while the hub was down arrive with its start. */
  #takeUntil(at: number): Saying[] {
    const late: Saying[] = []
    for (let next = this.#agenda.next(); next !== undefined && next.at <= at; next = this.#agenda.next()) {
      this.#agenda.take()
      late.push({ ...next, at: at + 1 })
    }
    return late
  }

  /** @returns undefined where it has nothing to apply to in this run. */
  #adapt({ seq, at, body }: DayEntry): EntryBody | undefined {
    const { truth } = this.#parts
    if (body.kind === 'state' && body.state.busy !== undefined) {
      const itself = body.state.busy && !truth.wasActing(body.device, at)
      return { ...body, state: { ...body.state, busy: itself || this.#responder.acts(body.device) } }
    }
    const named = truth.renamed(seq, body, this.#state.state)
    const input: Input = { body: named }
    return refuse(this.#state.state, input) === undefined ? named : undefined
  }

  #putInForce() {
    for (const body of this.#parts.change.commands(this.#state.state))
      this.#stepOwn(`${body.kind}/${this.#now}`, body)
  }

  /** What falls due comes before what is said at the same moment, and either may bring about more of both. */
  #passTo(at: number) {
    const { due } = this.#state
    for (;;) {
      const saying = this.#agenda.next()
      const isDue = saying !== undefined && saying.at <= at
      const timer = due.next(isDue ? saying.at : at)
      if (timer !== undefined) this.#fire(timer)
      else if (isDue) this.#hear(saying)
      else break
    }
    this.#now = Math.max(this.#now, at)
  }

  #hear(saying: Saying) {
    this.#agenda.take()
    this.#responder.saying(saying)
    this.#now = Math.max(this.#now, saying.at)
    this.#stepOwn(saying.name, saying.body, saying.cause)
  }

  #fire({ id, owner, name, deadline }: TimerRow) {
    this.#now = Math.max(this.#now, deadline)
    const decided = this.#stepOwn(`${id}@${deadline}`, { kind: 'timer', owner, name, deadline })
    // A timer that cannot be decided would be due for ever.
    if (!decided) this.#state.state.timers.drop(id)
  }

  #stepOwn(name: string, body: EntryBody, cause?: string): boolean {
    return this.#step({
      branch: this.#parts.branch,
      epoch: this.#epoch,
      seq: this.#number(name),
      at: this.#now,
      body,
      ...(cause !== undefined && { cause }),
    })
  }

  #step(entry: Entry): boolean {
    this.#now = Math.max(this.#now, entry.at)
    const stepped = this.#decide({ ...entry, at: this.#now })
    if (stepped === undefined) return false
    this.#responder.look(stepped)
    this.#parts.onStep(stepped)
    return true
  }

  #decide(entry: Entry): Stepped | undefined {
    const { rows, due } = this.#state
    const savepoint = rows.savepoint()
    try {
      return this.#state.step(entry)
    } catch (error) {
      rows.rollback(savepoint)
      due.rebuild()
      this.#undecided.push(`${entry.body.kind}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
}

export const runArm = (parts: ArmParts): ArmRun => new Arm(parts).run()
