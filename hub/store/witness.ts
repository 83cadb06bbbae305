/**
 * Notes beside the database of how far each branch came. A commit log or a database that is gone, or cut off where it
 * still looks whole, is noticed by them: acknowledged work is missing.
 */
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Head } from './port.ts'

/** What it notes: every commit as it is acknowledged, or what is applied, with the link it ends at. */
export type WitnessKind = 'committed' | 'applied'

export interface Witnessed {
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  readonly hash?: string
}

export interface Witness {
  note(place: Witnessed): void
  close(): void
}

/** One sector each, so that a power cut leaves the old note or the new one. */
const noteBytes = 512
const slots: readonly WitnessKind[] = ['committed', 'applied']

interface Note {
  readonly epoch: number
  readonly seq: number
  readonly hash?: string
}

export const witnessFile = (directory: string, branch: string): string =>
  join(directory, 'witness', encodeURIComponent(branch))

/** The notes are not synced: they can lag behind a power cut, but never be ahead of what was committed. */
export const createWitness = (directory: string, kind: WitnessKind): Witness => {
  const files = new Map<string, number | null>()
  const place = slots.indexOf(kind) * noteBytes
  const fileOf = (branch: string): number | null => {
    const known = files.get(branch)
    if (known !== undefined) return known
    const opened = openNote(directory, branch)
    files.set(branch, opened)
    return opened
  }
  return {
    note: ({ branch, epoch, seq, hash }) => {
      const file = fileOf(branch)
      if (file === null) return
      try {
        writeSync(file, JSON.stringify({ epoch, seq, hash }).padEnd(noteBytes), place)
      } catch {
        // The commit itself is safe; without its note a cut-off log could only go unnoticed.
        closeSync(file)
        files.set(branch, null)
      }
    },
    close: () => {
      for (const file of files.values()) if (file !== null) closeSync(file)
      files.clear()
    },
  }
}

/** What the notes know of and the database has not; null when nothing is missing. */
export const findLost = (
  directory: string,
  head: Head,
  hashAt: (seq: number) => string | undefined,
): { epoch: number; text: string } | null => {
  for (const { epoch, seq, hash } of readNotes(witnessFile(directory, head.branch))) {
    if (epoch < head.epoch) continue
    const missing = epoch > head.epoch || seq > head.seq
    const known = missing ? undefined : hashAt(seq)
    if (!missing && (hash === undefined || known === undefined || known === hash)) continue
    const text = `${head.branch} was at entry ${epoch}/${seq}, the database ends at ${head.epoch}/${head.seq}.`
    return { epoch, text }
  }
  return null
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

const readNotes = (file: string): Note[] => {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    return []
  }
  return slots.flatMap((_, slot) =>
    readNote(bytes.toString('utf8', slot * noteBytes, (slot + 1) * noteBytes)),
  )
}

const readNote = (text: string): Note[] => {
  try {
    return [JSON.parse(text.replaceAll('\0', '')) as Note]
  } catch {
    // No note yet, or one that a power cut left empty: nothing to compare with.
    return []
  }
}
