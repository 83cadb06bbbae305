/**
 * Reads what the log holds and the database has not: everything at a start, and what has come since while the hub
 * works. A record cut off at the very end was never acknowledged; damage anywhere before that is an error.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { UsherError } from '#protocol/errors.ts'
import { parseBatchText } from './batch-text.ts'
import type { LogPlace, LogPosition } from './log-position.ts'
import { hasRecordAfter, readRecord } from './log-record.ts'
import { headerBytes, readHeader, readSegments, type Segment, segmentFile } from './log-segment.ts'
import type { PackedBatch } from './pack.ts'

export interface LogReader {
  /** What was committed since the last `done`. */
  pending(): readonly PackedBatch[]
  /** What `pending` gave last is the rest of a segment, or more. */
  leavesSegment(): boolean
  /** What `pending` gave last is in the database; durably, where it leaves a segment. */
  done(): LogPlace
}

/** The whole records of a segment, in order. */
function* recordsOf({ bytes, stamp }: Pick<Segment, 'bytes' | 'stamp'>, from: number) {
  for (
    let record = readRecord(bytes, from, stamp);
    record !== null;
    record = readRecord(bytes, record.end, stamp)
  )
    yield record
}

export interface Found {
  readonly batches: readonly PackedBatch[]
  /** Of the newest lap; the next one begins after it. */
  readonly lap: number
}

/** @param acceptLoss reads up to the damage and no further. */
export const findLogged = (directory: string, acceptLoss: boolean): Found => {
  const segments = readSegments(directory)
  const batches: PackedBatch[] = []
  for (const segment of segments) {
    let end = headerBytes
    for (const record of recordsOf(segment, headerBytes)) {
      batches.push(parseBatchText(record.text))
      end = record.end
    }
    if (!hasRecordAfter(segment.bytes, end, segment.stamp)) continue
    if (acceptLoss) break
    throw new UsherError('store.corrupt', `The commit log is damaged at byte ${end} of lap ${segment.lap}.`)
  }
  return { batches, lap: segments.at(-1)?.lap ?? 0 }
}

/** Follows the log from its present place on. */
export const createLogReader = (directory: string, position: LogPosition): LogReader => {
  let place = position.read()
  let reached = place
  return {
    pending: () => {
      const committed = position.read()
      const batches: PackedBatch[] = []
      reached = place
      while (reached.lap < committed.lap) {
        batches.push(...readLap(directory, reached, null).batches)
        reached = { lap: reached.lap + 1, end: 0 }
      }
      if (reached.end === committed.end) return batches
      const { batches: last, end } = readLap(directory, reached, committed.end)
      if (end !== committed.end)
        throw new UsherError(
          'store.corrupt',
          `The commit log cannot be read at byte ${end} of lap ${reached.lap}.`,
        )
      batches.push(...last)
      reached = committed
      return batches
    },
    leavesSegment: () => reached.lap > place.lap,
    done: () => {
      place = reached
      position.applied(place.lap)
      return place
    },
  }
}

/** @param to null: as far as its records go. */
const readLap = (directory: string, { lap, end: from }: LogPlace, to: number | null) => {
  const file = openSync(segmentFile(directory, lap), 'r')
  try {
    const header = readHeader(readBytes(file, 0, headerBytes))
    const batches: PackedBatch[] = []
    if (header === null || header.lap !== lap) return { batches, end: from }
    const start = Math.max(from, headerBytes)
    const bytes = readBytes(file, start, to ?? fstatSync(file).size)
    let end = 0
    for (const record of recordsOf({ bytes, stamp: header.stamp }, 0)) {
      batches.push(parseBatchText(record.text))
      end = record.end
    }
    return { batches, end: start + end }
  } finally {
    closeSync(file)
  }
}

const readBytes = (file: number, from: number, to: number): Buffer => {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let at = 0
  for (let count = -1; count !== 0 && at < bytes.length; at += count)
    count = readSync(file, bytes, at, bytes.length - at, from + at)
  return bytes.subarray(0, at)
}
