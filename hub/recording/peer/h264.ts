/** What an H.264 stream says of itself (ITU-T H.264, 7.3.2.1), as far as a file needs it. */
import type { VideoTrack } from '../webm/write.ts'

export const nalTypes = { idr: 5, sps: 7, pps: 8, stapA: 24, fuA: 28 } as const

export const isParameterSet = (nal: Buffer): boolean => {
  const type = (nal[0] ?? 0) & 0x1f
  return type === nalTypes.sps || type === nalTypes.pps
}

/** Bits of a NAL unit, without the bytes that keep it from looking like the beginning of one (7.4.1.1). */
class Bits {
  readonly #bytes: readonly number[]
  #at = 0

  constructor(nal: Buffer) {
    this.#bytes = [...nal].filter((byte, n) => !(byte === 3 && n > 1 && nal[n - 1] === 0 && nal[n - 2] === 0))
  }

  read(count: number): number {
    let value = 0
    for (let n = 0; n < count; n += 1) {
      const byte = this.#bytes[this.#at >> 3] ?? 0
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1)
      this.#at += 1
    }
    return value
  }

  /** Exp-Golomb (9.1). */
  ue(): number {
    let zeros = 0
    while (this.read(1) === 0 && zeros < 32) zeros += 1
    return 2 ** zeros - 1 + this.read(zeros)
  }

  se(): number {
    const code = this.ue()
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2
  }
}

const skipOrder = (bits: Bits) => {
  const type = bits.ue()
  if (type === 0) bits.ue()
  else if (type === 1) {
    bits.read(1)
    bits.se()
    bits.se()
    for (let left = bits.ue(); left > 0; left -= 1) bits.se()
  }
}

/** Baseline and main alone: what calls are made of (ADR 0026). undefined: another profile. */
export const sizeIn = (sps: Buffer): { readonly width: number; readonly height: number } | undefined => {
  const profile = sps[1] ?? 0
  if (profile !== 66 && profile !== 77) return undefined
  const bits = new Bits(sps.subarray(4))
  bits.ue()
  bits.ue()
  skipOrder(bits)
  bits.ue()
  bits.read(1)
  const across = (bits.ue() + 1) * 16
  const mapUnits = bits.ue() + 1
  const isFrames = bits.read(1) === 1
  if (!isFrames) bits.read(1)
  bits.read(1)
  const down = mapUnits * 16 * (isFrames ? 1 : 2)
  if (bits.read(1) === 0) return { width: across, height: down }
  const [left, right, top, bottom] = [bits.ue(), bits.ue(), bits.ue(), bits.ue()] as const
  return {
    width: across - (left + right) * 2,
    height: down - (top + bottom) * 2 * (isFrames ? 1 : 2),
  }
}

const counted = (nal: Buffer) => {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(nal.length)
  return Buffer.concat([size, nal])
}

export const avcTrack = (sps: Buffer, pps: Buffer): VideoTrack | undefined => {
  const size = sizeIn(sps)
  if (size === undefined) return undefined
  const head = Buffer.from([1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe1])
  return {
    codec: 'V_MPEG4/ISO/AVC',
    ...size,
    private: Buffer.concat([head, counted(sps), Buffer.from([1]), counted(pps)]),
  }
}
