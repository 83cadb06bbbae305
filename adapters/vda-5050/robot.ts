/**
 * One robot as the adapter knows it: whether it is there, what it last said, what it is told. It also looks after what
 * nobody else would: orders left over from an earlier life are cancelled, and a stop of all movement pauses it.
 */
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { conditionOf } from './condition.ts'
import type { RobotConfig, Vda5050Config } from './config.ts'
import { createHeaders, type Dialect, type Inbound, topicOf } from './wire/dialect.ts'
import { isNewer } from './wire/freshness.ts'
import { type Announced, type Link, readFactsheet, readLink } from './wire/link.ts'
import { instantMessage, orderMessage, type Stop } from './wire/order.ts'
import { isUnderWay, type RobotState, readState } from './wire/robot-state.ts'

export interface RobotParts {
  readonly config: RobotConfig
  readonly fleet: Vda5050Config
  readonly dialect: Dialect
  readonly handle: DeviceHandle
  readonly clock: Clock
  readonly log: Log
  readonly newId: () => string
  /** @returns false when the line is down. */
  readonly send: (topic: string, message: object) => boolean
  readonly onFactsheet: (announced: readonly Announced[] | undefined) => void
}

export const absences = [
  'fleet-broker-unreachable',
  'fleet-broker-refuses',
  'robot-offline',
  'robot-connection-lost',
  'robot-silent',
] as const
export type Absence = (typeof absences)[number]

/** Ids of instant actions that are remembered, to tell them from those of orders. */
const instantMax = 64
const pauseAgainMs = 2_000
/** A pause that was asked for may still come for so long; one that comes later is somebody else's. */
const pauseComesWithinMs = 10_000
/** What a robot sent before its broker held it for gone has arrived after so long. */
const underWayMs = 2_000

export class Robot {
  readonly parts: RobotParts
  readonly #headers: ReturnType<typeof createHeaders>
  readonly #watchers = new Set<() => void>()
  readonly #instant = new Set<string>()
  #line: 'up' | 'unreachable' | 'refused' = 'unreachable'
  #link: Link | undefined
  #state: RobotState | undefined
  #stamp: { headerId: number; sentAt: number | undefined } | undefined
  #order: string | undefined
  #isSilent = false
  #heldForGoneAt = Number.NEGATIVE_INFINITY
  /** What it was asked since its broker held it for gone: who answers is there. */
  readonly #askedInVain = new Set<string>()
  #isGone = true
  #isClosed = false
  #endSilence: () => void = () => {}
  #endGrace: (() => void) | undefined
  #isToBePaused = false
  #pausedByUs = false
  #pause: { readonly actionId: string | undefined; readonly askedAt: number } | undefined
  #pauseAskedAt = Number.NEGATIVE_INFINITY
  #leftoverAt = Number.NEGATIVE_INFINITY
  #unlisten: () => void = () => {}
  #told: Absence | undefined
  #bad = 0

  constructor(parts: RobotParts) {
    this.parts = parts
    this.#headers = createHeaders(parts.dialect, () => parts.clock.now())
  }

  start() {
    this.#tellAbsence()
    this.#unlisten = this.parts.handle.onConfig(({ movement }) => {
      this.#isToBePaused = movement === 'stopped'
      this.#pauseAskedAt = Number.NEGATIVE_INFINITY
      this.#pauseOrGoOn()
    })
  }

  close() {
    this.#isClosed = true
    this.#unlisten()
    this.#endSilence()
    this.#endGrace?.()
    this.#changed()
  }

  isClosed = () => this.#isClosed

  /** The newest that it said; undefined while it is away. */
  state = (): RobotState | undefined => (this.absence() === undefined ? this.#state : undefined)

  absence(): Absence | undefined {
    if (this.#line !== 'up')
      return this.#line === 'refused' ? 'fleet-broker-refuses' : 'fleet-broker-unreachable'
    if (this.#link === 'broken') return 'robot-connection-lost'
    if (this.#link === 'offline' || (this.#link === undefined && this.#state === undefined))
      return 'robot-offline'
    return this.#isSilent || this.#state === undefined ? 'robot-silent' : undefined
  }

  /** It said that it is there and how it is, or its broker said that it is not. */
  isAccountedFor = () => this.#link === 'offline' || this.#link === 'broken' || this.absence() === undefined

  /** Away for longer than an order survives. */
  isGone = () => this.#isGone

  /** An order that is neither of the task in hand nor over. */
  strangeOrder(): string | undefined {
    const state = this.state()
    if (state === undefined || state.orderId === this.#order) return undefined
    return isUnderWay(state, this.#instant) ? state.orderId : undefined
  }

  isHeld = () => this.#order !== undefined

  /** @returns ends the watching. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** While an order is in hand, it is not a leftover. */
  hold(orderId: string | undefined) {
    this.#order = orderId
  }

  newOrderId = () => `${this.#prefix()}${this.parts.newId()}`

  /** @returns the header id; undefined: nothing was sent. */
  sendOrder(orderId: string, stops: readonly Stop[]): number | undefined {
    const { dialect, send } = this.parts
    const message = orderMessage(dialect, this.#headers('order'), { orderId, stops })
    return send(topicOf(dialect, 'order'), message) ? message.headerId : undefined
  }

  /** @returns the action's id; undefined: nothing was sent. */
  sendInstant(
    actionType: string,
    parameters: Readonly<Record<string, string | number | boolean>> = {},
  ): string | undefined {
    const { dialect, send, newId } = this.parts
    const actionId = newId()
    this.#instant.add(actionId)
    const [oldest] = this.#instant
    if (this.#instant.size > instantMax && oldest !== undefined) this.#instant.delete(oldest)
    const action = { actionId, actionType, parameters }
    const message = instantMessage(dialect, this.#headers('instantActions'), action)
    return send(topicOf(dialect, 'instantActions'), message) ? actionId : undefined
  }

  onLine(state: 'up' | 'unreachable' | 'refused') {
    this.#line = state
    // Whether it is still there is told by the broker anew.
    if (state !== 'up') {
      this.#link = undefined
      this.#state = undefined
    } else this.#ask()
    this.#changed()
  }

  hear(leaf: Inbound, body: unknown, isRetained: boolean) {
    if (leaf === 'connection') this.#onConnection(body)
    else if (leaf === 'factsheet') this.parts.onFactsheet(readFactsheet(body))
    // A state that a broker kept tells of the past.
    else if (!isRetained) this.#onState(body)
  }

  #onConnection(body: unknown) {
    const link = readLink(body)
    if (link === undefined) return this.#odd('connection')
    const isBack = link === 'online' && this.#link !== 'online'
    this.#link = link
    // It may be started anew, and counts from the beginning then.
    if (isBack || link === 'broken') this.#stamp = undefined
    if (link !== 'online') this.#state = undefined
    this.#askedInVain.clear()
    if (link === 'online') this.#listenForSilence()
    if (isBack) this.#ask()
    if (link === 'broken') {
      this.#heldForGoneAt = this.parts.clock.now()
      this.#askWhetherThere()
    }
    this.#changed()
  }

  #onState(body: unknown) {
    const state = readState(body)
    if (state === undefined) return this.#odd('state')
    if (!isNewer(state, this.#stamp, this.parts.config.quirks.headerIds)) return
    this.#stamp = { headerId: state.headerId, sentAt: state.sentAt }
    if (this.#link === 'offline') return
    if (this.#link === 'broken') {
      if (!this.#isThereAfterAll(state)) return this.#askWhetherThere()
      this.#link = 'online'
      this.#ask()
    }
    this.#state = state
    this.#isSilent = false
    this.#listenForSilence()
    this.#changed()
    this.parts.handle.state(
      conditionOf(this.parts.fleet, state, { isForeign: this.strangeOrder() !== undefined }),
    )
    this.#cancelLeftover()
    this.#pauseOrGoOn()
  }

  /**
   * A broken connection is its broker's word, not its own, and there are robots that say ONLINE only once in their life
   * and not when they have connected again. What it sent before its broker noticed that it was gone does not count.
   */
  #isThereAfterAll({ actions }: RobotState) {
    if (this.parts.clock.now() - this.#heldForGoneAt >= underWayMs) return true
    return [...this.#askedInVain].some((actionId) => actions.has(actionId))
  }

  #askWhetherThere() {
    const actionId = this.sendInstant('stateRequest')
    if (actionId !== undefined) this.#askedInVain.add(actionId)
  }

  /** What is known of it is old: it is asked to say everything. */
  #ask() {
    if (this.#link === 'offline' || this.#link === 'broken') return
    this.sendInstant('stateRequest')
    this.sendInstant('factsheetRequest')
  }

  #listenForSilence() {
    const { clock, fleet } = this.parts
    this.#endSilence()
    this.#endSilence = clock.after(fleet.silentAfterMs, () => {
      this.#isSilent = true
      this.#changed()
    })
  }

  #changed() {
    this.#tellAbsence()
    for (const watcher of this.#watchers) watcher()
  }

  #tellAbsence() {
    const absence = this.absence()
    if (absence !== this.#told) this.parts.handle.fault(absence)
    this.#told = absence
    if (absence === undefined) {
      this.#endGrace?.()
      this.#endGrace = undefined
      this.#isGone = false
    } else if (absence === 'robot-silent' && this.#isSilent) this.#isGone = true
    else if (!this.#isGone && !this.#isClosed)
      this.#endGrace ??= this.parts.clock.after(this.parts.fleet.goneAfterMs, () => {
        this.#isGone = true
        for (const watcher of this.#watchers) watcher()
      })
  }

  #prefix = () => `usher-${this.parts.config.device}-`

  /** Its adapter was restarted, or gave the robot up: the order is nobody's any more. */
  #cancelLeftover() {
    const { clock, fleet, log, config } = this.parts
    const strange = this.strangeOrder()
    if (strange === undefined || !strange.startsWith(this.#prefix())) return
    if (clock.now() - this.#leftoverAt < fleet.sendAgainMs) return
    this.#leftoverAt = clock.now()
    log.warn('an order that is nobody’s any more is cancelled', { device: config.device, order: strange })
    this.sendInstant('cancelOrder')
  }

  #pauseOrGoOn() {
    const state = this.state()
    if (state === undefined) return
    const { clock } = this.parts
    if (!this.#isToBePaused && !state.isPaused && !this.#isPauseComing(state)) this.#pausedByUs = false
    // Somebody else paused it: only they know whether it may go on.
    const isDue = this.#isToBePaused ? !state.isPaused : state.isPaused && this.#pausedByUs
    if (!isDue || clock.now() - this.#pauseAskedAt < pauseAgainMs) return
    this.#pauseAskedAt = clock.now()
    if (!this.#isToBePaused) {
      this.#pause = undefined
      this.sendInstant('stopPause')
      return
    }
    this.#pausedByUs = true
    this.#pause = { actionId: this.sendInstant('startPause'), askedAt: clock.now() }
  }

  /** Allowed again so soon that the pause itself was not seen yet: it would stand there for ever. */
  #isPauseComing({ actions }: RobotState) {
    if (this.#pause === undefined) return false
    const { actionId = '', askedAt } = this.#pause
    const status = actions.get(actionId)?.status
    if (status === 'FINISHED' || status === 'FAILED') return false
    return this.parts.clock.now() - askedAt < pauseComesWithinMs
  }

  #odd(leaf: string) {
    this.#bad += 1
    if (this.#bad === 1 || this.#bad % 1_000 === 0)
      this.parts.log.warn('a robot sends what does not fit', {
        device: this.parts.config.device,
        topic: leaf,
        times: this.#bad,
      })
  }
}
