/**
 * Voice and picture of one participant as they come in, made into parts: files that each play by themselves. A part begins
 * with a picture that stands for itself; another codec, or a picture where there was none, begins the next.
 */
import { type Block, type VideoTrack, webmCluster, webmHead } from '../webm/write.ts'
import type { Picture } from './pictures.ts'

export interface Piece {
  /** Counts the parts of this run. */
  readonly part: number
  readonly seq: number
  /** By the recorder's clock. */
  readonly startedAtMs: number
  readonly endsAtMs: number
  readonly type: string
  readonly bytes: Buffer
}

export interface Sound {
  readonly timestamp: number
  readonly arrivedMs: number
  readonly data: Buffer
}

const hz = { audio: 48_000, video: 90_000 } as const
type Kind = keyof typeof hz

const clusterMs = 2_000
/** A voice waits so long for its picture; then it goes on without. */
const aloneMs = 3_000
/** Heard a moment ago: it goes on. */
const heardMs = 1_000
/** The clock of a sender that runs away from ours by so much is set anew. */
const driftMs = 500

interface Anchor {
  readonly timestamp: number
  readonly atMs: number
}

interface Timed {
  readonly kind: Kind
  readonly atMs: number
  readonly isKey: boolean
  readonly data: Buffer
}

interface Part {
  readonly number: number
  readonly startedAtMs: number
  readonly video: VideoTrack | undefined
  readonly hasAudio: boolean
  readonly type: string
  seq: number
  blocks: Block[]
  lastAtMs: number
}

const typeOf = (video: VideoTrack | undefined, hasAudio: boolean) => {
  const base = video?.codec === 'V_MPEG4/ISO/AVC' ? 'video/x-matroska' : video ? 'video/webm' : 'audio/webm'
  const codecs = [
    video === undefined ? [] : [video.codec === 'V_VP8' ? 'vp8' : 'avc1'],
    hasAudio ? ['opus'] : [],
  ]
  return `${base};codecs=${codecs.flat().join(',')}`
}

const isSame = (a: VideoTrack | undefined, b: VideoTrack | undefined) =>
  a?.codec === b?.codec && a?.width === b?.width && a?.height === b?.height

export class PartWriter {
  readonly #onPiece: (piece: Piece) => void
  readonly #anchors: Partial<Record<Kind, Anchor>> = {}
  #waiting: Timed[] = []
  #parts = 0
  #part: Part | undefined
  /** Of the picture that the next part begins with. */
  #track: VideoTrack | undefined
  #heardAtMs = Number.NEGATIVE_INFINITY

  constructor(onPiece: (piece: Piece) => void) {
    this.#onPiece = onPiece
  }

  sound({ timestamp, arrivedMs, data }: Sound): void {
    const atMs = this.#timeOf('audio', timestamp, arrivedMs)
    this.#heardAtMs = atMs
    const timed: Timed = { kind: 'audio', atMs, isKey: true, data }
    if (this.#part?.hasAudio === true) return this.#write(timed)
    // A microphone that was not there when the part began.
    this.#endPart()
    this.#waiting.push(timed)
    this.#beginOrWait(atMs)
  }

  picture({ timestamp, arrivedMs, isKey, data, track }: Picture): void {
    const atMs = this.#timeOf('video', timestamp, arrivedMs)
    const timed: Timed = { kind: 'video', atMs, isKey, data }
    const isTurn = isKey && track !== undefined && !isSame(track, this.#part?.video)
    if (!isTurn && this.#part !== undefined) {
      if (this.#part.video !== undefined) this.#write(timed)
      return
    }
    if (isTurn) {
      this.#endPart()
      this.#waiting = this.#waiting.filter(({ kind }) => kind === 'audio')
      this.#track = track
    }
    if (this.#track === undefined) return
    this.#waiting.push(timed)
    this.#beginOrWait(atMs)
  }

  /** Another run of the sender, or a pause: what comes then is another part. */
  flush(endsPart: boolean): void {
    if (!endsPart) {
      if (this.#part !== undefined) this.#writeCluster(this.#part)
      return
    }
    this.#endPart()
    this.#waiting = []
    this.#track = undefined
    this.#heardAtMs = Number.NEGATIVE_INFINITY
    delete this.#anchors.audio
    delete this.#anchors.video
  }

  #endPart() {
    if (this.#part !== undefined) this.#writeCluster(this.#part)
    this.#part = undefined
  }

  /** By the sender's clock, as it was when its first packet came; the network's jitter is not in it. */
  #timeOf(kind: Kind, timestamp: number, arrivedMs: number): number {
    const anchor = this.#anchors[kind]
    if (anchor !== undefined) {
      const ticks = (timestamp - anchor.timestamp) | 0
      const atMs = anchor.atMs + (ticks / hz[kind]) * 1_000
      if (Math.abs(arrivedMs - atMs) < driftMs) {
        // So that 32 bits never run out between two looks.
        if (ticks > 2 ** 30) this.#anchors[kind] = { timestamp, atMs }
        return atMs
      }
    }
    this.#anchors[kind] = { timestamp, atMs: arrivedMs }
    return arrivedMs
  }

  /** With both where both are there; one alone after a while. */
  #beginOrWait(nowMs: number) {
    const [first] = this.#waiting
    if (first === undefined) return
    const isHeard = nowMs - this.#heardAtMs < heardMs
    const isAlone = nowMs - Math.min(...this.#waiting.map(({ atMs }) => atMs)) >= aloneMs
    if ((isHeard && this.#track !== undefined) || isAlone) this.#begin(isHeard)
  }

  #begin(hasAudio: boolean) {
    const video = this.#track
    const all = this.#waiting.toSorted((a, b) => a.atMs - b.atMs)
    const startedAtMs = all[0]?.atMs ?? 0
    const type = typeOf(video, hasAudio)
    const number = this.#parts
    this.#parts += 1
    this.#part = { number, startedAtMs, video, hasAudio, type, seq: 0, blocks: [], lastAtMs: startedAtMs }
    this.#waiting = []
    this.#track = undefined
    this.#send(this.#part, webmHead({ video, audio: hasAudio ? { channels: 2 } : undefined }))
    for (const one of all) this.#write(one)
  }

  #write({ kind, atMs, isKey, data }: Timed) {
    const part = this.#part
    if (part === undefined) return
    const ms = Math.max(0, atMs - part.startedAtMs)
    const from = part.blocks[0]?.ms ?? ms
    const isTurn = kind === 'video' ? isKey && part.blocks.some((block) => block.kind === 'video') : false
    if (isTurn || ms - from >= clusterMs * 2 || (part.video === undefined && ms - from >= clusterMs))
      this.#writeCluster(part)
    part.blocks.push({ kind, ms, isKey, data })
    part.lastAtMs = Math.max(part.lastAtMs, atMs)
  }

  #writeCluster(part: Part) {
    if (part.blocks.length === 0) return
    const bytes = webmCluster(part.blocks.toSorted((a, b) => a.ms - b.ms))
    part.blocks = []
    this.#send(part, bytes)
  }

  #send(part: Part, bytes: Buffer) {
    const { number, seq, startedAtMs, lastAtMs, type } = part
    part.seq += 1
    this.#onPiece({ part: number, seq, startedAtMs, endsAtMs: lastAtMs, type, bytes })
  }
}
