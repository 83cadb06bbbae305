/** One hub a data directory: a second one is refused at once. The lock dies with the process, even by SIGKILL. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { isBusy } from './failures.ts'

export interface Lock {
  release(): void
}

/** SQLite's own exclusive lock on an empty file: the operating system drops it when the process ends. */
export const lockDirectory = (directory: string): Lock => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const note = join(directory, 'usher.pid')
  const db = new DatabaseSync(join(directory, 'usher.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) throw new UsherError('store.locked', `${directory}${heldBy(note)}`, { cause: error })
    throw error
  }
  try {
    writeFileSync(note, `${process.pid}\n`)
  } catch {
    // The note only helps the reader of an error; on a full disk the hub still starts.
  }
  const release = () => {
    process.off('exit', release)
    if (db.isOpen) db.close()
  }
  // Also keeps the connection reachable: collected as garbage, it would let go of the lock while the hub runs.
  process.on('exit', release)
  return { release }
}

const heldBy = (note: string): string => {
  try {
    return ` is held by process ${readFileSync(note, 'utf8').trim()}.`
  } catch {
    return ' is held by another process.'
  }
}
