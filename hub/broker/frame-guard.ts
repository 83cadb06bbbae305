/**
 * Looks at the frame of every packet before aedes buffers its body: size, type and rate. aedes reads a connection by
 * calling `read`, so that is where the guard stands; what may not be handled yet is put back and read later.
 */
import type { Duplex } from 'node:stream'
import type { Clock } from '../engine/hub-time.ts'
import type { BrokerLimits } from './limits.ts'
import { type Bucket, createBucket } from './rates.ts'

export type FrameViolation = 'packet.malformed' | 'packet.too-large'

export interface FrameGuard {
  /** From now on packets are let through, at this rate; `onSlowed` whenever the next one has to wait for it. */
  signedIn(packetsPerSecond: number, onSlowed?: () => void): void
  /** The client said DISCONNECT. */
  readonly goodbye: boolean
}

export interface FrameGuardParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  onViolation(violation: FrameViolation): void
}

/** CONNECT, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, UNSUBSCRIBE, PINGREQ, DISCONNECT [MQTT-2.2.1]. */
const fromClient = new Set([1, 3, 4, 5, 6, 7, 8, 10, 12, 14])
const connectType = 1
const disconnectType = 14

/** Read in one go: well below what a socket buffers. */
const portionBytes = 16_384

/** Where the scan stands in the stream of bytes. */
interface Scan {
  bodyLeft: number
  inLength: boolean
  length: number
  digits: number
  goodbye: boolean
}

type Phase = 'connect' | 'waiting' | 'open'

/** One more digit of the remaining length [MQTT-2.2.3]. @returns false for a fifth digit. */
const takeLengthDigit = (scan: Scan, byte: number): boolean => {
  scan.length += (byte & 127) * 128 ** scan.digits
  scan.digits += 1
  if ((byte & 128) !== 0) return scan.digits < 4
  scan.inLength = false
  scan.bodyLeft = scan.length
  return true
}

class Guard implements FrameGuard {
  readonly #parts: FrameGuardParts
  readonly #scan: Scan = { bodyLeft: 0, inLength: false, length: 0, digits: 0, goodbye: false }
  #phase: Phase = 'connect'
  #bucket: Bucket | undefined
  #onSlowed: () => void = () => undefined

  constructor(parts: FrameGuardParts) {
    this.#parts = parts
  }

  get goodbye() {
    return this.#scan.goodbye
  }

  signedIn(packetsPerSecond: number, onSlowed: () => void = () => undefined) {
    const { limits, clock } = this.#parts
    this.#onSlowed = onSlowed
    const burst = Math.max(limits.packetsBurst, packetsPerSecond)
    this.#bucket = createBucket(
      packetsPerSecond,
      packetsPerSecond === limits.packetsPerSecond ? limits.packetsBurst : burst,
      () => clock.monotonicMs(),
    )
    this.#phase = 'open'
  }

  /** @returns how long to wait before reading on; 0: read now. Before the answer to CONNECT nothing is read. */
  pauseMs(): number {
    // Also the CONNECT itself may come in pieces.
    if (this.#scan.bodyLeft > 0 || this.#scan.inLength) return 0
    if (this.#phase === 'waiting') return Number.POSITIVE_INFINITY
    const waitMs = this.#bucket?.waitMs() ?? 0
    if (waitMs > 0) this.#onSlowed()
    return waitMs
  }

  #begin(byte: number): boolean {
    const type = byte >> 4
    if (!fromClient.has(type)) return false
    if ((type === connectType) !== (this.#phase === 'connect')) return false
    if (type === disconnectType) this.#scan.goodbye = true
    if (type === connectType) this.#phase = 'waiting'
    Object.assign(this.#scan, { inLength: true, length: 0, digits: 0 })
    return true
  }

  /** @returns how many bytes of the chunk may be handled now: they end with a whole packet or with the chunk. */
  admit(chunk: Buffer): number | FrameViolation {
    const { limits } = this.#parts
    const scan = this.#scan
    const bytesMax = this.#phase === 'connect' ? limits.connectBytesMax : limits.packetBytesMax
    let at = 0
    let packets = 0
    while (at < chunk.length) {
      if (scan.bodyLeft > 0) {
        const step = Math.min(scan.bodyLeft, chunk.length - at)
        scan.bodyLeft -= step
        at += step
        continue
      }
      const byte = chunk[at] ?? 0
      if (scan.inLength) {
        if (!takeLengthDigit(scan, byte)) return 'packet.malformed'
        if (scan.length + scan.digits + 1 > bytesMax) return 'packet.too-large'
      } else {
        if (this.#phase === 'waiting' || packets === limits.packetsPerRead) return at
        if (this.#phase === 'open' && this.#bucket?.take() === false) return at
        if (!this.#begin(byte)) return 'packet.malformed'
        packets += 1
      }
      at += 1
    }
    return at
  }
}

/** Puts the guard in front of a connection, before aedes gets it. */
export const guardFrames = (conn: Duplex, parts: FrameGuardParts): FrameGuard => {
  const guard = new Guard(parts)
  const readRaw = conn.read.bind(conn)
  // A stream that is emptied fetches more, although nearly all of it is put back in a moment: one that sends without
  // end would then grow without end, and be copied as a whole for each of its packets.
  const readPortion = () =>
    (conn.readableLength > portionBytes ? readRaw(portionBytes) : readRaw()) as unknown
  let waking = false
  const wakeLater = (waitMs: number) => {
    if (waking || !Number.isFinite(waitMs)) return
    waking = true
    parts.clock.after(waitMs, () => {
      waking = false
      if (!conn.destroyed) conn.emit('readable')
    })
  }
  conn.read = (size?: number) => {
    if (conn.destroyed) return null
    // Node asks for nothing to have the next bytes fetched; what would be returned there is thrown away.
    if (size === 0) return readRaw(0) as null
    const waitMs = guard.pauseMs()
    if (waitMs > 0) {
      wakeLater(waitMs)
      return null
    }
    const chunk = readPortion() as Buffer | null
    if (chunk === null) return null
    const admitted = guard.admit(chunk)
    if (typeof admitted !== 'number') {
      parts.onViolation(admitted)
      conn.destroy()
      return null
    }
    if (admitted === chunk.length) return chunk
    // Back into the stream, so that its end is not announced before what came ahead of it is handled.
    conn.unshift(chunk.subarray(admitted))
    if (admitted > 0) return chunk.subarray(0, admitted)
    wakeLater(guard.pauseMs())
    return null
  }
  return guard
}
