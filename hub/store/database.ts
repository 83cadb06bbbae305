/** Opens the database file of a data directory the same way every time: the settings below are not kept in the file. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { isDamaged, sqliteCode, storeFailure } from './failures.ts'
import { migrate } from './schema.ts'

export const databaseFile = (directory: string): string => join(directory, 'usher.db')

/**
 * FULL: a transaction is on disk when it ends, if nothing else is said. No automatic checkpoint: it is made when it is
 * known what to do about its errors. No spilling: a transaction that is only read through needs no room on the disk.
 * trusted_schema off and cell_size_check on: a damaged or doctored file is noticed early (sqlite.org/security.html).
 */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA journal_size_limit = 16777216;
  PRAGMA secure_delete = FAST;
  PRAGMA cache_size = -16384;
  PRAGMA cache_spill = OFF;
  PRAGMA temp_store = MEMORY;
`

export const openDatabase = (file: string): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: 5000 })
  try {
    db.exec(pragmas)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    if (isDamaged(error))
      throw new UsherError('store.corrupt', `SQLite code ${sqliteCode(error)}.`, { cause: error })
    throw storeFailure(error)
  }
}

export const openDirectory = (directory: string): DatabaseSync => {
  // Only the hub's own account may read what the branch senses.
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return openDatabase(databaseFile(directory))
}

/**
 * For what the commit log still holds: nothing waits for the disk, and a power cut may take the transaction back,
 * together with all that came after it. It stays there for good with the next one of `transact`, or the next sync.
 */
export const transactUnsynced = <T>(db: DatabaseSync, work: () => T): T => {
  db.exec('PRAGMA synchronous = NORMAL')
  try {
    return transact(db, work)
  } finally {
    db.exec('PRAGMA synchronous = FULL')
  }
}

/** Runs `work` in one transaction: all of it or nothing. */
export const transact = <T>(db: DatabaseSync, work: () => T): T => {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // After SQLITE_FULL and SQLITE_IOERR SQLite may have rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
