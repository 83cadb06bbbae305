/**
 * Walks over WebM that comes in pieces, whoever wrote it: which moments of which track are in it, and where its clusters
 * begin. Nothing is decoded, and no more than one element is kept.
 */
import { UsherError } from '#protocol/errors.ts'
import { ids, readFront, readUint } from './ebml.ts'

export interface SeenBlock {
  readonly kind: 'audio' | 'video'
  readonly ms: number
  readonly isKey: boolean
}

export interface SeenCluster {
  /** In the file. */
  readonly offset: number
  readonly ms: number
  /** A player can begin here. */
  readonly isKey: boolean
}

interface Track {
  number: number
  kind: 'audio' | 'video' | undefined
  codec: string
}

const masters: ReadonlySet<number> = new Set([ids.segment, ids.cluster, ids.blockGroup])
/** One picture, in the worst of cases. */
const elementBytesMax = 4 * 1_024 * 1_024

const noWebm = () => new UsherError('recording.chunk', 'This is no WebM.')

const sizedIn = (bytes: Buffer): readonly { readonly id: number; readonly content: Buffer }[] => {
  const found: { id: number; content: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    const front = readFront(bytes, at)
    if (front === undefined || front === 'none' || front.size === undefined) throw noWebm()
    const from = at + front.frontBytes
    found.push({ id: front.id, content: bytes.subarray(from, from + front.size) })
    at = from + front.size
  }
  return found
}

const trackIn = (entry: Buffer): Track => {
  const track: Track = { number: 0, kind: undefined, codec: '' }
  for (const { id, content } of sizedIn(entry)) {
    if (id === ids.trackNumber) track.number = readUint(content)
    else if (id === ids.codec) track.codec = content.toString('latin1')
    else if (id === ids.trackType)
      track.kind = readUint(content) === 1 ? 'video' : readUint(content) === 2 ? 'audio' : undefined
  }
  return track
}

export class WebmReader {
  readonly #onBlock: (block: SeenBlock) => void
  #rest: Buffer = Buffer.alloc(0)
  /** Of the first byte of the rest. */
  #offset = 0
  #tracks: readonly Track[] = []
  #scale = 1_000_000
  #cluster: { offset: number; ms: number; isKey: boolean | undefined } | undefined
  readonly clusters: SeenCluster[] = []
  /** The element of the tracks as it stands in the file. */
  tracksRaw: Buffer | undefined
  lastMs = 0

  constructor(onBlock: (block: SeenBlock) => void) {
    this.#onBlock = onBlock
  }

  get tracks(): readonly {
    readonly number: number
    readonly kind: string | undefined
    readonly codec: string
  }[] {
    return this.#tracks
  }

  /** @throws UsherError `recording.chunk` */
  feed(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes])
    let at = 0
    for (;;) {
      const front = readFront(all, at)
      if (front === 'none') throw noWebm()
      if (front === undefined) break
      if (this.#offset + at === 0 && front.id !== ids.ebml) throw noWebm()
      const used = this.#take(all, at, front)
      if (used === undefined) break
      at += used
    }
    this.#rest = all.subarray(at)
    this.#offset += at
    if (this.#rest.length > elementBytesMax + 16) throw noWebm()
  }

  end(): void {
    this.#closeCluster()
  }

  /** @returns how many bytes were read; undefined: more are needed. */
  #take(
    all: Buffer,
    at: number,
    { id, size, frontBytes }: { id: number; size: number | undefined; frontBytes: number },
  ) {
    if (masters.has(id)) {
      if (id === ids.cluster) {
        this.#closeCluster()
        this.#cluster = { offset: this.#offset + at, ms: 0, isKey: undefined }
      }
      return frontBytes
    }
    if (size === undefined || size > elementBytesMax) throw noWebm()
    const end = at + frontBytes + size
    if (end > all.length) return undefined
    const content = all.subarray(at + frontBytes, end)
    if (id === ids.tracks) {
      this.tracksRaw = Buffer.from(all.subarray(at, end))
      this.#tracks = sizedIn(content).map((entry) => trackIn(entry.content))
    } else if (id === ids.info) this.#readInfo(content)
    else if (id === ids.timestamp && this.#cluster !== undefined)
      this.#cluster.ms = (readUint(content) * this.#scale) / 1_000_000
    else if (id === ids.simpleBlock || id === ids.block) this.#readBlock(content)
    return frontBytes + size
  }

  #readInfo(content: Buffer) {
    const scale = sizedIn(content).find(({ id }) => id === ids.timestampScale)
    if (scale !== undefined) this.#scale = readUint(scale.content)
  }

  #readBlock(content: Buffer) {
    const first = content[0] ?? 0
    const length = Math.clz32(first) - 23
    if (length > 8 || content.length < length + 3 || this.#cluster === undefined) throw noWebm()
    const number = readUint(content.subarray(0, length)) - 2 ** (7 * length)
    const kind = this.#tracks.find((track) => track.number === number)?.kind
    if (kind === undefined) return
    const ms = this.#cluster.ms + (content.readInt16BE(length) * this.#scale) / 1_000_000
    const isKey = ((content[length + 2] ?? 0) & 0x80) !== 0
    const hasVideo = this.#tracks.some((track) => track.kind === 'video')
    if (kind === 'video' || !hasVideo) this.#cluster.isKey ??= isKey
    this.lastMs = Math.max(this.lastMs, ms)
    this.#onBlock({ kind, ms, isKey })
  }

  #closeCluster() {
    if (this.#cluster === undefined) return
    const { offset, ms, isKey = false } = this.#cluster
    this.clusters.push({ offset, ms, isKey })
    this.#cluster = undefined
  }
}
