/**
 * One WebSocket between branch and desk: messages of bounded size and pace, and the certainty of a moment ago that the other
 * side hears and answers. What goes wrong closes this line and no other.
 */
import type { RawData, WebSocket } from 'ws'
import { UsherError } from '#protocol/errors.ts'
import { createPace } from '../../desk/live/pace.ts'
import type { Clock } from '../../engine/hub-time.ts'
import { type Readable, readAs } from '../read-as.ts'

export interface LinkLimits {
  readonly bytesMax: number
  readonly perSecond: number
  readonly burst: number
  /** So often the other side is asked whether it hears. */
  readonly pingMs: number
  /** No answer for so long: there is no line. Less than the five seconds within which people have to know. */
  readonly silentMs: number
  /** What is not acknowledged is sent again. */
  readonly resendMs: number
  /** Between two attempts to reach the desk, at most. */
  readonly retryMaxMs: number
  readonly helloMs: number
}

export const linkLimits: LinkLimits = {
  bytesMax: 128 * 1_024,
  // A call begins with some dozens of signals; a new line with a row for each open call.
  perSecond: 200,
  burst: 3_000,
  pingMs: 1_000,
  silentMs: 3_500,
  resendMs: 2_000,
  retryMaxMs: 1_000,
  helloMs: 5_000,
}

/** More waits for a line that takes nothing. */
const bufferedMax = 8 * 1_024 * 1_024

export interface PipeParts {
  readonly clock: Clock
  readonly limits: LinkLimits
  /** @throws UsherError with which the line is closed. */
  readonly onMessage: (message: unknown) => void
  readonly onRefused: (code: string) => void
  readonly onClosed: () => void
}

export interface Pipe {
  send(message: object): void
  /** From now on the other side has to answer. */
  watch(): void
  onPing(n: number): void
  onPong(): void
  /** Moment of the last answer, monotonic. */
  heardAt(): number
  refuse(code: string): void
  close(): void
}

const textOf = (data: RawData): string =>
  (Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data
  ).toString()

class SocketPipe implements Pipe {
  readonly #socket: WebSocket
  readonly #parts: PipeParts
  readonly #pace
  #heardAt: number
  #pings = 0
  #callOffPing: (() => void) | undefined
  #closed = false

  constructor(socket: WebSocket, parts: PipeParts) {
    this.#socket = socket
    this.#parts = parts
    this.#pace = createPace(parts.limits)
    this.#heardAt = parts.clock.monotonicMs()
  }

  listen(): this {
    this.#socket.on('message', (data, isBinary) => this.#hear(data, isBinary))
    this.#socket.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') this.#parts.onRefused('link.too-large')
      else if (error.code?.startsWith('WS_ERR_') === true) this.#parts.onRefused('link.message')
      this.close()
    })
    this.#socket.on('close', () => this.#end())
    return this
  }

  send(message: object): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > bufferedMax) return this.close()
    this.#socket.send(JSON.stringify(message))
  }

  watch(): void {
    this.#heardAt = this.#parts.clock.monotonicMs()
    this.#ping()
  }

  onPing(n: number): void {
    this.send({ kind: 'pong', n })
  }

  onPong(): void {
    this.#heardAt = this.#parts.clock.monotonicMs()
  }

  heardAt(): number {
    return this.#heardAt
  }

  refuse(code: string): void {
    this.#parts.onRefused(code)
    this.send({ kind: 'refused', code })
    this.#end()
    this.#socket.close(4_000, code)
    // Whoever does not take the goodbye goes without one.
    this.#parts.clock.after(this.#parts.limits.pingMs, () => this.#socket.terminate())
  }

  close(): void {
    this.#end()
    this.#socket.terminate()
  }

  #ping() {
    const { clock, limits } = this.#parts
    if (clock.monotonicMs() - this.#heardAt >= limits.silentMs) return this.close()
    this.#pings += 1
    this.send({ kind: 'ping', n: this.#pings })
    this.#callOffPing = clock.after(limits.pingMs, () => this.#ping())
  }

  #end() {
    if (this.#closed) return
    this.#closed = true
    this.#callOffPing?.()
    this.#parts.onClosed()
  }

  #hear(data: RawData, isBinary: boolean) {
    if (this.#closed) return
    try {
      if (this.#pace.take(this.#parts.clock.monotonicMs(), 1) > 0) throw new UsherError('link.too-fast')
      if (isBinary) throw new UsherError('link.message')
      this.#parts.onMessage(parse(textOf(data)))
    } catch (error) {
      if (!(error instanceof UsherError)) throw error
      this.refuse(error.code)
    }
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsherError('link.message')
  }
}

/** @throws UsherError `link.message` */
export const readMessage = <T>(schema: Readable<T>, given: unknown): T =>
  readAs(schema, given, 'link.message')

export const openPipe = (socket: WebSocket, parts: PipeParts): Pipe => new SocketPipe(socket, parts).listen()
