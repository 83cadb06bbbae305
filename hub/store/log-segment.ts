/**
 * The files of the commit log: two segments of a fixed size, written in turn and never given back to the disk, so that
 * a commit overwrites blocks that are there. Each use of a segment is a lap with a number and a stamp of its own.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncPath } from './backup.ts'
import { stampBytes } from './log-record.ts'

export const segmentCount = 2
/** Bounds what a start has to apply: twice this much. Measured in decision 0013. */
export const defaultSegmentBytes = 4 * 1024 * 1024

/** Mark, version, stamp (salt and lap), checksum. */
export const headerBytes = 64
const mark = Buffer.from('usherlog')
const version = 1
const stampAt = mark.length + 4
const sumAt = stampAt + stampBytes

export const logDirectory = (directory: string): string => join(directory, 'log')

export const segmentFile = (directory: string, lap: number): string =>
  join(logDirectory(directory), `segment-${lap % segmentCount}`)

/** The salt, random, keeps apart what copies of a directory write in laps of the same number. */
export const makeStamp = (lap: number, salt: number): Buffer => {
  const stamp = Buffer.alloc(stampBytes)
  stamp.writeUInt32LE(salt, 0)
  stamp.writeUInt32LE(lap, 4)
  return stamp
}

export const writeHeader = (target: Buffer, stamp: Buffer): void => {
  target.fill(0, 0, headerBytes)
  mark.copy(target, 0)
  target.writeUInt32LE(version, mark.length)
  stamp.copy(target, stampAt)
  target.writeUInt32LE(crc32(target.subarray(0, sumAt)), sumAt)
}

export interface Lap {
  readonly lap: number
  readonly stamp: Buffer
}

/** Null where no lap was begun, or its first write did not end. */
export const readHeader = (bytes: Buffer): Lap | null => {
  if (bytes.length < headerBytes || mark.compare(bytes, 0, mark.length) !== 0) return null
  if (bytes.readUInt32LE(sumAt) !== crc32(bytes.subarray(0, sumAt))) return null
  if (bytes.readUInt32LE(mark.length) !== version) return null
  const stamp = Buffer.from(bytes.subarray(stampAt, sumAt))
  return { lap: stamp.readUInt32LE(4), stamp }
}

export interface Segment extends Lap {
  readonly bytes: Buffer
}

/** The laps that are on disk, oldest first. */
export const readSegments = (directory: string): Segment[] => {
  const found: Segment[] = []
  for (let index = 0; index < segmentCount; index++) {
    const bytes = readIfThere(segmentFile(directory, index))
    const header = bytes === null ? null : readHeader(bytes)
    if (bytes !== null && header !== null) found.push({ ...header, bytes })
  }
  return found.sort((a, b) => a.lap - b.lap)
}

const readIfThere = (file: string): Buffer | null => {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const zeros = Buffer.alloc(256 * 1024)

/** Brings every segment to its size, with real blocks. Only for what is applied already. */
export const laySegments = (directory: string, segmentBytes: number): void => {
  const folder = logDirectory(directory)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let changed = false
  for (let index = 0; index < segmentCount; index++) {
    const file = segmentFile(directory, index)
    if (statSync(file, { throwIfNoEntry: false })?.size === segmentBytes) continue
    changed = true
    zeroFile(file, segmentBytes)
  }
  if (!changed) return
  syncPath(folder)
  syncPath(directory)
}

/** Overwrites, so that nothing that was erased elsewhere stays here; on disk when it returns. */
export const zeroFile = (file: string, bytes: number): void => {
  const handle = openSync(file, 'a', 0o600)
  closeSync(handle)
  const target = openSync(file, 'r+')
  try {
    for (let at = 0; at < bytes; ) at += writeSync(target, zeros, 0, Math.min(zeros.length, bytes - at), at)
    ftruncateSync(target, bytes)
    fsyncSync(target)
  } finally {
    closeSync(target)
  }
}
