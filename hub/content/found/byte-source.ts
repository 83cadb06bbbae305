/** A file to be looked into piece by piece: never the whole of it in memory. */
import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { UsherError } from '#protocol/errors.ts'

/** Read ahead, since what is looked for mostly follows what was found. */
const windowBytes = 65_536
/** A file of nothing but empty parts keeps the hub busy for a moment at most, and others get their turn in between. */
const looksMax = 2_000_000
const looksPerTurn = 4_096

export const broken = (why: string): UsherError => new UsherError('content.broken', why)

export class ByteSource {
  readonly size: number
  readonly #file: FileHandle
  #window: Buffer = Buffer.alloc(0)
  #from = 0
  #looks = 0

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  /** @returns exactly so many bytes. @throws UsherError `content.broken` where the file ends before. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || offset + length > this.size) throw broken('It ends too early.')
    this.#looks += 1
    if (this.#looks > looksMax) throw broken('It has too many parts.')
    // What is in the window is there at once: without this nothing else would come in between.
    if (this.#looks % looksPerTurn === 0) await setImmediate()
    if (offset < this.#from || offset + length > this.#from + this.#window.length)
      await this.#load(offset, Math.max(length, windowBytes))
    const start = offset - this.#from
    if (start + length > this.#window.length) throw broken('It ends too early.')
    return this.#window.subarray(start, start + length)
  }

  /** As many as there are, up to a window. */
  async some(offset: number): Promise<Buffer> {
    return this.read(offset, Math.min(windowBytes, this.size - offset))
  }

  async #load(offset: number, length: number) {
    const buffer = Buffer.alloc(Math.min(length, this.size - offset))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await this.#file.read(buffer, filled, buffer.length - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    this.#window = buffer.subarray(0, filled)
    this.#from = offset
  }
}
