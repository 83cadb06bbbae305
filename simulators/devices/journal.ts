/** Where a device keeps its log: a file that survives `kill -9` and a power cut, or memory for fake-clock tests. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { actKinds, JournalEntry } from './journal-entry.ts'
import type { Journal } from './ports.ts'

/** Keeps the last so many lines. */
export const createMemoryJournal = (keptMax = Number.POSITIVE_INFINITY): Journal => {
  let entries: JournalEntry[] = []
  return {
    entries: () => entries,
    write(entry) {
      entries.push(entry)
      if (entries.length > 2 * keptMax) entries = entries.slice(-keptMax)
    },
    close: () => {},
  }
}

/** Keeps nothing: for the many devices of a bench, whose logs nobody reads. */
export const createNoJournal = (): Journal => ({ entries: () => [], write: () => {}, close: () => {} })

/**
 * @returns the whole lines of a log. A last line without its end was being written when the process was killed; what
 * it tells was not yet done, because a device writes first and acts after.
 */
export const readJournal = (file: string): JournalEntry[] => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const parsed = JournalEntry.safeParse(parseJson(line))
      return parsed.success ? [parsed.data] : []
    })
}

/** Opens a log for appending; what an earlier life of the device wrote is read first. */
export const openFileJournal = (file: string): Journal => {
  mkdirSync(dirname(file), { recursive: true })
  const earlier = readJournal(file)
  const handle = openSync(file, 'a')
  // A line that was cut off must not swallow the next one.
  writeSync(handle, '\n')
  return {
    entries: () => earlier,
    write(entry) {
      writeSync(handle, `${JSON.stringify(entry)}\n`)
      if (actKinds.has(entry.kind)) fsyncSync(handle)
    },
    close: () => closeSync(handle),
  }
}

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
