/**
 * The out-tray of an adapter in a file: one JSON line for what is put in and one for what leaves. A line survives the
 * process at once; the disk is asked in groups, because a sensor says more than a disk can be asked one by one.
 */
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import {
  type DirectTray,
  groupMs,
  type MessageName,
  messagesOf,
  rowKey,
  rowOf,
  type TrayMessage,
  TrayRow,
} from './out-tray.ts'
import type { Clock } from './ports.ts'
import { writeWhole } from './whole-file.ts'
import { createLineAppender } from './whole-line.ts'

const Gone = TrayRow.pick({ device: true, boot: true, n: true }).extend({ gone: z.literal(true) })
const Line = z.union([TrayRow, Gone])
type Line = z.infer<typeof Line>

/** An empty tray's file is cut to nothing once it is longer than this. */
const idleBytesMax = 64 * 1024
/** A file that holds so much that has left is written anew. */
const wasteBytesMax = 4 * 1024 * 1024

export interface TrayFileParts {
  readonly file: string
  readonly clock: Pick<Clock, 'after'>
}

/** @throws UsherError `adapter.memory` */
export const openFileTray = (parts: TrayFileParts): DirectTray => {
  try {
    return new FileTray(parts)
  } catch (error) {
    throw new UsherError('adapter.memory', `${parts.file}: ${String(error)}`, { cause: error })
  }
}

const textOf = (line: Line) => `${JSON.stringify(line)}\n`

class FileTray implements DirectTray {
  readonly #parts: TrayFileParts
  readonly #waiting: Map<string, TrayRow>
  #waitingBytes = 0
  #fileBytes = 0
  #handle = 0
  readonly #appendLine = createLineAppender()
  #isClosed = false
  #isSyncing = false
  #isDirty = false
  #cancelSync: (() => void) | undefined

  constructor(parts: TrayFileParts) {
    this.#parts = parts
    mkdirSync(dirname(parts.file), { recursive: true, mode: 0o700 })
    this.#waiting = readWaiting(parts.file)
    this.#rewrite()
  }

  earlier = (of: string): TrayMessage[] => messagesOf(this.#waiting.values(), of)

  put(device: string, message: TrayMessage) {
    if (this.#isClosed) return
    const line = rowOf(device, message)
    this.#append(textOf(line))
    this.#waiting.set(rowKey(line), line)
    this.#waitingBytes += line.payload.length
    this.#syncSoon()
  }

  take(device: string, { boot, n }: MessageName) {
    const name = { device, boot, n }
    const line = this.#waiting.get(rowKey(name))
    if (line === undefined || this.#isClosed) return
    this.#append(textOf({ ...name, gone: true }))
    this.#waiting.delete(rowKey(name))
    this.#waitingBytes -= line.payload.length
    if (this.#waiting.size === 0 && this.#fileBytes > idleBytesMax) this.#empty()
    else if (this.#fileBytes > 2 * this.#waitingBytes + wasteBytesMax) this.#renew()
  }

  close() {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#cancelSync?.()
    fsyncSync(this.#handle)
    if (!this.#isSyncing) closeSync(this.#handle)
  }

  #append(text: string) {
    this.#fileBytes += this.#appendLine(this.#handle, text)
  }

  #empty() {
    ftruncateSync(this.#handle, 0)
    this.#fileBytes = 0
  }

  #renew() {
    const before = this.#handle
    this.#rewrite()
    // A sync that is under way closes it when it is over.
    if (!this.#isSyncing) closeSync(before)
  }

  #rewrite() {
    const { file } = this.#parts
    const text = [...this.#waiting.values()].map(textOf).join('')
    writeWhole(file, text)
    this.#handle = openSync(file, 'a')
    this.#fileBytes = Buffer.byteLength(text)
    this.#waitingBytes = [...this.#waiting.values()].reduce((sum, { payload }) => sum + payload.length, 0)
  }

  /** One for all that was put in meanwhile, beside everything else the process does. */
  #syncSoon() {
    this.#isDirty = true
    if (this.#cancelSync !== undefined || this.#isSyncing) return
    this.#cancelSync = this.#parts.clock.after(groupMs, () => {
      this.#cancelSync = undefined
      this.#isSyncing = true
      this.#isDirty = false
      const handle = this.#handle
      fsync(handle, () => {
        this.#isSyncing = false
        if (this.#isClosed || handle !== this.#handle) closeSync(handle)
        if (this.#isDirty && !this.#isClosed) this.#syncSoon()
      })
    })
  }
}

/** A last line without its end was being written when the process was killed; nobody was told that it is kept. */
const readWaiting = (file: string): Map<string, TrayRow> => {
  const waiting = new Map<string, TrayRow>()
  if (!existsSync(file)) return waiting
  const text = readFileSync(file, 'utf8')
  for (const one of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    const line = Line.safeParse(parsed(one)).data
    if (line === undefined) continue
    if ('payload' in line) waiting.set(rowKey(line), line)
    else waiting.delete(rowKey(line))
  }
  return waiting
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
