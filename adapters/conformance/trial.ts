/** One attempt as the examiner plays it: what it sends to the device, and what the device reports about it. */
import { Report, type ReportStatus, type TaskMessage } from '#protocol/messages.ts'
import type { Pace } from './pace.ts'
import type { JsonObject, Message, Transcript } from './transcript.ts'

export interface Told extends Report {
  readonly message: Message
}

export const finals: ReadonlySet<ReportStatus> = new Set([
  'done',
  'failed',
  'refused',
  'cancelled',
  'not-started',
])
/** What shows that it acts, or has acted. */
export const begun: ReadonlySet<ReportStatus> = new Set(['started', 'progress', 'done'])

type Of<K extends TaskMessage['kind']> = Extract<TaskMessage, { kind: K }>

/** What comes again says the same; one who gives a number twice has said two things. */
const numberOf = ({ boot, n, status, message }: Told) =>
  boot === undefined || n === undefined ? `${message.index}` : `${boot}/${n}/${status}`

const eachOnce = (heard: readonly Told[]): Told[] => {
  const first = new Map<string, Told>()
  for (const told of heard) if (!first.has(numberOf(told))) first.set(numberOf(told), told)
  return [...first.values()]
}

export interface TrialParts {
  readonly task: string
  readonly attempt?: number
  readonly epoch: number
  readonly capability: string
  readonly command: JsonObject
  readonly pace: Pace
  readonly transcript: Transcript
  readonly tell: (message: JsonObject) => Promise<void>
  readonly nowMs: () => number
  /** The program has ended by itself: nothing more is to be waited for. */
  readonly isGone: () => boolean
}

export class Trial {
  readonly task: string
  readonly attempt: number
  readonly epoch: number
  readonly capability: string
  readonly command: JsonObject
  /** The device was told of it. */
  isOpen = false
  readonly #parts: TrialParts
  readonly #from: number
  readonly #sent = new Map<string, JsonObject>()

  constructor(parts: TrialParts) {
    this.#parts = parts
    this.task = parts.task
    this.attempt = parts.attempt ?? 1
    this.epoch = parts.epoch
    this.capability = parts.capability
    this.command = parts.command
    this.#from = parts.transcript.mark()
  }

  offer(more: Partial<Of<'offer'>> & JsonObject = {}) {
    const { pace, nowMs } = this.#parts
    return this.#send({
      kind: 'offer',
      capability: this.capability,
      command: this.command,
      priority: 5,
      ackWithinMs: pace.answerMs,
      startWithinMs: pace.runMs,
      runWithinMs: pace.runMs,
      start: false,
      sentAt: nowMs(),
      ...more,
    })
  }

  start(more: Partial<Of<'start'>> & JsonObject = {}) {
    const { pace, nowMs } = this.#parts
    const durations = { startWithinMs: pace.runMs, runWithinMs: pace.runMs }
    return this.#send({ kind: 'start', ...durations, sentAt: nowMs(), ...more })
  }

  cancel(more: Partial<Of<'cancel'>> & JsonObject = {}) {
    return this.#send({ kind: 'cancel', reason: 'examination', sentAt: this.#parts.nowMs(), ...more })
  }

  /**
   * Everything it has reported about this attempt since a place in the transcript. What it sends again with its number,
   * until the hub has it, it said once: where it said it first.
   */
  reports(since = this.#from): Told[] {
    return eachOnce(this.#heard()).filter(({ message }) => message.index >= since)
  }

  /** As they came, also those that came again. */
  #heard(): Told[] {
    return this.#parts.transcript.messages(this.#from).flatMap((message) => {
      const { parts, body, from } = message
      if (from !== 'device' || parts?.channel !== 'report' || parts.task !== this.task) return []
      if (body?.['attempt'] !== this.attempt || body['epoch'] !== this.epoch) return []
      const report = Report.safeParse(body).data
      return report === undefined ? [] : [{ ...report, message }]
    })
  }

  /** Who is asked once more may send its last word again as it was. */
  #answers(since = this.#from): Told[] {
    const heard = this.#heard()
    const distinct = eachOnce(heard)
    const last = distinct.at(-1)
    return heard.filter(
      (told) =>
        told.message.index >= since &&
        (distinct.includes(told) || (last !== undefined && numberOf(told) === numberOf(last))),
    )
  }

  statuses(since?: number): ReportStatus[] {
    return this.reports(since).map(({ status }) => status)
  }

  /** The first report that fits, already there or within the time. */
  report(fits: (told: Told) => boolean, { since, withinMs }: { since?: number; withinMs?: number } = {}) {
    const { transcript, pace, isGone } = this.#parts
    const look = () => {
      const found = this.#answers(since).find(fits)
      return found === undefined && isGone() ? 'gone' : found
    }
    return transcript
      .until(look, withinMs ?? pace.patienceMs)
      .then((found) => (found === 'gone' ? undefined : found))
  }

  answer(since?: number) {
    return this.report(() => true, since === undefined ? {} : { since })
  }

  begins(since?: number) {
    return this.report(
      ({ status }) => begun.has(status) || finals.has(status),
      since === undefined ? {} : { since },
    )
  }

  final(since?: number, withinMs = this.#parts.pace.runMs) {
    const fits = ({ status }: Told) => finals.has(status)
    return this.report(fits, { withinMs, ...(since !== undefined && { since }) })
  }

  hasBegun(since?: number) {
    return this.statuses(since).some((status) => begun.has(status))
  }

  hasEnded() {
    return this.statuses().some((status) => finals.has(status))
  }

  /** The same message once more, unchanged, as the hub sends it again. */
  again(kind: TaskMessage['kind']) {
    const message = this.#sent.get(kind)
    return message === undefined ? Promise.resolve() : this.#parts.tell(message)
  }

  #send(message: JsonObject & { kind: string }) {
    this.isOpen = true
    const { task, attempt, epoch } = this
    const whole = { task, attempt, epoch, ...message }
    this.#sent.set(message.kind, whole)
    return this.#parts.tell(whole)
  }
}
