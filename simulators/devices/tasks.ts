/**
 * What a device does with the hub's messages: it answers an offer, begins only on a start and only in time, stops on a
 * cancel, and answers everything it has seen before with the answer it gave.
 */
import { capabilities, isCapability, vendorCapability } from '#protocol/capabilities.ts'
import { TaskMessage } from '#protocol/messages.ts'
import type { Words } from '#protocol/targets.ts'
import type { Acting } from './acting.ts'
import { type Attempt, type Attempts, isFinal, type Offer, type ReportBody } from './attempts.ts'
import type { Behaviour } from './behaviour.ts'
import type { Body } from './body.ts'
import type { Life } from './life.ts'
import type { Log } from './log.ts'
import type { Chance } from './ports.ts'
import { nameOf, type Reporting } from './reporting.ts'

type Start = Extract<TaskMessage, { kind: 'start' }>
type Cancel = Extract<TaskMessage, { kind: 'cancel' }>

interface Deps {
  readonly id: string
  readonly life: Life
  readonly log: Log
  readonly attempts: Attempts
  readonly acting: Acting
  readonly reporting: Reporting
  readonly body: Body
  readonly behaviour: Behaviour
  readonly chance: Chance
  readonly busyChanged: () => void
}

export interface Tasks {
  receive(payload: string): void
  /** After a restart: says truly how everything ended that was open when it died. */
  settleEarlierLife(): void
  /** The attempt that occupies the device has ended. */
  free(): void
  /** Whether it acts, or has promised to, for a task. */
  occupied(): boolean
  /** Whether it acts right now. */
  acts(): boolean
  /** All movement is stopped: what moves, halts. */
  halt(): void
  /** Something more important than any task needs the device: a person touches the kiosk. */
  giveWay(code: string): void
}

export const createTasks = (deps: Deps): Tasks => new TaskDesk(deps)

/** How soon a queue system looks at the next request that waits. */
const turnMs = 20

class TaskDesk implements Tasks {
  readonly #deps: Deps
  #current: Attempt | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  receive(payload: string) {
    const { attempts, reporting } = this.#deps
    const message = parseMessage(payload)
    if (message === undefined) return
    if (message.epoch < attempts.epoch()) {
      reporting.turnAway(message, 'stale-epoch')
      return
    }
    attempts.heardEpoch(message.epoch)
    if (message.kind === 'offer') this.#onOffer(message)
    else if (message.kind === 'start') this.#onStart(message)
    else this.#onCancel(message)
  }

  settleEarlierLife() {
    settle(this.#deps)
  }

  free() {
    this.#occupy(undefined)
  }

  occupied() {
    return this.#current !== undefined
  }

  acts() {
    return this.#current?.phase === 'begun'
  }

  halt() {
    const capability = this.#current?.offer?.capability
    if (capability === undefined || !isCapability(capability)) return
    if (this.#deps.body.moves && capabilities[capability].moves) this.giveWay('movement-stopped')
  }

  giveWay(code: string) {
    const current = this.#current
    if (current === undefined) return
    if (current.phase === 'begun') this.#deps.acting.stop(current, { outcome: 'failed', code })
    else this.#end(current, { status: 'not-started', code })
  }

  #onOffer(offer: Offer) {
    const { attempts, reporting, log, life, behaviour } = this.#deps
    const known = attempts.find(offer)
    if (known?.last !== undefined) {
      reporting.repeat(known)
      return
    }
    if (known?.offer !== undefined) return
    const attempt = attempts.remember(offer, offer)
    log.write({ kind: 'received', message: 'offer', ...nameOf(offer), ...attempt.about })
    if (isStale(offer, offer.startWithinMs, this.#deps)) {
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
      return
    }
    if (offer.start) attempt.startBy = life.monotonicMs() + offer.startWithinMs
    const waitMs = behaviour.slow?.answerMs ?? 0
    if (waitMs === 0) this.#answer(attempt, offer)
    else life.after(waitMs, () => this.#answer(attempt, offer))
  }

  #answer(attempt: Attempt, offer: Offer) {
    const { life, reporting, acting } = this.#deps
    if (attempt.phase !== 'offered') return
    // A queue system takes requests one after the other and turns none away.
    if (offer.capability === 'manage-ticket' && this.#current !== undefined) {
      life.after(turnMs, () => this.#answer(attempt, offer))
      return
    }
    const code = this.#refusal(attempt, offer)
    if (code !== undefined) {
      this.#end(attempt, { status: 'refused', code })
      return
    }
    attempt.phase = 'accepted'
    attempt.startBy = Math.min(attempt.startBy, life.monotonicMs() + offer.startWithinMs)
    this.#occupy(attempt)
    reporting.report(attempt, { status: 'accepted' })
    if (acting.mayDie('accepted', attempt)) return
    if (offer.start || attempt.startAsked) this.#start(attempt)
    else life.after(Math.max(0, attempt.startBy - life.monotonicMs()), () => this.#lapse(attempt))
  }

  #refusal(attempt: Attempt, offer: Offer): string | undefined {
    const { body, behaviour } = this.#deps
    const unfit = body.unfitFor(offer.capability)
    if (unfit !== undefined) return unfit
    const schema = isCapability(offer.capability)
      ? capabilities[offer.capability].command
      : vendorCapability.command
    if (!schema.safeParse(offer.command).success) return 'bad-command'
    if (this.#misbehaves(behaviour.busy?.share, 'busy', attempt)) return 'busy'
    if (this.#misbehaves(behaviour.refuses?.share, 'refuses', attempt)) return behaviour.refuses?.code
    const inUse = body.state().busy === true && offer.command['wipe'] !== true
    return this.#current !== undefined || inUse ? 'busy' : undefined
  }

  #misbehaves(share: number | undefined, what: string, attempt: Attempt) {
    const { chance, id, log } = this.#deps
    if (share === undefined || chance(id, what, attempt.task, `${attempt.attempt}`) >= share) return false
    log.write({ kind: 'misbehaved', behaviour: what, task: attempt.task })
    return true
  }

  #onStart(message: Start) {
    const { attempts, log, reporting, life } = this.#deps
    const attempt = attempts.find(message) ?? attempts.remember(message)
    if (attempt.phase === 'begun' || attempt.phase === 'ended') {
      reporting.repeat(attempt)
      return
    }
    if (attempt.startAsked) return
    log.write({ kind: 'received', message: 'start', ...nameOf(message), ...attempt.about })
    attempt.startAsked = true
    attempt.startBy = Math.min(attempt.startBy, life.monotonicMs() + message.startWithinMs)
    // The offer never came, or came in an earlier life that did not answer it: what to do is not known.
    if (attempt.offer === undefined) this.#end(attempt, { status: 'not-started', code: 'unknown-attempt' })
    else if (isStale(message, message.startWithinMs, this.#deps))
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
    else if (attempt.phase === 'accepted') this.#start(attempt)
  }

  #start(attempt: Attempt) {
    const { life, behaviour } = this.#deps
    const waitMs = behaviour.slow?.beginMs ?? 0
    if (waitMs === 0) this.#beginInTime(attempt)
    else life.after(waitMs, () => this.#beginInTime(attempt))
  }

  #beginInTime(attempt: Attempt) {
    if (attempt.phase !== 'accepted') return
    if (this.#deps.life.monotonicMs() > attempt.startBy) {
      this.#end(attempt, { status: 'not-started', code: 'too-late' })
      return
    }
    this.#deps.acting.begin(attempt)
    this.#deps.busyChanged()
  }

  /** Nobody said start in time: it is free again, and says so. */
  #lapse(attempt: Attempt) {
    if (attempt.phase === 'accepted' && !attempt.startAsked)
      this.#end(attempt, { status: 'not-started', code: 'no-start' })
  }

  #onCancel(message: Cancel) {
    const { attempts, reporting, log, acting } = this.#deps
    const attempt = attempts.find(message) ?? attempts.remember(message)
    if (isFinal(attempt.last)) {
      reporting.repeat(attempt)
      return
    }
    log.write({ kind: 'received', message: 'cancel', ...nameOf(message), ...attempt.about })
    const code = codeOf(message.reason)
    acting.stop(attempt, { outcome: 'cancelled', code, ...apologyOf(message) })
    if (!isFinal(attempt.last)) this.#end(attempt, { status: 'cancelled', code })
  }

  #occupy(attempt: Attempt | undefined) {
    this.#current = attempt
    this.#deps.busyChanged()
  }

  #end(attempt: Attempt, report: ReportBody) {
    attempt.phase = 'ended'
    if (this.#current === attempt) this.#occupy(undefined)
    this.#deps.reporting.report(attempt, report)
  }
}

const settle = ({ attempts, log, reporting }: Deps) => {
  for (const attempt of attempts.all()) {
    if (attempt.phase === 'begun') {
      attempt.phase = 'ended'
      log.write({ kind: 'finished', ...nameOf(attempt), outcome: 'failed' })
      reporting.report(attempt, { status: 'failed', code: 'interrupted' })
    } else if (attempt.phase === 'accepted') {
      attempt.phase = 'ended'
      reporting.report(attempt, { status: 'not-started', code: 'restarted' })
    } else if (attempt.phase === 'ended' && attempt.last !== undefined && !attempt.heard)
      reporting.report(attempt, attempt.last)
  }
}

/** Only for a device that keeps time: a message that lay somewhere on its way is too old, by the device's own clock. */
const isStale = (message: { sentAt: number }, withinMs: number, { behaviour, life }: Deps) =>
  behaviour.keepsTime && life.now() + behaviour.skewMs - message.sentAt > withinMs

const parseMessage = (payload: string): TaskMessage | undefined => {
  try {
    return TaskMessage.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}

/** A cancel's reason is free text; a report's code is not. */
const codeOf = (reason: string) => (/^[a-z0-9][a-z0-9-]*$/.test(reason) ? reason : 'cancelled')

const apologyOf = ({ onCancel }: Cancel): { apology?: readonly Words[] } => {
  if (onCancel?.capability !== 'announce') return {}
  const command = capabilities.announce.command.safeParse(onCancel.command)
  return command.success ? { apology: command.data.words } : {}
}
