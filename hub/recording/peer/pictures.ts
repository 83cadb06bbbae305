/** Pictures out of RTP: VP8 (RFC 7741) and H.264 (RFC 6184), with what a file has to say of them. */
import type { VideoTrack } from '../webm/write.ts'
import { avcTrack, isParameterSet, nalTypes } from './h264.ts'
import type { Packet } from './reorder.ts'

export interface Picture {
  readonly timestamp: number
  readonly arrivedMs: number
  readonly isKey: boolean
  readonly data: Buffer
  /** Of a key picture: what its track is. */
  readonly track: VideoTrack | undefined
}

export type PictureCodec = 'VP8' | 'H264'

/** @returns the part of a VP8 frame in this packet, and whether it is the first. RFC 7741, 4.2 */
const vp8Part = (payload: Buffer): { readonly data: Buffer; readonly isStart: boolean } | undefined => {
  const first = payload[0] ?? 0
  let at = 1
  if ((first & 0x80) !== 0) {
    const more = payload[at] ?? 0
    at += 1
    if ((more & 0x80) !== 0) at += ((payload[at] ?? 0) & 0x80) !== 0 ? 2 : 1
    if ((more & 0x40) !== 0) at += 1
    if ((more & 0x30) !== 0) at += 1
  }
  if (at >= payload.length) return undefined
  return { data: payload.subarray(at), isStart: (first & 0x10) !== 0 && (first & 0x07) === 0 }
}

const vp8Track = (frame: Buffer): VideoTrack | undefined =>
  frame.length < 10
    ? undefined
    : {
        codec: 'V_VP8',
        width: frame.readUInt16LE(6) & 0x3fff,
        height: frame.readUInt16LE(8) & 0x3fff,
      }

/** One picture at a time; after a loss nothing until one that stands for itself. */
export class Pictures {
  readonly #codec: PictureCodec
  readonly #onPicture: (picture: Picture) => void
  readonly #onLoss: () => void
  #parts: Buffer[] = []
  #timestamp: number | undefined
  #isBroken = true
  /** Of the H.264 stream. */
  #sets: { sps: Buffer | undefined; pps: Buffer | undefined } = { sps: undefined, pps: undefined }

  constructor(codec: PictureCodec, onPicture: (picture: Picture) => void, onLoss: () => void) {
    this.#codec = codec
    this.#onPicture = onPicture
    this.#onLoss = onLoss
  }

  push(packet: Packet, isAfterLoss: boolean): void {
    if (isAfterLoss) {
      this.#break()
      this.#parts = []
    } else if (
      this.#timestamp !== undefined &&
      packet.timestamp !== this.#timestamp &&
      this.#parts.length > 0
    ) {
      // Its last packet is told by a mark; one that never came with it is not whole.
      this.#parts = []
      this.#break()
    }
    this.#timestamp = packet.timestamp
    this.#take(packet)
    if (!packet.isLast) return
    const parts = this.#parts
    this.#parts = []
    if (parts.length > 0) this.#end(parts, packet)
  }

  #break() {
    if (!this.#isBroken) this.#onLoss()
    this.#isBroken = true
  }

  #take({ payload }: Packet) {
    if (payload.length === 0) return
    if (this.#codec === 'H264') return this.#takeNals(payload)
    const part = vp8Part(payload)
    if (part === undefined) return
    // The middle of one whose beginning was lost.
    if (part.isStart === this.#parts.length > 0 && !part.isStart) return
    this.#parts.push(part.data)
  }

  #takeNals(payload: Buffer) {
    const type = (payload[0] ?? 0) & 0x1f
    if (type === nalTypes.stapA) {
      for (let at = 1; at + 2 < payload.length; ) {
        const size = payload.readUInt16BE(at)
        this.#parts.push(payload.subarray(at + 2, at + 2 + size))
        at += 2 + size
      }
    } else if (type === nalTypes.fuA) {
      const head = payload[1] ?? 0
      if ((head & 0x80) !== 0)
        this.#parts.push(
          Buffer.concat([Buffer.from([((payload[0] ?? 0) & 0xe0) | (head & 0x1f)]), payload.subarray(2)]),
        )
      else {
        const last = this.#parts.pop()
        if (last !== undefined) this.#parts.push(Buffer.concat([last, payload.subarray(2)]))
      }
    } else this.#parts.push(payload)
  }

  #end(parts: readonly Buffer[], { timestamp, arrivedMs }: Packet) {
    const made = this.#codec === 'H264' ? this.#madeOfNals(parts) : this.#madeOfVp8(parts)
    if (made === undefined) return
    if (made.isKey) this.#isBroken = false
    if (this.#isBroken) return
    this.#onPicture({ timestamp, arrivedMs, ...made })
  }

  #madeOfVp8(parts: readonly Buffer[]) {
    const data = Buffer.concat(parts)
    const isKey = ((data[0] ?? 1) & 0x01) === 0
    const track = isKey ? vp8Track(data) : undefined
    return isKey && track === undefined ? undefined : { isKey, data, track }
  }

  #madeOfNals(nals: readonly Buffer[]) {
    for (const nal of nals) {
      const type = (nal[0] ?? 0) & 0x1f
      if (type === nalTypes.sps) this.#sets.sps = Buffer.from(nal)
      else if (type === nalTypes.pps) this.#sets.pps = Buffer.from(nal)
    }
    const isKey = nals.some((nal) => ((nal[0] ?? 0) & 0x1f) === nalTypes.idr)
    if (!isKey && nals.every(isParameterSet)) return undefined
    const { sps, pps } = this.#sets
    const track = isKey && sps !== undefined && pps !== undefined ? avcTrack(sps, pps) : undefined
    if (isKey && track === undefined) return undefined
    const data = Buffer.concat(
      nals.flatMap((nal) => {
        const size = Buffer.alloc(4)
        size.writeUInt32BE(nal.length)
        return [size, nal]
      }),
    )
    return { isKey, data, track }
  }
}
