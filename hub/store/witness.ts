/**
 * A note beside the database of how far each branch came. SQLite takes a cut-off write-ahead log for a shorter but
 * sound one; the note, written after every commit, says that acknowledged work is missing.
 */
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Head } from './port.ts'

export interface Witness {
  /** What the note knows of and the database has not; null when nothing is missing. */
  lost(head: Head): { epoch: number; text: string } | null
  note(head: Head): void
  close(): void
}

/** One sector, so that a power cut leaves the old note or the new one. */
const noteBytes = 256

interface Note {
  readonly epoch: number
  readonly seq: number
  readonly hash: string
}

export const witnessFile = (directory: string, branch: string): string =>
  join(directory, 'witness', encodeURIComponent(branch))

/** The note is not synced: it can lag behind a power cut, but never be ahead of what was committed. */
export const createWitness = (directory: string): Witness => {
  const files = new Map<string, number | null>()
  const fileOf = (branch: string): number | null => {
    const known = files.get(branch)
    if (known !== undefined) return known
    const opened = openNote(directory, branch)
    files.set(branch, opened)
    return opened
  }
  return {
    lost: (head) => {
      const note = readNote(witnessFile(directory, head.branch))
      if (note === null || note.epoch < head.epoch) return null
      const missing = note.epoch > head.epoch || note.seq > head.seq
      if (!missing && (note.seq < head.seq || note.hash === head.hash)) return null
      const text = `${head.branch} was at entry ${note.epoch}/${note.seq}, the database ends at ${head.epoch}/${head.seq}.`
      return { epoch: note.epoch, text }
    },
    note: (head) => {
      const file = fileOf(head.branch)
      if (file === null) return
      const { epoch, seq, hash } = head
      try {
        writeSync(file, JSON.stringify({ epoch, seq, hash }).padEnd(noteBytes), 0)
      } catch {
        // The commit itself is safe; without its note a cut-off log could only go unnoticed.
        closeSync(file)
        files.set(head.branch, null)
      }
    },
    close: () => {
      for (const file of files.values()) if (file !== null) closeSync(file)
      files.clear()
    },
  }
}

const openNote = (directory: string, branch: string): number | null => {
  try {
    mkdirSync(join(directory, 'witness'), { recursive: true, mode: 0o700 })
    // Written in place, never emptied first.
    return openSync(witnessFile(directory, branch), constants.O_RDWR | constants.O_CREAT, 0o600)
  } catch {
    return null
  }
}

const readNote = (file: string): Note | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note
  } catch {
    // No note yet, or one that a power cut left empty: nothing to compare with.
    return null
  }
}
