/**
 * Carrying out tasks with the adapter's own handlers: on record before it begins, stopped by a signal when its time is
 * over, and whatever the handler does (return, throw, hang), exactly one end is reported.
 */
import type { Words } from '#protocol/targets.ts'
import type { JsonObject, Task, VendorHandler } from './adapter.ts'
import { type Attempt, nameOf, type ReportBody } from './attempts.ts'
import type { Checks } from './checks.ts'
import { DeviceError, TaskStopped } from './errors.ts'
import type { Life } from './life.ts'
import type { MemoryRecord } from './memory.ts'
import type { Log } from './ports.ts'
import type { Performing, Reporting, Stop } from './task-desk.ts'

interface Run {
  readonly attempt: Attempt
  readonly capability: string
  readonly controller: AbortController
  stop: Stop | undefined
  saidStarted: boolean
  apologyTaken: boolean
  /** Its end is reported. The handler may still hang. */
  reported: boolean
  readonly cancels: (() => void)[]
}

export interface PerformParts {
  readonly device: string
  readonly life: Life
  readonly log: Log
  readonly checks: Checks
  readonly reporting: Reporting & { progress(attempt: Attempt, progress: JsonObject): void }
  /** On the disk when it returns, or when what it returns resolves. @throws when it cannot be written */
  readonly remember: (record: MemoryRecord) => void | Promise<void>
  readonly handler: (capability: string) => VendorHandler | undefined
  /** What a task ran into says something about the device itself. */
  readonly unwell: (error: DeviceError) => void
  /** A task went well, so whatever was wrong before is over. */
  readonly well: () => void
  /** The handler is over, and so is the work. */
  readonly ended: (attempt: Attempt) => void
  /** How long a handler may go on after its signal, before its end is reported without it. */
  readonly stopWithinMs: number
  /** A handler that has run so long has begun. */
  readonly startedAfterMs: number
}

/** Enough for a sentence of regret; then the cancel is confirmed without it. */
const apologyMs = 15_000
const noteMax = 300

export const createPerforming = (parts: PerformParts): Performing => new HandlerPerforming(parts)

class HandlerPerforming implements Performing {
  readonly #parts: PerformParts
  readonly #runs = new Map<Attempt, Run>()

  constructor(parts: PerformParts) {
    this.#parts = parts
  }

  begin(attempt: Attempt) {
    const { offer } = attempt
    const handler = offer === undefined ? undefined : this.#parts.handler(offer.capability)
    if (offer === undefined || handler === undefined) {
      this.#giveBack(attempt, 'unreachable')
      return
    }
    let written: void | Promise<void>
    try {
      written = this.#parts.remember({ kind: 'begun', device: this.#parts.device, ...nameOf(attempt) })
    } catch (error) {
      this.#unremembered(attempt, error)
      return
    }
    attempt.phase = 'begun'
    const run: Run = {
      attempt,
      capability: offer.capability,
      controller: new AbortController(),
      stop: undefined,
      saidStarted: false,
      apologyTaken: false,
      reported: false,
      cancels: [],
    }
    this.#runs.set(attempt, run)
    const launch = () => {
      this.#watch(run, offer.runWithinMs)
      // What the contract does not know is left out, as it was when the offer was checked.
      const command = this.#parts.checks.command(offer.capability, offer.command)
      void this.#perform(run, handler, 'good' in command ? command.good : offer.command)
    }
    if (written === undefined) launch()
    else void this.#whenWritten(run, written, launch)
  }

  /** A browser writes while the page goes on: until it is on the disk nothing has begun, and the time goes by. */
  async #whenWritten(run: Run, written: Promise<void>, launch: () => void) {
    const { attempt } = run
    const { life } = this.#parts
    try {
      await written
    } catch (error) {
      if (!life.ended()) this.#unremembered(attempt, error)
      return
    }
    if (life.ended()) return
    if (run.stop === undefined && life.monotonicMs() <= attempt.startBy) {
      launch()
      return
    }
    this.#runs.delete(attempt)
    if (run.stop === undefined) this.#giveBack(attempt, 'too-late')
    else {
      if (!run.reported) this.#report(run, { status: run.stop.outcome, code: run.stop.code })
      this.#parts.ended(attempt)
    }
  }

  #unremembered(attempt: Attempt, error: unknown) {
    this.#runs.delete(attempt)
    this.#parts.checks.complain('adapter.memory', String(error), { task: attempt.task })
    this.#giveBack(attempt, 'memory-failed')
  }

  stop(attempt: Attempt, stop: Stop) {
    const run = this.#runs.get(attempt)
    if (run === undefined) return false
    if (run.stop !== undefined || run.reported) return true
    run.stop = stop
    const { life, stopWithinMs } = this.#parts
    run.cancels.push(life.after(stopWithinMs, () => this.#giveUpOn(run)))
    run.controller.abort(new TaskStopped(whyOf(stop), stop.code))
    return true
  }

  #watch(run: Run, runWithinMs: number) {
    const { life, startedAfterMs } = this.#parts
    const leftMs = run.attempt.startBy - life.monotonicMs()
    run.cancels.push(
      life.after(Math.max(0, Math.min(startedAfterMs, leftMs / 2)), () => this.#started(run)),
      life.after(runWithinMs, () => {
        this.stop(run.attempt, { outcome: 'failed', code: 'not-finished' })
      }),
    )
  }

  async #perform(run: Run, handler: VendorHandler, command: JsonObject) {
    let report: ReportBody
    try {
      report = this.#returned(run, await handler(command, this.#taskOf(run)))
    } catch (error) {
      report = this.#threw(run, error)
    }
    if (!run.reported) {
      // It is over: from here on nothing is late but the apology, which has a limit of its own.
      for (const cancel of run.cancels) cancel()
      await this.#apologise(run)
    }
    this.#runs.delete(run.attempt)
    // Nobody is left to hear of it, and a later life has its own say.
    if (this.#parts.life.ended()) return
    if (run.reported) this.#parts.log.info('a task that hung is over', { task: run.attempt.task })
    else this.#report(run, report)
    this.#parts.ended(run.attempt)
  }

  #taskOf(run: Run): Task {
    const { attempt, controller } = run
    return {
      id: attempt.task,
      attempt: attempt.attempt,
      signal: controller.signal,
      runWithinMs: attempt.offer?.runWithinMs ?? 0,
      started: () => this.#started(run),
      progress: (progress) => {
        if (run.reported) return
        this.#started(run)
        const checked = this.#parts.checks.progress(run.capability, progress)
        if ('good' in checked) this.#parts.reporting.progress(attempt, checked.good)
      },
      apology: () => {
        run.apologyTaken = true
        return run.stop?.apology ?? []
      },
    }
  }

  #started(run: Run) {
    if (run.saidStarted || run.reported || this.#parts.life.ended()) return
    run.saidStarted = true
    this.#parts.reporting.report(run.attempt, { status: 'started' })
  }

  #returned(run: Run, value: unknown): ReportBody {
    if (run.stop !== undefined) return { status: run.stop.outcome, code: run.stop.code }
    this.#started(run)
    this.#parts.well()
    const checked = this.#parts.checks.result(run.capability, value)
    return 'good' in checked
      ? { status: 'done', result: checked.good }
      : { status: 'failed', code: 'bad-result', note: noteOf(checked.bad.text) }
  }

  #threw(run: Run, error: unknown): ReportBody {
    if (run.stop !== undefined) return { status: run.stop.outcome, code: run.stop.code }
    if (!(error instanceof DeviceError)) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#parts.checks.complain('adapter.threw', detail, { task: run.attempt.task })
      return { status: 'failed', code: 'adapter-error', note: noteOf(String(error)) }
    }
    this.#parts.unwell(error)
    const began = run.saidStarted || error.begun
    return { status: began ? 'failed' : 'not-started', code: error.code, note: noteOf(error.message) }
  }

  /** The hub is told, but the device stays taken: it may still be moving. */
  #giveUpOn(run: Run) {
    const { stop, attempt } = run
    if (run.reported || stop === undefined) return
    this.#parts.log.error('a handler goes on after it was stopped', { task: attempt.task, code: stop.code })
    this.#report(run, { status: stop.outcome, code: 'stop-unconfirmed', note: noteOf(stop.code) })
  }

  async #apologise({ stop, apologyTaken }: Run) {
    const announce = this.#parts.handler('announce')
    if (stop?.apology === undefined || apologyTaken || announce === undefined) return
    const controller = new AbortController()
    const cancel = this.#parts.life.after(apologyMs, () =>
      controller.abort(new TaskStopped('deadline', 'late')),
    )
    const silent: Task = {
      id: 'apology',
      attempt: 1,
      signal: controller.signal,
      runWithinMs: apologyMs,
      started: () => {},
      progress: () => {},
      apology: () => [],
    }
    const words: Words[] = [...stop.apology]
    const tooLong = new Promise((resolve) => controller.signal.addEventListener('abort', resolve))
    const say = async () => announce({ at: {}, words }, silent)
    const said = say().catch((error: unknown) =>
      this.#parts.log.warn('the apology could not be said', { error: String(error) }),
    )
    await Promise.race([said, tooLong])
    cancel()
  }

  #giveBack(attempt: Attempt, code: string) {
    attempt.phase = 'ended'
    this.#parts.reporting.report(attempt, { status: 'not-started', code })
    this.#parts.ended(attempt)
  }

  #report(run: Run, report: ReportBody) {
    for (const cancel of run.cancels) cancel()
    run.reported = true
    run.attempt.phase = 'ended'
    this.#parts.reporting.report(run.attempt, report)
  }
}

const whys: Readonly<Record<string, TaskStopped['why']>> = {
  'not-finished': 'deadline',
  'movement-stopped': 'movement',
  unreachable: 'lost',
  'adapter-stopping': 'closing',
}

const whyOf = ({ outcome, code }: Stop): TaskStopped['why'] =>
  outcome === 'cancelled' ? 'cancel' : (whys[code] ?? 'closing')

/** Notes are read by people: no control characters, no length without end. */
const noteOf = (text: string) => text.replace(/[\p{Control}\p{Surrogate}\uffff]+/gu, ' ').slice(0, noteMax)
