/**
 * Appends batches to the commit log. Its files are opened so that a write returns when it is on disk (O_DSYNC): one
 * system call a commit. A batch of one entry is written at once, in the hub's own thread, as long as the disk answers
 * quickly; a larger one goes to another thread, and the hub goes on reading what arrives.
 */
import { randomInt } from 'node:crypto'
import { closeSync, constants, fstatSync, ftruncateSync, openSync, write, writeSync } from 'node:fs'
import { storeFailure } from './failures.ts'
import type { LogPosition } from './log-position.ts'
import { frameBytes, writeRecord } from './log-record.ts'
import { headerBytes, makeStamp, segmentCount, segmentFile, writeHeader } from './log-segment.ts'
import { StoreFull } from './port.ts'

export interface LogWriterParts {
  readonly directory: string
  readonly segmentBytes: number
  readonly position: LogPosition
  /** Resolves when this lap's segment may be overwritten: what it held is in the database. */
  readonly untilFree: (lap: number) => Promise<void>
}

export interface LogWriter {
  /** Not to be called again before it has resolved. @returns when it is on disk, and whether the applier sleeps. */
  append(text: string, entries: number): Promise<boolean>
  /** What comes next goes to the other segment. @returns its lap. */
  turnOver(): Promise<number>
  close(): void
}

/** A disk that once took longer is not waited for in the hub's thread for a while. */
const quickMs = 2
const appendsAside = 100

const scratchBytes = 256 * 1024

/** The record, with the lap's header before it when it is the first. Good until the next one is made. */
const createEncoder = () => {
  const scratch = Buffer.alloc(scratchBytes)
  return (text: string, stamp: Buffer, isFirst: boolean): Buffer => {
    const at = isFirst ? headerBytes : 0
    let target = scratch
    let length = writeRecord(target, at, { text, stamp })
    if (length < 0) {
      target = Buffer.alloc(at + frameBytes + Buffer.byteLength(text))
      length = writeRecord(target, at, { text, stamp })
    }
    if (isFirst) writeHeader(target, stamp)
    return target.subarray(0, at + length)
  }
}

const makeLap = (lap: number) => ({ lap, stamp: makeStamp(lap, randomInt(2 ** 32)), end: 0 })

export const createLogWriter = (parts: LogWriterParts): LogWriter => {
  const { directory, segmentBytes, position, untilFree } = parts
  const files = Array.from({ length: segmentCount }, (_, index) =>
    openSync(segmentFile(directory, index), constants.O_RDWR | constants.O_DSYNC),
  )
  const encode = createEncoder()
  let now = makeLap(position.read().lap)
  let aside = 0
  const fileNow = () => files[now.lap % segmentCount] as number

  const turnOver = async () => {
    await untilFree(now.lap + 1)
    now = makeLap(now.lap + 1)
    if (fstatSync(fileNow()).size > segmentBytes) ftruncateSync(fileNow(), segmentBytes)
  }
  const write = (bytes: Buffer, entries: number): Promise<void> | undefined => {
    if (aside > 0) aside -= 1
    else if (entries === 1) {
      const began = performance.now()
      writeHere(fileNow(), bytes, now.end)
      if (performance.now() - began > quickMs) aside = appendsAside
      return undefined
    }
    return writeAside(fileNow(), bytes, now.end)
  }
  return {
    append: async (text, entries) => {
      let bytes = encode(text, now.stamp, now.end === 0)
      // A batch larger than a segment makes that one longer, for this once.
      if (now.end > 0 && now.end + bytes.length > segmentBytes) {
        await turnOver()
        bytes = encode(text, now.stamp, true)
      }
      try {
        await write(bytes, entries)
      } catch (error) {
        throw appendFailure(error, { file: fileNow(), end: now.end })
      }
      now.end += bytes.length
      return position.committed(now)
    },
    turnOver: async () => {
      await turnOver()
      position.committed(now)
      return now.lap
    },
    close: () => {
      for (const file of files) closeSync(file)
    },
  }
}

const writeHere = (file: number, bytes: Buffer, end: number): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, end + at)
}

const writeAside = (file: number, bytes: Buffer, end: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const go = (at: number) =>
      write(file, bytes, at, bytes.length - at, end + at, (error, written) => {
        if (error !== null) reject(error)
        else if (at + written < bytes.length) go(at + written)
        else resolve()
      })
    go(0)
  })

/** Nothing of a refused record may look like one later. */
const appendFailure = (error: unknown, { file, end }: { file: number; end: number }): unknown => {
  const failure = storeFailure(error)
  if (!(failure instanceof StoreFull)) return failure
  try {
    writeSync(file, Buffer.alloc(end === 0 ? headerBytes : frameBytes), 0, undefined, end)
    return failure
  } catch (cause) {
    return storeFailure(cause)
  }
}
