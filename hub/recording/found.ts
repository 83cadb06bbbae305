/** What a hub that starts again finds of a recording that was under way: it goes on from there, in new files. */
import { chainOf, chainStart } from './page-copies.ts'
import { readBack } from './read-back.ts'
import { openChunkFile } from './vault/chunk-file.ts'
import type { Vault } from './vault/vault.ts'

export interface FoundPage {
  readonly participant: string
  readonly part: string
  readonly startedAt: number
  readonly next: number
  readonly chain: string
  readonly bytes: number
}

export interface Found {
  readonly files: number
  /** By participant: until when the hub's own recorder has both voice and picture. */
  readonly until: ReadonlyMap<string, number>
  readonly pages: readonly FoundPage[]
}

export const foundNothing: Found = { files: 0, until: new Map(), pages: [] }

const pagePrefix = 'page-'

const pageIn = async (paths: readonly string[], key: Buffer) => {
  let chain = chainStart
  let next = 0
  let bytes = 0
  let startedAt = 0
  for (const path of paths) {
    const file = await openChunkFile(path, key)
    startedAt ||= file.head.startedAt
    for await (const { plain } of file.chunks()) {
      chain = chainOf(chain, plain)
      next += 1
      bytes += plain.length
    }
    await file.close()
  }
  return { chain, next, bytes, startedAt }
}

export const findBack = async (vault: Vault, id: string, key: Buffer): Promise<Found> => {
  const { files, parts } = await readBack(vault, id, key)
  const until = new Map<string, number>()
  for (const { recorder, participant, audio, video } of parts) {
    if (recorder !== 'hub') continue
    const both = Math.min(audio.at(-1)?.to ?? 0, video.at(-1)?.to ?? 0)
    until.set(participant, Math.max(until.get(participant) ?? 0, both))
  }
  const byPart = Map.groupBy(
    files.filter(({ part }) => part.startsWith(pagePrefix)),
    ({ part }) => part,
  )
  const pages: FoundPage[] = []
  for (const [part, rows] of byPart) {
    const paths = rows.toSorted((a, b) => a.firstSeq - b.firstSeq).map(({ name }) => vault.pathOf(id, name))
    const found = await pageIn(paths, key)
    pages.push({ participant: rows[0]?.participant ?? '', part: part.slice(pagePrefix.length), ...found })
  }
  return { files: (await vault.files(id)).length, until, pages }
}
