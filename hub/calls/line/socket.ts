/** The socket of a page in a call: what it may say, bounded in size and rate, and what it is told. */
import { randomUUID } from 'node:crypto'
import type { DefaultEventsMap, ExtendedError, Server, ServerOptions, Socket } from 'socket.io'
import {
  type CallFromHub,
  type CallFromPage,
  type CallOver,
  callLine,
  Shown,
  SignalTo,
} from '#protocol/calls/signalling.ts'
import { deskErrorText } from '#protocol/desk/errors.ts'
import { UsherError } from '#protocol/errors.ts'
import { readTongueCookie } from '../../desk/cookies.ts'
import { failureOf } from '../../desk/failures.ts'
import type { Pace } from '../../desk/live/pace.ts'
import { tongueFor } from '../../desk/tongue.ts'
import { readAs } from '../read-as.ts'
import { checkBrowse } from './browse.ts'
import type { LineLimits } from './side.ts'

export type CallServer = Server<CallFromPage, CallFromHub, DefaultEventsMap, unknown>
export type CallSocket = Socket<CallFromPage, CallFromHub, DefaultEventsMap, unknown>

export const socketSettings: Partial<ServerOptions> = {
  path: callLine,
  serveClient: false,
  transports: ['websocket'],
  // Some times the largest message there is, so that one that is too large is answered rather than cut off.
  maxHttpBufferSize: 256 * 1024,
  perMessageDeflate: false,
  httpCompression: false,
  connectTimeout: 5_000,
  // A page that went out of reach is noticed within seven seconds.
  pingInterval: 3_000,
  pingTimeout: 4_000,
}

export const over = (socket: CallSocket, why: CallOver['why']): void => {
  socket.emit('over', { why })
  socket.disconnect(true)
}

export type OnBug = (error: unknown, request: string) => void

/** @returns what a page is told; what is our own fault is told to the log. */
export const refusalFor = ({ handshake: { headers } }: CallSocket, error: unknown, onBug: OnBug) => {
  const { code, isBug } = failureOf(error)
  if (isBug) onBug(error, randomUUID())
  const tongue = tongueFor({
    cookie: readTongueCookie(headers.cookie),
    acceptLanguage: headers['accept-language'],
  })
  return { code, text: deskErrorText(code, tongue) }
}

/** Of a page that is not let in. */
export const refusalOf = (told: ReturnType<typeof refusalFor>): ExtendedError =>
  Object.assign(new Error(told.code), { data: told })

export interface HearingParts {
  readonly limits: LineLimits
  readonly pace: Pace
  readonly browsePace: Pace
  readonly nowMs: () => number
  readonly onSignal: (signal: SignalTo) => void
  readonly onShown: (shown: Shown) => void
  /** As it came. @throws UsherError why it is not passed on */
  readonly onBrowse: (given: unknown) => void
  /** @returns once it is on record */
  readonly onHangUp: () => Promise<unknown>
  /** It has been told so. */
  readonly onHungUp: () => void
  readonly onRefused: (code: string) => void
  readonly onBug: OnBug
}

const bytesOf = (given: unknown): number => {
  try {
    return JSON.stringify(given)?.length ?? 0
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

class Hearing {
  readonly #socket: CallSocket
  readonly #parts: HearingParts
  #refused = 0

  constructor(socket: CallSocket, parts: HearingParts) {
    this.#socket = socket
    this.#parts = parts
  }

  listen() {
    this.#socket.onAny((event: string, ...args: unknown[]) => {
      try {
        if (event === 'browse') this.#checkBrowse(args[0])
        else this.#checkPace(args[0])
        this.#take(event, args)
        this.#refused = 0
      } catch (error) {
        this.#refuse(error)
      }
    })
  }

  #checkPace(given: unknown) {
    const { limits, pace, nowMs } = this.#parts
    const cost = Math.min(limits.burst, 1 + Math.floor(bytesOf(given) / limits.bytesPerMessage))
    if (pace.take(nowMs(), cost) > 0) throw new UsherError('call.too-fast')
  }

  #checkBrowse(given: unknown) {
    const { limits, browsePace: pace, nowMs } = this.#parts
    checkBrowse({ bytes: bytesOf(given), pace, limits, nowMs: nowMs() })
  }

  #take(event: string, args: readonly unknown[]) {
    if (event === 'signal') return this.#parts.onSignal(readAs(SignalTo, args[0], 'call.signal'))
    if (event === 'shown') return this.#parts.onShown(readAs(Shown, args[0], 'call.signal'))
    if (event === 'browse') return this.#parts.onBrowse(args[0])
    if (event !== 'hang-up') throw new UsherError('call.signal')
    const reply = args.at(-1)
    this.#parts.onHangUp().then(
      () => {
        if (typeof reply === 'function') (reply as () => void)()
        this.#parts.onHungUp()
      },
      (error: unknown) => this.#refuse(error),
    )
  }

  #refuse(error: unknown) {
    const refused = refusalFor(this.#socket, error, this.#parts.onBug)
    this.#parts.onRefused(refused.code)
    this.#refused += 1
    if (this.#refused > this.#parts.limits.refusedMax) return void this.#socket.disconnect(true)
    this.#socket.emit('refused', refused)
  }
}

export const hear = (socket: CallSocket, parts: HearingParts): void => new Hearing(socket, parts).listen()
