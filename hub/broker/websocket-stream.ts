/**
 * A WebSocket as the stream of bytes that MQTT is: read no faster than it is taken, written no faster than the other
 * side reads. Frames are no packets: several may come in one, or one in several [MQTT-6.0.0-2].
 */
import { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { Clock } from '../engine/hub-time.ts'
import type { FrameViolation } from './frame-guard.ts'
import type { BrokerLimits } from './limits.ts'

export interface WebSocketStreamParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  onViolation(violation: FrameViolation): void
}

/** What it may hold before it is taken: as a socket does. */
const heldBytes = 65_536
/** A packet may come in some frames, not in one for each of its bytes. */
const framesPerPacket = 8
const normalClosure = 1_000

/** Of what `ws` finds wrong, these are about size. */
const tooLarge: ReadonlySet<string | undefined> = new Set([
  'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
  'WS_ERR_TOO_MANY_BUFFERED_PARTS',
])

const bytesOf = (data: RawData): Buffer => {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

export class WebSocketStream extends Duplex {
  readonly #socket: WebSocket
  readonly #parts: WebSocketStreamParts
  #resting = false
  /** Until when the frames that came would have taken, had they come as slowly as they may. */
  #framesUntilMs = Number.NEGATIVE_INFINITY

  constructor(socket: WebSocket, parts: WebSocketStreamParts) {
    super({ allowHalfOpen: false, readableHighWaterMark: heldBytes })
    this.#socket = socket
    this.#parts = parts
    socket.on('message', (data, isBinary) => this.#take(data, isBinary))
    for (const control of ['ping', 'pong'] as const) socket.on(control, () => this.#rest())
    socket.on('close', () => this.push(null))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code?.startsWith('WS_ERR_') === true)
        this.violate(tooLarge.has(error.code) ? 'packet.too-large' : 'packet.malformed')
      else this.destroy()
    })
  }

  violate(violation: FrameViolation) {
    if (this.destroyed) return
    this.#parts.onViolation(violation)
    this.destroy()
  }

  #take(data: RawData, isBinary: boolean) {
    if (this.destroyed) return
    // [MQTT-6.0.0-1]
    if (!isBinary) {
      this.violate('packet.malformed')
      return
    }
    if (!this.push(bytesOf(data))) this.#socket.pause()
    this.#rest()
  }

  /** Many small frames take more time than many bytes: above the limit the connection is read more slowly. */
  #rest() {
    const { limits, clock } = this.#parts
    const now = clock.monotonicMs()
    const frameMs = 1_000 / (limits.packetsPerSecond * framesPerPacket)
    const atOnceMs = frameMs * limits.packetsBurst * framesPerPacket
    this.#framesUntilMs = Math.max(this.#framesUntilMs, now - atOnceMs) + frameMs
    if (this.#framesUntilMs <= now || this.#resting) return
    this.#resting = true
    this.#socket.pause()
    this.#wakeLater()
  }

  /** What was received already goes on coming while it rests, and counts as well. */
  #wakeLater() {
    const { clock } = this.#parts
    clock.after(Math.max(1, this.#framesUntilMs - clock.monotonicMs()), () => {
      if (this.destroyed) return
      if (this.#framesUntilMs > clock.monotonicMs()) {
        this.#wakeLater()
        return
      }
      this.#resting = false
      this._read()
    })
  }

  override _read() {
    if (this.#resting || this.readableLength >= heldBytes) return
    if (this.#socket.isPaused) this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.#socket.send(chunk, { binary: true }, done)
  }

  /** What was written in one go goes out as one frame. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done)
  }

  override _final(done: () => void) {
    this.#socket.close(normalClosure)
    done()
  }

  override _destroy(_error: Error | null, done: () => void) {
    this.#socket.close(normalClosure)
    this.#socket.terminate()
    done()
  }
}
