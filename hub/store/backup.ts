/**
 * A backup is one SQLite file, taken while the hub works. A restore proves it before anything is replaced, and raises
 * the epoch so that devices and the hub cannot take new work for old.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'

/**
 * One step: all pages from one moment. Steps would begin anew after every commit of the hub, and on the hub's own
 * connection they fail when they fall into its transaction. The copying runs beside the event loop.
 */
const wholeAtOnce = 2 ** 31 - 1

/** Writes beside the target and renames, so that a file with the name of a backup is always a whole one. */
export const writeBackup = async (source: string, file: string): Promise<void> => {
  if (existsSync(file)) throw new UsherError('store.backup-exists', file)
  const part = `${file}.part`
  rmSync(part, { force: true })
  const db = new DatabaseSync(source, { readOnly: true, timeout: 5000 })
  try {
    await copyPages(db, part, { rate: wholeAtOnce })
    const copy = new DatabaseSync(part)
    try {
      // One file that can be carried away, without a write-ahead log beside it.
      copy.exec('PRAGMA journal_mode = DELETE')
    } finally {
      copy.close()
    }
    syncPath(part)
    renameSync(part, file)
    syncPath(dirname(file))
  } finally {
    db.close()
    for (const end of ['', '-wal', '-shm']) rmSync(part + end, { force: true })
  }
}

/** A rename is only on disk once its directory is. */
export const syncPath = (path: string): void => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
