/** EBML (RFC 8794) as far as WebM needs it: writing elements, and walking over those that come in pieces. */

export const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxer: 0x4d80,
  writer: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codec: 0x86,
  codecPrivate: 0x63a2,
  seekPreRoll: 0x56bb,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cuePositions: 0xb7,
  cueTrack: 0xf7,
  cueCluster: 0xf1,
} as const

const idBytes = (id: number): Buffer => {
  const hex = id.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

/** Always of eight bytes: its place is known before what it counts is. */
const sizeBytes = (size: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(size) | (1n << 56n))
  return bytes
}

const unknownSize = Buffer.from('01ffffffffffffff', 'hex')

export const element = (id: number, ...content: readonly Uint8Array[]): Buffer => {
  const size = content.reduce((sum, { length }) => sum + length, 0)
  return Buffer.concat([idBytes(id), sizeBytes(size), ...content])
}
/** Of one that goes on to the end of the file. */
export const openElement = (id: number): Buffer => Buffer.concat([idBytes(id), unknownSize])
export const elementFront = (id: number, size: number): Buffer =>
  Buffer.concat([idBytes(id), sizeBytes(size)])

export const uint = (id: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return element(id, bytes)
}
export const float = (id: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return element(id, bytes)
}
export const text = (id: number, value: string): Buffer => element(id, Buffer.from(value))

export const readUint = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

export interface Front {
  readonly id: number
  /** undefined: unknown. */
  readonly size: number | undefined
  readonly frontBytes: number
}

/** @returns undefined: more bytes are needed; 'none': this is no element. */
export const readFront = (bytes: Buffer, at: number): Front | undefined | 'none' => {
  const first = bytes[at]
  if (first === undefined) return undefined
  const idLength = Math.clz32(first) - 23
  if (idLength > 4) return 'none'
  const second = bytes[at + idLength]
  if (second === undefined) return undefined
  const sizeLength = Math.clz32(second) - 23
  if (sizeLength > 8) return 'none'
  const frontBytes = idLength + sizeLength
  if (at + frontBytes > bytes.length) return undefined
  const id = readUint(bytes.subarray(at, at + idLength))
  const raw = bytes.subarray(at + idLength, at + frontBytes)
  const mark = 2 ** (8 - sizeLength)
  const isUnknown = raw.every((byte, n) => byte === (n === 0 ? mark * 2 - 1 : 255))
  // Without its mark first: with it, eight bytes are more than a number holds.
  const size = readUint(raw.subarray(1)) + ((raw[0] ?? 0) - mark) * 256 ** (sizeLength - 1)
  return { id, size: isUnknown ? undefined : size, frontBytes }
}
