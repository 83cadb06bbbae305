/** WebM (RFC 9559) of one voice and one picture, in clusters that stand for themselves: whatever was written can be played. */
import { element, elementFront, float, ids, openElement, text, uint } from './ebml.ts'

export interface VideoTrack {
  readonly codec: 'V_VP8' | 'V_MPEG4/ISO/AVC'
  readonly width: number
  readonly height: number
  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). */
  readonly private?: Uint8Array
}

export interface AudioTrack {
  readonly channels: number
}

export interface WebmTracks {
  readonly video?: VideoTrack | undefined
  readonly audio?: AudioTrack | undefined
}

export interface Block {
  readonly kind: 'audio' | 'video'
  /** Since the beginning of the file. */
  readonly ms: number
  readonly isKey: boolean
  readonly data: Uint8Array
}

export const trackNumbers = { video: 1, audio: 2 } as const
const opusHz = 48_000
/** RFC 7845, 4.6: 80 ms until a decoder that begins in the middle sounds right. */
const opusPreRollNs = 80_000_000

/** OpusHead (RFC 7845, 5.1). */
const opusHead = (channels: number) => {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(channels, 9)
  head.writeUInt32LE(opusHz, 12)
  return head
}

const videoEntry = ({ codec, width, height, private: own }: VideoTrack) =>
  element(
    ids.trackEntry,
    uint(ids.trackNumber, trackNumbers.video),
    uint(ids.trackUid, trackNumbers.video),
    uint(ids.trackType, 1),
    text(ids.codec, codec),
    ...(own === undefined ? [] : [element(ids.codecPrivate, own)]),
    element(ids.video, uint(ids.width, width), uint(ids.height, height)),
  )

const audioEntry = ({ channels }: AudioTrack) =>
  element(
    ids.trackEntry,
    uint(ids.trackNumber, trackNumbers.audio),
    uint(ids.trackUid, trackNumbers.audio),
    uint(ids.trackType, 2),
    text(ids.codec, 'A_OPUS'),
    element(ids.codecPrivate, opusHead(channels)),
    uint(ids.seekPreRoll, opusPreRollNs),
    element(ids.audio, float(ids.samplingFrequency, opusHz), uint(ids.channels, channels)),
  )

const ebmlHead = (isWebm: boolean) =>
  element(
    ids.ebml,
    uint(0x4286, 1),
    uint(0x42f7, 1),
    uint(0x42f2, 4),
    uint(0x42f3, 8),
    // H.264 is Matroska, and no WebM by the letter.
    text(0x4282, isWebm ? 'webm' : 'matroska'),
    uint(0x4287, 4),
    uint(0x4285, 2),
  )

const info = (durationMs: number | undefined) =>
  element(
    ids.info,
    uint(ids.timestampScale, 1_000_000),
    ...(durationMs === undefined ? [] : [float(ids.duration, durationMs)]),
    text(ids.muxer, 'usher'),
    text(ids.writer, 'usher'),
  )

/** What a file begins with while it is not known how it ends. */
export const webmHead = ({ video, audio }: WebmTracks): Buffer =>
  Buffer.concat([
    ebmlHead(video?.codec !== 'V_MPEG4/ISO/AVC'),
    openElement(ids.segment),
    info(undefined),
    element(
      ids.tracks,
      ...(video === undefined ? [] : [videoEntry(video)]),
      ...(audio === undefined ? [] : [audioEntry(audio)]),
    ),
  ])

/** @param blocks within 32 s of each other */
export const webmCluster = (blocks: readonly Block[]): Buffer => {
  const from = Math.max(0, Math.min(...blocks.map(({ ms }) => Math.round(ms))))
  const content = blocks.map(({ kind, ms, isKey, data }) => {
    const front = Buffer.alloc(4)
    front.writeUInt8(0x80 | trackNumbers[kind], 0)
    front.writeInt16BE(Math.round(ms) - from, 1)
    front.writeUInt8(isKey ? 0x80 : 0, 3)
    return element(ids.simpleBlock, front, data)
  })
  return element(ids.cluster, uint(ids.timestamp, from), ...content)
}

export interface CuePlace {
  readonly ms: number
  /** Of its cluster, since the first one. */
  readonly offset: number
}

export interface SeekableWishes {
  /** The tracks as the file has them. */
  readonly tracks: Uint8Array
  readonly isWebm: boolean
  readonly durationMs: number
  readonly cues: readonly CuePlace[]
  /** Of all clusters together. */
  readonly clusterBytes: number
  readonly cueTrack: number
}

const cuesOf = ({ cues, cueTrack }: SeekableWishes, base: number) =>
  element(
    ids.cues,
    ...cues.map(({ ms, offset }) =>
      element(
        ids.cuePoint,
        uint(ids.cueTime, Math.round(ms)),
        element(ids.cuePositions, uint(ids.cueTrack, cueTrack), uint(ids.cueCluster, base + offset)),
      ),
    ),
  )

/** What the same clusters begin with once all is known: a player can move to any moment of it. */
export const seekableHead = (wishes: SeekableWishes): Buffer => {
  const before = Buffer.concat([info(wishes.durationMs), wishes.tracks])
  const cuesBytes = cuesOf(wishes, 0).length
  const base = before.length + cuesBytes
  return Buffer.concat([
    ebmlHead(wishes.isWebm),
    elementFront(ids.segment, base + wishes.clusterBytes),
    before,
    cuesOf(wishes, base),
  ])
}
