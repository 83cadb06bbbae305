/** A file to be looked into piece by piece: never the whole of it in memory. */
import type { FileHandle } from 'node:fs/promises'
import { UsherError } from '#protocol/errors.ts'

/** Read ahead, since what is looked for mostly follows what was found. */
const windowBytes = 65_536

export const broken = (why: string): UsherError => new UsherError('content.broken', why)

export class ByteSource {
  readonly size: number
  readonly #file: FileHandle
  #window: Buffer = Buffer.alloc(0)
  #from = 0

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  /** @returns exactly so many bytes. @throws UsherError `content.broken` where the file ends before. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || offset + length > this.size) throw broken('It ends too early.')
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
