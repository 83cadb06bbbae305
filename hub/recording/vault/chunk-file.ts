/**
 * One encrypted file of a recording: pieces behind each other, each bound to its number, its time and the piece before it.
 * A file is written by one run of the hub alone and never opened again for writing, and has a key of its own made from
 * random bytes in its head: so no nonce is ever used twice, not even for a piece that a power cut tore.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'

const magic = Buffer.from('USHREC1\n')
const tagBytes = 16
/** Length, number, time. */
const frontBytes = 16
const headBytesMax = 4_096
export const chunkBytesMax = 8 * 1_024 * 1_024

export const ChunkFileHead = z.strictObject({
  v: z.literal(1),
  recording: z.string(),
  name: z.string(),
  /** `hub`, `page:<participant>`, `inspector`. */
  recorder: z.string(),
  participant: z.string().nullable(),
  /** What was recorded without a break; a page's goes on in another file after a restart of the hub. */
  part: z.string(),
  /** Of the first piece, counted over the part. */
  firstSeq: z.int().min(0),
  /** Hub time of the first moment of the part. */
  startedAt: z.number(),
  type: z.string(),
  salt: z.string(),
})
export type ChunkFileHead = z.infer<typeof ChunkFileHead>

const keyOf = (dataKey: Buffer, head: Buffer, salt: string) => {
  const hash = createHash('sha256').update(head).digest('hex')
  const info = `usher recording file 1\n${hash}`
  return Buffer.from(hkdfSync('sha256', dataKey, Buffer.from(salt, 'base64url'), info, 32))
}

const nonceOf = (seq: number) => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(seq, 8)
  return nonce
}

const frontOf = (length: number, seq: number, at: number) => {
  const front = Buffer.alloc(frontBytes)
  front.writeUInt32BE(length, 0)
  front.writeUInt32BE(seq, 4)
  front.writeBigUInt64BE(BigInt(Math.round(at)), 8)
  return front
}

export interface ChunkFileWriter {
  readonly name: string
  /** With its front and its tag. */
  readonly bytes: number
  /**
   * On disk when it is done. After one that failed nothing more is taken: it belongs into another file.
   * @param at hub time of its last moment
   * @throws UsherError `recording.no-space`
   */
  append(plain: Uint8Array, at: number): Promise<void>
  close(): Promise<void>
}

const noSpaceOr = (cause: unknown, name: string): unknown =>
  ['ENOSPC', 'EDQUOT'].includes(String((cause as { code?: unknown }).code))
    ? new UsherError('recording.no-space', name, { cause })
    : cause

class Writer implements ChunkFileWriter {
  readonly name: string
  readonly #file: FileHandle
  readonly #key: Buffer
  #before: Buffer
  #seq = 0
  #last: Promise<void> = Promise.resolve()
  /** What is on disk of its end is not known. */
  #isBroken = false
  bytes: number

  constructor(file: FileHandle, name: string, { key, head }: { key: Buffer; head: Buffer }) {
    this.#file = file
    this.name = name
    this.#key = key
    this.#before = createHash('sha256').update(head).digest().subarray(0, tagBytes)
    this.bytes = head.length
  }

  append(plain: Uint8Array, at: number): Promise<void> {
    const done = this.#last.then(() => this.#append(plain, at))
    this.#last = done.catch(() => undefined)
    return done
  }

  async close(): Promise<void> {
    await this.#last
    await this.#file.close()
  }

  async #append(plain: Uint8Array, at: number) {
    if (this.#isBroken) throw new UsherError('recording.damaged', this.name)
    try {
      await this.#write(plain, at)
    } catch (cause) {
      this.#isBroken = true
      throw noSpaceOr(cause, this.name)
    }
  }

  async #write(plain: Uint8Array, at: number) {
    const front = frontOf(plain.length, this.#seq, at)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#seq))
    cipher.setAAD(Buffer.concat([front, this.#before]))
    const record = Buffer.concat([front, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    // Whether it is written or torn, this number is used up.
    this.#seq += 1
    this.#before = record.subarray(-tagBytes)
    for (let done = 0; done < record.length; )
      done += (await this.#file.write(record, done, record.length - done, this.bytes + done)).bytesWritten
    this.bytes += record.length
    await this.#file.datasync()
  }
}

/** @param head without its salt. Fails where a file of this name is there already. */
export const createChunkFile = async (
  path: string,
  dataKey: Buffer,
  given: Omit<ChunkFileHead, 'v' | 'salt'>,
): Promise<ChunkFileWriter> => {
  const salt = randomBytes(32).toString('base64url')
  const json = Buffer.from(JSON.stringify({ v: 1, ...given, salt } satisfies ChunkFileHead))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  const head = Buffer.concat([magic, length, json])
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(head)
    await file.sync()
  } catch (cause) {
    // Half a head is no file.
    await file.close()
    await rm(path)
    throw noSpaceOr(cause, given.name)
  }
  return new Writer(file, given.name, { key: keyOf(dataKey, head, salt), head })
}

const damaged = (name: string, why: string) => new UsherError('recording.damaged', `${name}: ${why}`)

const readExactly = async (file: FileHandle, at: number, length: number): Promise<Buffer | undefined> => {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) return undefined
    done += bytesRead
  }
  return bytes
}

export interface Chunk {
  readonly seq: number
  readonly at: number
  readonly plain: Buffer
}

/** Where a piece stands in its file. */
export interface ChunkPlace {
  readonly offset: number
  readonly bytes: number
}

export const recordBytes = (plainBytes: number): number => frontBytes + plainBytes + tagBytes

export class ChunkFileReader {
  readonly head: ChunkFileHead
  readonly headBytes: number
  readonly #file: FileHandle
  readonly #key: Buffer
  readonly #first: Buffer

  constructor(file: FileHandle, dataKey: Buffer, head: { parsed: ChunkFileHead; raw: Buffer }) {
    this.#file = file
    this.head = head.parsed
    this.headBytes = head.raw.length
    this.#key = keyOf(dataKey, head.raw, head.parsed.salt)
    this.#first = createHash('sha256').update(head.raw).digest().subarray(0, tagBytes)
  }

  /** Each piece in its order; ends where the file does, or before a piece that a power cut tore: then it says so. */
  async *chunks(): AsyncGenerator<Chunk, { readonly tornBytes: number }> {
    const { size } = await this.#file.stat()
    let offset = this.headBytes
    for (let seq = 0; offset < size; seq += 1) {
      const front = await readExactly(this.#file, offset, frontBytes)
      const bytes = front?.readUInt32BE(0) ?? 0
      if (front === undefined || offset + recordBytes(bytes) > size) return { tornBytes: size - offset }
      if (bytes > chunkBytesMax) throw damaged(this.head.name, `piece ${seq}`)
      yield await this.chunk(seq, { offset, bytes })
      offset += recordBytes(bytes)
    }
    return { tornBytes: 0 }
  }

  /** @throws UsherError `recording.damaged` */
  async chunk(seq: number, { offset, bytes }: ChunkPlace): Promise<Chunk> {
    const from = seq === 0 ? offset : offset - tagBytes
    const raw = await readExactly(this.#file, from, recordBytes(bytes) + offset - from)
    if (raw === undefined) throw damaged(this.head.name, `piece ${seq} is cut off`)
    const before = seq === 0 ? this.#first : raw.subarray(0, tagBytes)
    const record = raw.subarray(offset - from)
    const front = record.subarray(0, frontBytes)
    if (front.readUInt32BE(0) !== bytes || front.readUInt32BE(4) !== seq)
      throw damaged(this.head.name, `piece ${seq}`)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(seq))
    decipher.setAAD(Buffer.concat([front, before]))
    decipher.setAuthTag(record.subarray(-tagBytes))
    try {
      const plain = Buffer.concat([decipher.update(record.subarray(frontBytes, -tagBytes)), decipher.final()])
      return { seq, at: Number(front.readBigUInt64BE(8)), plain }
    } catch (cause) {
      throw new UsherError('recording.damaged', `${this.head.name}: piece ${seq}`, { cause })
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

const readHead = async (file: FileHandle, name: string) => {
  const front = await readExactly(file, 0, magic.length + 4)
  const length = front?.readUInt32BE(magic.length) ?? 0
  if (front === undefined || !front.subarray(0, magic.length).equals(magic) || length > headBytesMax)
    throw damaged(name, 'its head')
  const raw = await readExactly(file, 0, front.length + length)
  try {
    const parsed = ChunkFileHead.parse(JSON.parse(raw?.subarray(front.length).toString() ?? ''))
    return { parsed, raw: raw as Buffer }
  } catch (cause) {
    throw new UsherError('recording.damaged', `${name}: its head`, { cause })
  }
}

/** @throws UsherError `recording.damaged` */
export const openChunkFile = async (path: string, dataKey: Buffer): Promise<ChunkFileReader> => {
  const file = await open(path, 'r')
  try {
    return new ChunkFileReader(file, dataKey, await readHead(file, path))
  } catch (error) {
    await file.close()
    throw error
  }
}
