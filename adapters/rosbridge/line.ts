/**
 * The line to rosbridge: two connections. A server with its default settings reads nothing more from a connection on
 * which a goal was sent until that goal is over, so goals have one of their own, and everything else, a cancel above all,
 * goes over the other. Both are dialled again until the time of grace is over.
 */
import { DeviceUnauthorised, DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import { createGrace, type Grace } from '../shared/grace.ts'
import { parsedJson } from '../shared/json.ts'
import { monotonic } from '../shared/monotonic.ts'
import { openTextSocket, type TextSocket } from '../shared/text-socket.ts'
import { createFragments } from './wire/fragments.ts'
import { type Heard, messageCharsMax, readHeard } from './wire/protocol.ts'

export const odds = {
  'not-rosbridge': 'A message of the robot is not JSON, or not of the rosbridge protocol.',
  'too-large': 'A message of the robot is larger than anything that was asked for.',
  compressed: 'The robot sends compressed messages that were not asked for.',
  'unknown-op': 'The robot sends messages that this adapter does not know.',
  'bad-fragment': 'A message in pieces cannot be put together.',
  'bad-message': 'A ROS message is not of its type.',
  'server-complains': 'The server complains about what it was told.',
} as const
export type OddCode = keyof typeof odds

export interface BridgeLineParts {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly answerMs: number
  readonly graceMs: number
  readonly quietMs: number
  readonly aliveService: string
  readonly clock: Clock
  /** Said first on every connection: what is listened to, and what will be published. */
  readonly opening: readonly object[]
  readonly onMessage: (message: Exclude<Heard, { op: 'fragment' | 'service_response' }>) => void
  readonly onOdd: (code: OddCode) => void
  /** Told once when it is out of reach, and once when it is back within the time of grace. */
  readonly onReach: (within: boolean) => void
  /** What was sent as a goal before has no one any more who tells of it. */
  readonly onGoalsCut: () => void
}

export interface BridgeLine {
  /** Settles when the robot is out of reach for too long. */
  readonly lost: Promise<unknown>
  isUp(): boolean
  /** @returns false when the line is down; nothing was sent then. */
  sendGoal(message: object): boolean
  /** Told to the same connection as the goal. */
  tellGoal(message: object): void
  /** @returns false when the line is down. */
  publish(topic: string, message: object): boolean
  /** @returns `ok: false` when the server could not call it. @throws DeviceUnreachable */
  call(service: string, args: object): Promise<ServiceAnswer>
  /** The connection of goals may be blocked for good: it is dialled anew. */
  renewGoals(): Promise<void>
  close(): Promise<void>
}

export interface ServiceAnswer {
  readonly ok: boolean
  readonly values: unknown
}

interface Waiting {
  readonly resolve: (answer: ServiceAnswer) => void
  readonly reject: (error: unknown) => void
}

const redialMs = 250

/** @throws DeviceUnreachable, DeviceUnauthorised */
export const openBridgeLine = async (parts: BridgeLineParts): Promise<BridgeLine> => {
  const line = new TwofoldLine(parts)
  try {
    await line.dial()
    return line
  } catch (error) {
    await line.close()
    throw error
  }
}

class TwofoldLine implements BridgeLine {
  readonly lost: Promise<unknown>
  readonly #parts: BridgeLineParts
  readonly #grace: Grace
  readonly #waiting = new Map<string, Waiting>()
  #fragments = createFragments()
  #control: TextSocket | undefined
  #goals: TextSocket | undefined
  #isUp = false
  #wasUp = false
  #closed = false
  #count = 0
  #heardAtMs = 0
  #cancelRedial: () => void = () => {}
  #cancelLook: () => void = () => {}

  constructor(parts: BridgeLineParts) {
    this.#parts = parts
    this.#grace = createGrace(parts)
    this.lost = this.#grace.lost
  }

  isUp = () => this.#isUp

  async dial(): Promise<void> {
    this.#control = await this.#open()
    this.#goals = await this.#open()
    const asked = this.#ask(this.#parts.aliveService, {})
    for (const message of this.#parts.opening) this.#control.send(JSON.stringify(message))
    await asked
    this.#isUp = true
    this.#wasUp = true
    this.#grace.heard()
    this.#lookLater()
  }

  sendGoal(message: object) {
    if (!this.#isUp || this.#goals === undefined) return false
    this.#goals.send(JSON.stringify(message))
    return true
  }

  tellGoal(message: object) {
    this.#goals?.send(JSON.stringify(message))
  }

  publish(topic: string, msg: object) {
    if (!this.#isUp || this.#control === undefined) return false
    this.#control.send(JSON.stringify({ op: 'publish', topic, msg }))
    return true
  }

  call(service: string, args: object): Promise<ServiceAnswer> {
    if (!this.#isUp)
      return Promise.reject(new DeviceUnreachable('The robot is out of reach.', { begun: false }))
    return this.#ask(service, args)
  }

  async renewGoals() {
    this.#goals?.close()
    this.#goals = undefined
    this.#parts.onGoalsCut()
    try {
      const socket = await this.#open()
      if (this.#isUp && this.#goals === undefined) this.#goals = socket
      else socket.close()
    } catch {
      this.#drop()
    }
  }

  close = (): Promise<void> => {
    this.#closed = true
    this.#grace.end()
    this.#cancelRedial()
    this.#hangUp()
    return Promise.resolve()
  }

  #open() {
    const { url, headers, answerMs: openWithinMs, clock } = this.#parts
    return openTextSocket({
      url,
      headers,
      openWithinMs,
      clock,
      onMessage: (_, data) => this.#onText(data),
      onGone: (socket) => {
        if (socket === this.#control || socket === this.#goals) this.#drop()
      },
    })
  }

  #ask(service: string, args: object): Promise<ServiceAnswer> {
    this.#count += 1
    const id = `usher:${this.#count}`
    return new Promise((resolve, reject) => {
      const cancel = this.#parts.clock.after(this.#parts.answerMs, () => {
        this.#waiting.delete(id)
        reject(new DeviceUnreachable('The server does not answer.'))
      })
      this.#waiting.set(id, {
        resolve(answer) {
          cancel()
          resolve(answer)
        },
        reject(error) {
          cancel()
          reject(error)
        },
      })
      this.#control?.send(JSON.stringify({ op: 'call_service', id, service, args }))
    })
  }

  #onText(data: unknown) {
    this.#heardAtMs = monotonic(this.#parts.clock)
    const { onOdd } = this.#parts
    // Bytes are CBOR or BSON.
    if (typeof data !== 'string') return onOdd('compressed')
    if (data.length > messageCharsMax) return onOdd('too-large')
    this.#onHeard(readHeard(parsedJson(data)))
  }

  #onHeard(heard: ReturnType<typeof readHeard>) {
    const { onOdd, onMessage } = this.#parts
    if (typeof heard === 'string') return onOdd(heard)
    if (heard.op === 'fragment') return this.#onFragment(heard)
    if (heard.op !== 'service_response') return onMessage(heard)
    const waiting = this.#waiting.get(heard.id ?? '')
    this.#waiting.delete(heard.id ?? '')
    waiting?.resolve({ ok: heard.result, values: heard.values })
  }

  #onFragment(fragment: Extract<Heard, { op: 'fragment' }>) {
    const taken = this.#fragments.take(fragment)
    if (taken === 'bad') return this.#parts.onOdd('bad-fragment')
    if (taken === undefined) return
    const heard = readHeard(parsedJson(taken.whole))
    // Pieces of pieces are nobody's message.
    if (typeof heard === 'object' && heard.op === 'fragment') this.#parts.onOdd('bad-fragment')
    else this.#onHeard(heard)
  }

  /** No answer, no FIN: Wi-Fi went away. The sockets would stay open for minutes. */
  #lookLater() {
    const { clock, quietMs, aliveService } = this.#parts
    this.#cancelLook()
    this.#cancelLook = clock.after(quietMs, () => {
      if (monotonic(clock) - this.#heardAtMs < quietMs) this.#lookLater()
      else
        this.#ask(aliveService, {}).then(
          () => this.#lookLater(),
          () => this.#drop(),
        )
    })
  }

  #hangUp() {
    const sockets = [this.#control, this.#goals]
    this.#control = undefined
    this.#goals = undefined
    this.#isUp = false
    this.#fragments = createFragments()
    this.#cancelLook()
    for (const socket of sockets) socket?.close()
    for (const { reject } of this.#waiting.values())
      reject(new DeviceUnreachable('The line to the robot was cut.'))
    this.#waiting.clear()
  }

  #drop() {
    const wasUp = this.#isUp
    this.#hangUp()
    // The first dial reports its own failure; only a line that once stood is dialled again.
    if (this.#closed || !this.#wasUp) return
    if (wasUp) this.#parts.onGoalsCut()
    this.#grace.missed()
    this.#cancelRedial()
    this.#cancelRedial = this.#parts.clock.after(redialMs, () => void this.#redial())
  }

  async #redial() {
    if (this.#closed) return
    try {
      await this.dial()
      if (this.#closed) this.#hangUp()
    } catch (error) {
      if (error instanceof DeviceUnauthorised) this.#grace.give(error)
      else this.#drop()
    }
  }
}
