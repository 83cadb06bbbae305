/**
 * The browsers' own copies of one recording: pieces come one after the other, each with its number, its age and the chain of
 * hashes up to it. One that comes twice is the same one; one that comes too early is told what is missed.
 */
import { createHash } from 'node:crypto'
import { UsherError } from '#protocol/errors.ts'
import { createPace, type Pace } from '../desk/live/pace.ts'
import { sha256Of } from './vault/vault.ts'

export interface PagePiece {
  readonly participant: string
  /** Names what one recorder of the page made without a break. */
  readonly part: string
  readonly seq: number
  /** So long ago the part began. */
  readonly ageMs: number
  readonly type: string
  readonly chain: string
  readonly bytes: Buffer
}

export interface PageCopiesParts {
  readonly bytesMax: number
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  /** On disk when it is done. */
  readonly keep: (piece: PagePiece & { readonly startedAt: number; readonly at: number }) => Promise<void>
}

interface Part {
  readonly startedAt: number
  next: number
  chain: string
  lastSha256: string
}

interface Page {
  bytes: number
  lastAt: number
  isDone: boolean
  readonly pace: Pace
  readonly parts: Map<string, Part>
  /** One after the other: two that come at once are two answers. */
  last: Promise<unknown>
}

export const chainStart = '0'.repeat(64)
export const chainOf = (before: string, bytes: Uint8Array): string =>
  createHash('sha256').update(before).update(sha256Of(bytes)).digest('hex')

/** Two seconds each, and what was kept while the hub was away comes as fast as it can be taken. */
const pace = { perSecond: 10, burst: 100 }
const partsMax = 2_000
const types = /^(video|audio)\/(webm|x-matroska)(;\s*codecs="?[\w.,\s]{1,60}"?)?$/

/** Told with the number that is expected. */
export class OutOfOrder extends UsherError {
  readonly expected: number

  constructor(expected: number) {
    super('recording.order', `Expected ${expected}.`)
    this.expected = expected
  }
}

export class PageCopies {
  readonly #parts: PageCopiesParts
  readonly #pages = new Map<string, Page>()

  constructor(parts: PageCopiesParts) {
    this.#parts = parts
  }

  /** After a restart: what of a part is on disk already. */
  known(
    participant: string,
    part: string,
    found: Omit<Part, 'lastSha256'> & { readonly bytes: number },
  ): void {
    const page = this.#pageOf(participant)
    page.bytes += found.bytes
    const { startedAt, next, chain } = found
    page.parts.set(part, { startedAt, next, chain, lastSha256: '' })
  }

  /** When something of it came last; undefined: never. */
  lastAt(participant: string): number | undefined {
    return this.#pages.get(participant)?.lastAt
  }

  isDone(participant: string): boolean {
    return this.#pages.get(participant)?.isDone === true
  }

  /** It records on, or again. */
  reopen(): void {
    for (const page of this.#pages.values()) page.isDone = false
  }

  /** All that it had has come. */
  done(participant: string): void {
    this.#pageOf(participant).isDone = true
  }

  /** @returns the number that is expected next. @throws UsherError `recording.*` */
  take(piece: PagePiece): Promise<number> {
    const page = this.#pageOf(piece.participant)
    const done = page.last.then(() => this.#take(page, piece))
    page.last = done.catch(() => undefined)
    return done
  }

  #pageOf(participant: string): Page {
    const known = this.#pages.get(participant)
    if (known !== undefined) return known
    const page: Page = {
      bytes: 0,
      lastAt: 0,
      isDone: false,
      pace: createPace(pace),
      parts: new Map(),
      last: Promise.resolve(),
    }
    this.#pages.set(participant, page)
    return page
  }

  async #take(page: Page, piece: PagePiece): Promise<number> {
    const { nowMs, monotonicMs, bytesMax, keep } = this.#parts
    if (page.pace.take(monotonicMs()) > 0) throw new UsherError('recording.too-fast')
    if (piece.bytes.length === 0 || !types.test(piece.type)) throw new UsherError('recording.chunk')
    const known = page.parts.get(piece.part)
    const expected = known?.next ?? 0
    if (piece.seq > expected) throw new OutOfOrder(expected)
    if (piece.seq < expected) return this.#again(known as Part, piece)
    const chain = chainOf(known?.chain ?? chainStart, piece.bytes)
    if (chain !== piece.chain) throw new UsherError('recording.chunk', 'The chain does not fit.')
    if (known === undefined && page.parts.size >= partsMax) throw new UsherError('recording.too-large')
    if (page.bytes + piece.bytes.length > bytesMax) throw new UsherError('recording.too-large')
    const at = nowMs()
    const startedAt = known?.startedAt ?? at - piece.ageMs
    await keep({ ...piece, startedAt, at })
    page.bytes += piece.bytes.length
    page.lastAt = at
    page.isDone = false
    page.parts.set(piece.part, {
      startedAt,
      next: expected + 1,
      chain,
      lastSha256: sha256Of(piece.bytes),
    })
    return expected + 1
  }

  /** Its answer was lost. Of the last one it is known whether it is the same; of earlier ones the chain says it. */
  #again({ next, lastSha256 }: Part, { seq, bytes }: PagePiece): number {
    if (seq === next - 1 && lastSha256 !== '' && lastSha256 !== sha256Of(bytes))
      throw new UsherError('recording.conflict')
    return next
  }
}
