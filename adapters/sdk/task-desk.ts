/**
 * What a device does with the hub's messages: it answers an offer, begins only on a start and only in time, stops on a
 * cancel, and answers everything it has seen before with the answer it gave.
 */
import { capabilities } from '#protocol/capabilities.ts'
import { TaskMessage } from '#protocol/messages.ts'
import type { Words } from '#protocol/targets.ts'
import {
  type Attempt,
  type AttemptName,
  type Attempts,
  isFinal,
  type Offer,
  type ReportBody,
} from './attempts.ts'
import type { Life } from './life.ts'

type Start = Extract<TaskMessage, { kind: 'start' }>
type Cancel = Extract<TaskMessage, { kind: 'cancel' }>

export interface Stop {
  readonly outcome: 'cancelled' | 'failed'
  readonly code: string
  readonly apology?: readonly Words[]
}

export interface Reporting {
  /** On record first, then sent until acknowledged. */
  report(attempt: Attempt, body: ReportBody): void
  /** The same message came again: the same answer goes back. */
  repeat(attempt: Attempt): void
  /** About an attempt that it will not remember, such as one of an older epoch. */
  turnAway(name: AttemptName, code: string): void
}

export interface Performing {
  /** Begins now; the desk has checked that it may. On record before anything moves. */
  begin(attempt: Attempt): void
  /** Stops what runs for this attempt. @returns whether something ran, which then reports its own end. */
  stop(attempt: Attempt, stop: Stop): boolean
}

export interface DeskParts {
  readonly life: Life
  readonly attempts: Attempts
  readonly reporting: Reporting
  readonly performing: Performing
  /** Heard for the first time. */
  readonly received: (message: TaskMessage['kind'], attempt: Attempt) => void
  /** A message that lay somewhere on its way, by the device's own clock; only devices that keep time can tell. */
  readonly isStale: (sentAt: number, withinMs: number) => boolean
  /** Why it does not take this on now; undefined: it does. */
  readonly refusal: (attempt: Attempt, offer: Offer) => string | undefined | Promise<string | undefined>
  /** How long until it looks at this offer again, where it neither takes nor refuses it. */
  readonly waitMs?: (offer: Offer) => number | undefined
  readonly answerAfterMs?: number
  readonly beginAfterMs?: number
  /** Called when it has promised. @returns false where nothing may follow any more. */
  readonly promised?: (attempt: Attempt) => boolean
  /** Its end was said in an earlier life and is on its way as it was said: nothing more needs to be. */
  readonly isOnItsWay?: (name: AttemptName) => boolean
  /** Found after a restart: it had begun, and nobody saw the end. */
  readonly interrupted?: (attempt: Attempt) => void
  /** It took something up, began, or became free. */
  readonly changed: () => void
}

export interface TaskDesk {
  /** @returns false when it is no task message at all. */
  receive(payload: string): boolean
  /** After a restart: says truly how everything ended that was open when it died. */
  settleEarlierLife(): void
  /** The work for this attempt is over. */
  free(attempt: Attempt): void
  /** What it acts for, or has promised to. */
  taken(): readonly Attempt[]
  /** What it acts for right now. */
  acting(): readonly Attempt[]
  /** Something more important needs the device: it gives back what it has taken, or only what fits. */
  giveWay(code: string, which?: (attempt: Attempt) => boolean): void
}

export const createTaskDesk = (parts: DeskParts): TaskDesk => new Desk(parts)

class Desk implements TaskDesk {
  readonly #parts: DeskParts
  readonly #taken = new Set<Attempt>()

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  receive(payload: string) {
    const { attempts, reporting } = this.#parts
    const message = parseMessage(payload)
    if (message === undefined) return false
    if (message.epoch < attempts.epoch()) {
      reporting.turnAway(message, 'stale-epoch')
      return true
    }
    attempts.heardEpoch(message.epoch)
    if (message.kind === 'offer') this.#onOffer(message)
    else if (message.kind === 'start') this.#onStart(message)
    else this.#onCancel(message)
    return true
  }

  settleEarlierLife() {
    settle(this.#parts)
  }

  free(attempt: Attempt) {
    this.#taken.delete(attempt)
    this.#parts.changed()
  }

  taken = () => [...this.#taken]

  acting = () => [...this.#taken].filter(({ phase }) => phase === 'begun')

  giveWay(code: string, which: (attempt: Attempt) => boolean = () => true) {
    for (const attempt of this.taken().filter(which)) {
      if (attempt.phase === 'begun') this.#parts.performing.stop(attempt, { outcome: 'failed', code })
      else this.#end(attempt, { status: 'not-started', code })
    }
  }

  #onOffer(offer: Offer) {
    const { attempts, reporting, received, life, isStale, answerAfterMs } = this.#parts
    const known = attempts.find(offer)
    if (known?.last !== undefined) {
      reporting.repeat(known)
      return
    }
    if (known?.offer !== undefined) return
    const attempt = attempts.remember(offer, offer)
    received('offer', attempt)
    if (isStale(offer.sentAt, offer.startWithinMs)) {
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
      return
    }
    if (offer.start) attempt.startBy = life.monotonicMs() + offer.startWithinMs
    const waitMs = answerAfterMs ?? 0
    if (waitMs === 0) this.#consider(attempt, offer)
    else life.after(waitMs, () => this.#consider(attempt, offer))
  }

  #consider(attempt: Attempt, offer: Offer) {
    const { life, refusal, waitMs } = this.#parts
    if (attempt.phase !== 'offered') return
    const laterMs = waitMs?.(offer)
    if (laterMs !== undefined) {
      life.after(laterMs, () => this.#consider(attempt, offer))
      return
    }
    const code = refusal(attempt, offer)
    if (!(code instanceof Promise)) {
      this.#answer(attempt, offer, code)
      return
    }
    // Its place is kept while it thinks about it, so that the next offer does not get it too.
    this.#taken.add(attempt)
    void code.then((late) => {
      if (attempt.phase === 'offered' && !life.ended()) this.#answer(attempt, offer, late)
    })
  }

  #answer(attempt: Attempt, offer: Offer, code: string | undefined) {
    const { life, reporting, promised, changed } = this.#parts
    if (code !== undefined) {
      this.#end(attempt, { status: 'refused', code })
      return
    }
    attempt.phase = 'accepted'
    attempt.startBy = Math.min(attempt.startBy, life.monotonicMs() + offer.startWithinMs)
    this.#taken.add(attempt)
    changed()
    reporting.report(attempt, { status: 'accepted' })
    if (promised?.(attempt) === false) return
    if (offer.start || attempt.startAsked) this.#start(attempt)
    else life.after(Math.max(0, attempt.startBy - life.monotonicMs()), () => this.#lapse(attempt))
  }

  #onStart(message: Start) {
    const { attempts, received, reporting, life, isStale } = this.#parts
    const attempt = attempts.find(message) ?? attempts.remember(message)
    if (attempt.phase === 'begun' || attempt.phase === 'ended') {
      reporting.repeat(attempt)
      return
    }
    if (attempt.startAsked) return
    received('start', attempt)
    attempt.startAsked = true
    attempt.startBy = Math.min(attempt.startBy, life.monotonicMs() + message.startWithinMs)
    // The offer never came, or came in an earlier life that did not answer it: what to do is not known.
    if (attempt.offer === undefined) this.#end(attempt, { status: 'not-started', code: 'unknown-attempt' })
    else if (isStale(message.sentAt, message.startWithinMs))
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
    else if (attempt.phase === 'accepted') this.#start(attempt)
  }

  #start(attempt: Attempt) {
    const { life, beginAfterMs } = this.#parts
    const waitMs = beginAfterMs ?? 0
    if (waitMs === 0) this.#beginInTime(attempt)
    else life.after(waitMs, () => this.#beginInTime(attempt))
  }

  #beginInTime(attempt: Attempt) {
    const { life, performing, changed } = this.#parts
    if (attempt.phase !== 'accepted') return
    if (life.monotonicMs() > attempt.startBy) {
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
      return
    }
    performing.begin(attempt)
    changed()
  }

  /** Nobody said start in time: it is free again, and says so. */
  #lapse(attempt: Attempt) {
    if (attempt.phase === 'accepted' && !attempt.startAsked)
      this.#end(attempt, { status: 'not-started', code: 'no-start' })
  }

  #onCancel(message: Cancel) {
    const { attempts, reporting, received, performing } = this.#parts
    const attempt = attempts.find(message) ?? attempts.remember(message)
    if (isFinal(attempt.last)) {
      reporting.repeat(attempt)
      return
    }
    received('cancel', attempt)
    const code = codeOf(message.reason)
    const ends = performing.stop(attempt, { outcome: 'cancelled', code, ...apologyOf(message) })
    if (!ends) this.#end(attempt, { status: 'cancelled', code })
  }

  #end(attempt: Attempt, report: ReportBody) {
    attempt.phase = 'ended'
    if (this.#taken.delete(attempt)) this.#parts.changed()
    this.#parts.reporting.report(attempt, report)
  }
}

const settle = ({ attempts, reporting, interrupted, isOnItsWay }: DeskParts) => {
  for (const attempt of attempts.all()) {
    if (attempt.phase === 'begun') {
      attempt.phase = 'ended'
      interrupted?.(attempt)
      reporting.report(attempt, { status: 'failed', code: 'interrupted' })
    } else if (attempt.phase === 'accepted') {
      attempt.phase = 'ended'
      reporting.report(attempt, { status: 'not-started', code: 'restarted' })
    } else if (
      attempt.phase === 'ended' &&
      attempt.last !== undefined &&
      !(attempt.heard || isOnItsWay?.(attempt) === true)
    )
      reporting.report(attempt, attempt.last)
  }
}

export const parseJson = (payload: string): unknown => {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

const parseMessage = (payload: string): TaskMessage | undefined =>
  TaskMessage.safeParse(parseJson(payload)).data

/** A cancel's reason is free text; a report's code is not. */
const codeOf = (reason: string) => (/^[a-z0-9][a-z0-9-]{0,63}$/.test(reason) ? reason : 'cancelled')

const apologyOf = ({ onCancel }: Cancel): { apology?: readonly Words[] } => {
  if (onCancel?.capability !== 'announce') return {}
  const command = capabilities.announce.command.safeParse(onCancel.command)
  return command.success ? { apology: command.data.words } : {}
}
