/**
 * Follows a file that the queue system writes line by line: over its rotation and truncation, with half a line at its end,
 * and from where it was when this adapter was last here.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../sdk/ports.ts'
import { writeWhole } from '../../sdk/whole-file.ts'
import type { TroubleCode } from '../troubles.ts'
import {
  decodeLine,
  type Encoding,
  fieldsOf,
  lineBytesMax,
  type Row,
  rowOf,
  splitLines,
} from './csv-lines.ts'

export interface CsvTailParts {
  /** Looked up each time: some systems begin a file of another name each day. */
  readonly file: () => string
  readonly encoding: Encoding
  readonly separator: string
  /** The names of the columns; without them the first line of each file has them. */
  readonly header: readonly string[] | undefined
  /** Where a file that was never read before is begun. */
  readonly from: 'start' | 'end'
  readonly everyMs: number
  /** Where the position is kept over a restart. */
  readonly remember: string
  readonly clock: Clock
  readonly onRow: (row: Row) => void
  readonly onState: (isThere: boolean) => void
  readonly note: (code: TroubleCode) => void
}

/** Which file, how far, and how it began: another file may have its name and even its inode. */
const Position = z.object({
  inode: z.string(),
  offset: z.int().min(0),
  beginning: z.string(),
  beginningBytes: z.int().min(0),
  header: z.array(z.string()).nullable(),
})
type Position = z.infer<typeof Position>

const beginningMax = 256
const chunkBytes = 262_144

interface OpenFile {
  readonly handle: number
  readonly inode: string
  offset: number
  header: readonly string[] | undefined
  /** The rest of a line that is too long. */
  isSkipping: boolean
}

export const openCsvTail = (parts: CsvTailParts): { close(): void } => {
  const tail = new Tail(parts)
  tail.begin()
  return tail
}

class Tail {
  readonly #parts: CsvTailParts
  #open: OpenFile | undefined
  #position: Position | undefined
  #cancel = () => {}
  #isThere: boolean | undefined

  constructor(parts: CsvTailParts) {
    this.#parts = parts
  }

  begin() {
    this.#position = readPosition(this.#parts.remember)
    this.#look()
  }

  close() {
    this.#cancel()
    this.#shut()
  }

  #look() {
    const { clock, everyMs } = this.#parts
    try {
      this.#read()
      this.#say(true)
    } catch {
      // Gone, or not readable just now: it is looked for again, and the hub is told.
      this.#say(false)
    }
    this.#cancel = clock.after(everyMs, () => this.#look())
  }

  #say(isThere: boolean) {
    if (isThere === this.#isThere) return
    this.#isThere = isThere
    this.#parts.onState(isThere)
  }

  #shut() {
    if (this.#open !== undefined) closeSync(this.#open.handle)
    this.#open = undefined
  }

  #read() {
    const file = this.#parts.file()
    const now = statSync(file, { bigint: true, throwIfNoEntry: false })
    const inode = now === undefined ? undefined : String(now.ino)
    if (this.#open !== undefined && this.#open.inode !== inode) {
      // Rotated: the old file is read to its end before the new one is begun.
      this.#drain(this.#open)
      if (inode !== undefined) this.#shut()
    }
    if (inode === undefined) throw new Error(`${file} is not there`)
    this.#open ??= this.#take(file, inode)
    const size = fstatSync(this.#open.handle).size
    if (size < this.#open.offset || this.#isAnother(this.#open)) this.#restart(this.#open)
    this.#drain(this.#open)
  }

  #take(file: string, inode: string): OpenFile {
    const { header, from, note } = this.#parts
    const handle = openSync(file, 'r')
    const known = this.#position
    const open: OpenFile = { handle, inode, offset: 0, header, isSkipping: false }
    const { size } = fstatSync(handle)
    if (known === undefined) {
      if (from === 'end') this.#skipToEnd(open, size)
      return open
    }
    if (known.offset <= size && beginningOf(handle, known.beginningBytes) === known.beginning) {
      open.offset = known.offset
      open.header = header ?? known.header ?? undefined
      return open
    }
    // The file that was read before is no longer there: what was added to it meanwhile is lost.
    if (this.#isThere === undefined) note('file-gap')
    return open
  }

  /** Only the header is read; half a line at the end is left for when it is whole. */
  #skipToEnd(open: OpenFile, size: number) {
    const bytes = readBytes(open.handle, 0, Math.min(size, lineBytesMax))
    const [first] = splitLines(bytes).lines
    if (open.header === undefined && first !== undefined) this.#line(open, first)
    let end = size
    while (end > 0 && readBytes(open.handle, end - 1, 1)[0] !== 0x0a) end -= 1
    open.offset = end
    this.#remember(open)
  }

  /** Copied away and truncated, and perhaps grown again past where it was. */
  #isAnother(open: OpenFile): boolean {
    const known = this.#position
    if (known === undefined || known.beginningBytes === 0 || open.offset === 0) return false
    return beginningOf(open.handle, known.beginningBytes) !== known.beginning
  }

  #restart(open: OpenFile) {
    open.offset = 0
    open.isSkipping = false
    open.header = this.#parts.header
    this.#position = undefined
  }

  #drain(open: OpenFile) {
    for (;;) {
      const bytes = readBytes(open.handle, open.offset, chunkBytes)
      const { lines, used } = splitLines(bytes)
      if (used === 0 && bytes.length <= lineBytesMax) return
      if (used === 0) {
        // Nothing here is a line; the rest of it is passed over.
        if (!open.isSkipping) this.#parts.note('bad-line')
        open.isSkipping = true
        open.offset += bytes.length
        continue
      }
      for (const line of lines) {
        if (open.isSkipping) open.isSkipping = false
        else this.#line(open, line)
      }
      open.offset += used
      this.#remember(open)
    }
  }

  #line(open: OpenFile, bytes: Buffer) {
    const { encoding, separator, note, onRow } = this.#parts
    const { text, isClean } = decodeLine(bytes, encoding)
    if (text.trim() === '') return
    if (!isClean) note('bad-encoding')
    const fields = fieldsOf(text, separator)
    if (open.header === undefined) {
      open.header = fields
      return
    }
    const row = rowOf(open.header, fields)
    if (row === undefined) note('bad-line')
    else onRow(row)
  }

  /** After the rows have gone out: what is read twice is known again, what is never read is lost. */
  #remember({ handle, inode, offset, header }: OpenFile) {
    const beginningBytes = Math.min(offset, beginningMax)
    this.#position = {
      inode,
      offset,
      beginning: beginningOf(handle, beginningBytes),
      beginningBytes,
      header: header === undefined ? null : [...header],
    }
    mkdirSync(dirname(this.#parts.remember), { recursive: true, mode: 0o700 })
    writeWhole(this.#parts.remember, JSON.stringify(this.#position))
  }
}

const readBytes = (handle: number, from: number, count: number): Buffer => {
  const buffer = Buffer.alloc(count)
  return buffer.subarray(0, readSync(handle, buffer, 0, count, from))
}

/** The header may hold nothing, the first lines may hold names: a digest is all that is kept. */
const beginningOf = (handle: number, bytes: number): string =>
  createHash('sha256')
    .update(readBytes(handle, 0, bytes))
    .digest('hex')

/** One that cannot be read is like none: reading begins as for a new file. */
const readPosition = (file: string): Position | undefined => {
  try {
    return Position.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}
