/** One robot that knows places by name: it goes, stands still and speaks, one at a time, and is looked at all the while. */
import { DeviceBusy, DeviceFault, DeviceUnauthorised, DeviceUnsupported, TaskStopped } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import { monotonic } from '../shared/monotonic.ts'
import { type BridgeEvent, StatusAnswer } from './bridge.ts'
import type { Dialect, Order, WayNews } from './dialects/dialect.ts'
import { createJourney, type Journey, type Verdict } from './journey.ts'
import { type OddCode, RefusedByApp, type RobotLine } from './lines/robot-line.ts'
import type { Standing } from './standing.ts'
import { createVoice, type Voice } from './voice.ts'

export interface RobotParts {
  readonly line: Pick<RobotLine, 'ask'>
  readonly dialect: Dialect
  readonly standing: Standing
  readonly clock: Clock
  readonly onOdd: (code: OddCode) => void
  readonly onGreeted: () => void
  readonly lookEveryMs: number
  readonly beginWithinMs: number
  readonly stuckMs: number
  readonly listenMs: number
}

export interface Going {
  readonly signal: AbortSignal
  readonly began: () => void
}

export interface Robot {
  readonly voice: Voice
  event(event: BridgeEvent): void
  /** Resolves when it stands there. @throws the signal's reason once it really stands still, or a DeviceError */
  go(place: string, order: Order, going: Going): Promise<void>
  order(order: Order): Promise<void>
  /** Told to stop; whether it heard is seen by whether it stands. */
  stop(): Promise<void>
  /** Looks once, at once. */
  look(): Promise<StatusAnswer | undefined>
  /** @returns once it was seen to stand, however long that takes. */
  standStill(): Promise<void>
  watch(): void
  end(): void
}

/** While something has to be seen soon, and while it is on its way. */
const hurriedMs = 200
const goingMs = 700
/** Told to stop again, until it stands. */
const stopAgainMs = 1_000
/** So many looks in a row: one that only calculates its way stands, too. */
const standsMin = 2

export const createRobot = (parts: RobotParts): Robot => new NamedRobot(parts)

interface Way {
  readonly journey: Journey
  readonly end: (verdict: Verdict) => void
}

class NamedRobot implements Robot {
  readonly voice: Voice
  readonly #parts: RobotParts
  #way: Way | undefined
  #cancelLook: () => void = () => {}
  #ended = false

  constructor(parts: RobotParts) {
    this.#parts = parts
    const { dialect, clock, listenMs } = parts
    this.voice = createVoice({ dialect, clock, listenMs, order: (order) => this.order(order) })
  }

  event(event: BridgeEvent) {
    const { dialect, standing, onOdd, onGreeted } = this.#parts
    const news = dialect.read(event)
    if (news === undefined) return
    if (news === 'bad') onOdd('bad-event')
    else if (news.kind === 'way') this.#onWay(news)
    else if (news.kind === 'voice' || news.kind === 'heard') this.voice.news(news)
    else if (news.kind === 'greeted') onGreeted()
    else standing.news(news)
  }

  async go(place: string, order: Order, { signal, began }: Going) {
    const { clock, standing, beginWithinMs, stuckMs } = this.#parts
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Verdict>()
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    promise.catch(() => {})
    const journey = createJourney({ to: place, orderedAtMs: monotonic(clock), beginWithinMs, stuckMs })
    this.#way = { journey, end: resolve }
    try {
      await this.order(order)
      began()
      this.#lookIn(0)
      const verdict = await promise
      standing.blocked(!verdict.arrived && verdict.code === 'blocked')
      if (!verdict.arrived) throw this.#faultOf(verdict.code)
    } catch (error) {
      if (signal.aborted) {
        // Nobody is there to be stopped where the robot itself is gone.
        if (!isLost(signal.reason)) await this.standStill()
        throw signal.reason
      }
      // It may still be trying; a robot that somebody took over or that goes home is left alone.
      if (error instanceof DeviceFault && error.code === 'blocked') await this.stop()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      this.#way = undefined
    }
  }

  async order({ command, data }: Order) {
    try {
      await this.#parts.line.ask(command, data)
    } catch (error) {
      throw error instanceof RefusedByApp ? errorFor(error) : error
    }
  }

  async look(): Promise<StatusAnswer | undefined> {
    const { line, clock, standing, onOdd } = this.#parts
    const askedAtMs = monotonic(clock)
    const answer = await line.ask('getStatus').catch(() => undefined)
    if (answer === undefined || this.#ended) return undefined
    const status = StatusAnswer.safeParse(answer)
    if (!status.success) {
      onOdd('not-json')
      return undefined
    }
    standing.look(status.data)
    const verdict = this.#way?.journey.look({ ...status.data, askedAtMs }, monotonic(clock))
    if (verdict !== undefined) this.#way?.end(verdict)
    return status.data
  }

  async standStill() {
    let stood = 0
    let toldAtMs = Number.NEGATIVE_INFINITY
    while (stood < standsMin && !this.#ended) {
      const nowMs = monotonic(this.#parts.clock)
      if (nowMs - toldAtMs >= stopAgainMs && stood === 0) {
        toldAtMs = nowMs
        await this.stop()
      }
      const status = await this.look()
      stood = status?.moving === false ? stood + 1 : 0
      if (stood < standsMin) await new Promise<void>((resolve) => this.#parts.clock.after(hurriedMs, resolve))
    }
  }

  watch() {
    this.#lookIn(this.#parts.lookEveryMs)
  }

  end() {
    this.#ended = true
    this.#cancelLook()
  }

  #onWay(news: WayNews) {
    const { standing, clock } = this.#parts
    if (this.#way === undefined) {
      standing.ownWay(news)
      return
    }
    standing.way(news)
    this.#way.journey.news(news, monotonic(clock))
    if (this.#way.journey.claims()) this.#lookIn(0)
  }

  async stop() {
    for (const order of this.#parts.dialect.stop()) await this.order(order).catch(() => {})
  }

  #lookIn(ms: number) {
    this.#cancelLook()
    if (this.#ended) return
    this.#cancelLook = this.#parts.clock.after(ms, () => {
      void this.look().then(() => this.#lookIn(this.#nextMs()))
    })
  }

  #nextMs() {
    const { lookEveryMs } = this.#parts
    if (this.#way === undefined) return lookEveryMs
    return Math.min(lookEveryMs, this.#way.journey.claims() ? hurriedMs : goingMs)
  }

  #faultOf(code: string) {
    const isLow = code === 'diverted' && this.#parts.standing.isLow()
    return new DeviceFault('The robot did not get there.', { code: isLow ? 'battery-low' : code })
  }
}

const isLost = (reason: unknown) => reason instanceof TaskStopped && reason.why === 'lost'

const errorFor = ({ code, message }: RefusedByApp) => {
  if (code === 'busy') return new DeviceBusy(message)
  if (code === 'unauthorised') return new DeviceUnauthorised(message)
  if (code === 'unknown-place' || code === 'unsupported') return new DeviceUnsupported(message)
  return new DeviceFault(message, { code: 'bridge-failed', begun: false })
}
