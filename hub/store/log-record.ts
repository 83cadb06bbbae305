/**
 * One record of the commit log: the stamp of the lap it was written in, its length, its checksum, its text. The stamp
 * is another one each time a segment is used again, so that what an earlier lap left there is never taken for a record.
 */
import { crc32 } from 'node:zlib'

export const stampBytes = 8
/** Stamp, length, checksum over both and the text. */
export const frameBytes = stampBytes + 8

export interface LogRecord {
  readonly text: string
  /** Where the next one begins. */
  readonly end: number
}

/** @returns its bytes, or -1 when the target is too short for it. */
export const writeRecord = (
  target: Buffer,
  at: number,
  { text, stamp }: { text: string; stamp: Buffer },
): number => {
  const room = target.length - at - frameBytes
  // A character takes at most three bytes; only when those may not fit is it counted.
  if (text.length * 3 > room && Buffer.byteLength(text) > room) return -1
  const length = target.write(text, at + frameBytes)
  stamp.copy(target, at)
  target.writeUInt32LE(length, at + stampBytes)
  target.writeUInt32LE(checksum(target, at, length), at + stampBytes + 4)
  return frameBytes + length
}

/** Null where there is no whole record of this stamp. */
export const readRecord = (bytes: Buffer, at: number, stamp: Buffer): LogRecord | null => {
  const start = at + frameBytes
  if (start > bytes.length || stamp.compare(bytes, at, at + stampBytes) !== 0) return null
  const length = bytes.readUInt32LE(at + stampBytes)
  if (start + length > bytes.length) return null
  if (bytes.readUInt32LE(at + stampBytes + 4) !== checksum(bytes, at, length)) return null
  return { text: bytes.toString('utf8', start, start + length), end: start + length }
}

/** Whether a whole record begins anywhere behind this place. */
export const hasRecordAfter = (bytes: Buffer, at: number, stamp: Buffer): boolean => {
  for (let next = bytes.indexOf(stamp, at + 1); next >= 0; next = bytes.indexOf(stamp, next + 1))
    if (readRecord(bytes, next, stamp) !== null) return true
  return false
}

const checksum = (bytes: Buffer, at: number, length: number): number =>
  crc32(
    bytes.subarray(at + frameBytes, at + frameBytes + length),
    crc32(bytes.subarray(at, at + stampBytes + 4)),
  )
