/**
 * The files of the content library, each under the SHA-256 of what is in it: written beside, looked at, and only then
 * given its name, so that what has a name is whole. What a hub that died left behind is removed with the next start.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Media, Sha256 } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import { refusedWith } from '../branch/refused-with.ts'
import type { ContentLimits } from './limits.ts'

export interface ContentFiles {
  /** Of how many bytes the sender spoke, where he did. @throws UsherError `content.*`, `store.full` or `hub.busy` */
  add(bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<Media>
  /** What is in the file of this name; it is kept for another while. */
  media(sha256: string): Promise<Media | undefined>
  /** undefined: there is no such file. */
  find(sha256: string): { readonly path: string; readonly bytes: number } | undefined
  /** Removes what nobody uses. @returns how many. */
  sweep(isUsed: (sha256: string) => boolean): number
}

export interface ContentFilesParts {
  /** The data directory. */
  readonly directory: string
  readonly limits: ContentLimits
  /** Default: what the disk says. */
  readonly freeBytes?: (directory: string) => Promise<number>
  readonly wallMs: () => number
}

const incoming = 'incoming-'
/** Several people, and somebody who lost patience. */
const atOnceMax = 4
/** Who has uploaded a file makes a version of it within the day. */
const unusedMs = 24 * 3_600_000

/** Loaded with the first file: a hub starts without. */
const findOut = async (file: FileHandle, size: number) => {
  const finding = await import('./found/find-out.ts')
  return finding.findOut(file, size)
}

const freeBytesOf = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}

const isNoSpace = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

const tooLarge = (limit: number) =>
  refusedWith('content.too-large', 'file-most', { most: Math.floor(limit / 1024 / 1024) })

/** How many bytes one file may have now, and what is said of more. */
interface Room {
  readonly bytes: number
  readonly beyond: () => UsherError
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** Who sends went away, or his line did. */
const asBrokenOff = (error: unknown): unknown =>
  error instanceof UsherError || isNoSpace(error)
    ? error
    : new UsherError('content.broken', 'The upload broke off.', { cause: error })

class FileStore implements ContentFiles {
  readonly #parts: ContentFilesParts
  readonly #folder: string
  /** Name → bytes, once it was looked. */
  #sizes: Map<string, number> | undefined
  /** Uploads under way, the first there first. */
  readonly #coming = new Set<{ bytes: number }>()

  constructor(parts: ContentFilesParts) {
    this.#parts = parts
    this.#folder = join(parts.directory, 'content')
  }

  async add(bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<Media> {
    const { fileBytesMax } = this.#parts.limits
    if (announced !== undefined && announced > fileBytesMax) throw tooLarge(fileBytesMax)
    if (this.#coming.size >= atOnceMax) throw new UsherError('hub.busy', 'Other files are being uploaded.')
    const own = { bytes: announced ?? fileBytesMax }
    this.#coming.add(own)
    try {
      const room = await this.#room(own)
      // Who does not say how much it is gets what there is.
      if (room.bytes < (announced ?? 1)) throw room.beyond()
      return await this.#take(bytes, room)
    } catch (error) {
      throw isNoSpace(error) ? new UsherError('store.full', undefined, { cause: error }) : error
    } finally {
      this.#coming.delete(own)
    }
  }

  async media(sha256: string): Promise<Media | undefined> {
    const found = this.find(sha256)
    if (found === undefined) return undefined
    const now = this.#parts.wallMs() / 1000
    utimesSync(found.path, now, now)
    await using file = await open(found.path, 'r')
    return { sha256, bytes: found.bytes, ...(await findOut(file, found.bytes)) }
  }

  find(sha256: string) {
    if (!Sha256.safeParse(sha256).success || !this.#known().has(sha256)) return undefined
    const path = join(this.#folder, sha256)
    const found = statSync(path, { throwIfNoEntry: false })
    // Somebody tidied up by hand.
    if (found === undefined) this.#known().delete(sha256)
    return found && { path, bytes: found.size, changedMs: found.mtimeMs }
  }

  sweep(isUsed: (sha256: string) => boolean): number {
    const before = this.#parts.wallMs() - unusedMs
    let removed = 0
    for (const name of this.#known().keys()) {
      const found = isUsed(name) ? undefined : this.find(name)
      if (found === undefined || found.changedMs > before) continue
      rmSync(found.path)
      this.#known().delete(name)
      removed += 1
    }
    return removed
  }

  /** With the first look; an empty library costs a hub nothing. */
  #known(): Map<string, number> {
    if (this.#sizes !== undefined) return this.#sizes
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const sizes = new Map<string, number>()
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name)
      if (name.startsWith(incoming)) rmSync(path, { force: true })
      else if (Sha256.safeParse(name).success) sizes.set(name, statSync(path).size)
    }
    this.#sizes = sizes
    return sizes
  }

  /** What is left for this one, with all that came before it counted as a whole. */
  async #room(own: { readonly bytes: number }): Promise<Room> {
    const { limits, freeBytes = freeBytesOf } = this.#parts
    const sizes = this.#known()
    const free = await freeBytes(this.#folder)
    const coming = [...this.#coming]
    const before = sumOf(coming.slice(0, coming.indexOf(own)).map(({ bytes }) => bytes))
    const rooms: readonly Room[] = [
      { bytes: limits.fileBytesMax, beyond: () => tooLarge(limits.fileBytesMax) },
      {
        bytes: limits.bytesMax - sumOf([...sizes.values()]) - before,
        beyond: () => new UsherError('content.quota'),
      },
      { bytes: free - limits.freeBytesMin - before, beyond: () => new UsherError('store.full') },
    ]
    return rooms.reduce((least, one) => (one.bytes < least.bytes ? one : least))
  }

  async #take(bytes: AsyncIterable<Uint8Array>, room: Room): Promise<Media> {
    const path = join(this.#folder, `${incoming}${randomUUID()}`)
    try {
      const media = await this.#write(path, bytes, room)
      await this.#keep(path, media)
      return media
    } finally {
      await rm(path, { force: true })
    }
  }

  async #write(path: string, bytes: AsyncIterable<Uint8Array>, room: Room): Promise<Media> {
    await using file = await open(path, 'wx+', 0o600)
    const hash = createHash('sha256')
    const size = await this.#receive(file, bytes, { room, onPiece: (piece) => hash.update(piece) })
    const found = await findOut(file, size)
    await file.sync()
    return { sha256: hash.digest('hex'), bytes: size, ...found }
  }

  async #receive(
    file: FileHandle,
    bytes: AsyncIterable<Uint8Array>,
    { room, onPiece }: { room: Room; onPiece: (piece: Uint8Array) => void },
  ): Promise<number> {
    let size = 0
    try {
      for await (const piece of bytes) {
        size += piece.length
        if (size > room.bytes) throw room.beyond()
        onPiece(piece)
        for (let done = 0; done < piece.length; )
          done += (await file.write(piece, done, piece.length - done)).bytesWritten
      }
    } catch (error) {
      throw asBrokenOff(error)
    }
    return size
  }

  async #keep(path: string, { sha256, bytes }: Media) {
    await rename(path, join(this.#folder, sha256))
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
    this.#known().set(sha256, bytes)
  }
}

export const createContentFiles = (parts: ContentFilesParts): ContentFiles => new FileStore(parts)
