/**
 * A part of a sealed recording as a file that a player can move about in: its clusters as they were recorded, behind a head that
 * says how long it is and where each begins. Nothing of it is ever on disk, and no more than one piece in memory.
 */
import { UsherError } from '#protocol/errors.ts'
import type { Manifest, PartRow } from '#protocol/recording/manifest.ts'
import { type ChunkPlace, openChunkFile, recordBytes } from './vault/chunk-file.ts'
import type { Vault } from './vault/vault.ts'
import { seekableHead } from './webm/write.ts'

export interface Playback {
  readonly type: string
  readonly bytes: number
  /** @param last with it */
  read(first: number, last: number): AsyncGenerator<Buffer>
}

interface Piece extends ChunkPlace {
  readonly file: string
  readonly seq: number
  /** In the part. */
  readonly from: number
}

const headOf = (part: PartRow): Buffer => {
  const isWebm = !part.type.includes('matroska')
  return seekableHead({
    tracks: Buffer.from(part.tracks, 'base64'),
    isWebm,
    durationMs: part.durationMs,
    cues: part.clusters
      .filter(([, , isKey]) => isKey === 1)
      .map(([offset, ms]) => ({ ms, offset: offset - part.firstCluster })),
    clusterBytes: part.bytes - part.firstCluster,
    cueTrack: 1,
  })
}

interface Opened {
  readonly vault: Vault
  readonly manifest: Manifest
  readonly key: Buffer
}

const piecesOf = async ({ vault, manifest, key }: Opened, part: PartRow) => {
  const pieces: Piece[] = []
  let from = 0
  for (const name of part.files) {
    const row = manifest.files.find((file) => file.name === name)
    if (row === undefined) throw new UsherError('recording.damaged', name)
    const file = await openChunkFile(vault.pathOf(manifest.recording, name), key)
    let offset = file.headBytes
    await file.close()
    for (const [seq, { bytes }] of row.chunks.entries()) {
      pieces.push({ file: name, seq, offset, bytes, from })
      offset += recordBytes(bytes)
      from += bytes
    }
  }
  return pieces
}

/** @throws UsherError `recording.unknown`, `recording.erased`, `recording.damaged` */
export const openPlayback = async (vault: Vault, manifest: Manifest, partId: string): Promise<Playback> => {
  const part = manifest.parts.find((one) => one.part === partId)
  if (part === undefined) throw new UsherError('recording.unknown', partId)
  const key = await vault.keyOf(manifest.recording)
  const head = headOf(part)
  const pieces = await piecesOf({ vault, manifest, key }, part)
  /** The head that it was recorded with is left out. */
  const skipped = part.firstCluster
  return {
    type: part.type.replace('video/x-matroska', 'video/webm').replace(/;.*/, ''),
    bytes: head.length + part.bytes - skipped,
    read: async function* (first, last) {
      if (first < head.length) yield head.subarray(first, Math.min(head.length, last + 1))
      const from = Math.max(0, first - head.length) + skipped
      const to = last - head.length + skipped
      for (const piece of pieces) {
        if (piece.from > to || piece.from + piece.bytes <= from) continue
        const file = await openChunkFile(vault.pathOf(manifest.recording, piece.file), key)
        try {
          const { plain } = await file.chunk(piece.seq, piece)
          yield plain.subarray(Math.max(0, from - piece.from), Math.min(plain.length, to + 1 - piece.from))
        } finally {
          await file.close()
        }
      }
    },
  }
}
