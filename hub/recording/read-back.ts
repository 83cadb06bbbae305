/**
 * What is on disk of a recording, read as it will be years later: each piece decrypted, each container walked through. What is
 * sealed is what was found there, not what somebody meant to write.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { UsherError } from '#protocol/errors.ts'
import type { FileRow, PartRow } from '#protocol/recording/manifest.ts'
import { Coverage } from './coverage.ts'
import { type ChunkFileHead, openChunkFile } from './vault/chunk-file.ts'
import { sha256Of, type Vault } from './vault/vault.ts'
import { WebmReader } from './webm/read.ts'

export interface ReadBack {
  readonly files: readonly FileRow[]
  readonly parts: readonly PartRow[]
  /** What could not be read: it is in no part. */
  readonly broken: readonly string[]
}

/** Pieces of sound are 20 ms long, or 60; of picture down to five a second. */
const tolerance = { audio: 400, video: 900 } as const

export const fileHash = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

interface Read {
  readonly head: ChunkFileHead
  readonly row: FileRow
}

const readFileBack = async (
  vault: Vault,
  { id, name, key }: { readonly id: string; readonly name: string; readonly key: Buffer },
  onChunk: (head: ChunkFileHead, plain: Buffer) => void,
): Promise<Read> => {
  const path = vault.pathOf(id, name)
  const file = await openChunkFile(path, key)
  try {
    const { head } = file
    if (head.recording !== id || head.name !== name) throw new UsherError('recording.damaged', name)
    const chunks: FileRow['chunks'] = []
    const all = file.chunks()
    let next = await all.next()
    for (; next.done !== true; next = await all.next()) {
      const { at, plain } = next.value
      chunks.push({ at, bytes: plain.length, sha256: sha256Of(plain) })
      onChunk(head, plain)
    }
    const { recorder, participant, part, firstSeq, type } = head
    const { size } = await stat(path)
    const { tornBytes } = next.value
    const row: FileRow = {
      name,
      bytes: size,
      sha256: await fileHash(path),
      recorder,
      participant,
      part,
      firstSeq,
      type,
      chunks,
      tornBytes,
    }
    return { head, row }
  } finally {
    await file.close()
  }
}

/** One part while its files are read one after the other. */
class PartReading {
  readonly #head: ChunkFileHead
  readonly #files: string[] = []
  readonly #audio = new Coverage(tolerance.audio)
  readonly #video = new Coverage(tolerance.video)
  readonly #webm: WebmReader
  #bytes = 0
  /** A container that does not go on leaves what came before it. */
  #isBroken = false

  constructor(head: ChunkFileHead) {
    this.#head = head
    this.#webm = new WebmReader(({ kind, ms }) =>
      (kind === 'audio' ? this.#audio : this.#video).add(head.startedAt + ms),
    )
  }

  feed(plain: Buffer): void {
    this.#bytes += plain.length
    if (this.#isBroken) return
    try {
      this.#webm.feed(plain)
    } catch {
      this.#isBroken = true
    }
  }

  addFile(name: string): void {
    this.#files.push(name)
  }

  /** undefined: there is nothing that could be played. */
  end(): PartRow | undefined {
    this.#webm.end()
    const { clusters, tracksRaw, lastMs } = this.#webm
    const [first] = clusters
    if (first === undefined || tracksRaw === undefined) return undefined
    const { part, recorder, participant, type, startedAt } = this.#head
    return {
      part,
      recorder,
      participant: participant ?? '',
      type,
      startedAt,
      durationMs: lastMs,
      files: this.#files,
      tracks: tracksRaw.toString('base64'),
      firstCluster: first.offset,
      bytes: this.#bytes,
      clusters: clusters.map(({ offset, ms, isKey }) => [offset, ms, isKey ? 1 : 0]),
      audio: [...this.#audio.spans],
      video: [...this.#video.spans],
    }
  }
}

const headOf = async (path: string, key: Buffer) => {
  const file = await openChunkFile(path, key)
  await file.close()
  return file.head
}

export const readBack = async (vault: Vault, id: string, key: Buffer): Promise<ReadBack> => {
  const broken: string[] = []
  const heads: ChunkFileHead[] = []
  for (const name of await vault.files(id))
    await headOf(vault.pathOf(id, name), key).then(
      (head) => heads.push(head),
      () => broken.push(name),
    )
  heads.sort((a, b) => (a.part === b.part ? a.firstSeq - b.firstSeq : a.part < b.part ? -1 : 1))
  const readings = new Map<string, PartReading>()
  const files: FileRow[] = []
  for (const head of heads) {
    const reading = readings.get(head.part) ?? new PartReading(head)
    const isMedia = head.recorder !== 'inspector'
    try {
      const { row } = await readFileBack(vault, { id, name: head.name, key }, (_, plain) => {
        if (isMedia) reading.feed(plain)
      })
      files.push(row)
      reading.addFile(head.name)
      if (isMedia) readings.set(head.part, reading)
    } catch (error) {
      if (!(error instanceof UsherError)) throw error
      broken.push(head.name)
    }
  }
  const parts = [...readings.values()].flatMap((reading) => reading.end() ?? [])
  return { files, parts: parts.toSorted((a, b) => a.startedAt - b.startedAt), broken }
}
