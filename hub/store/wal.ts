/**
 * Moves SQLite's write-ahead log into the database file: in the store's own thread, when it has grown or nothing else is
 * to be done, so that it stays short and a start has little to read.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { databaseFile } from './database.ts'
import { storeFailure } from './failures.ts'
import { StoreFull } from './port.ts'

export interface WriteAheadLog {
  /** Every transaction so far is on disk when it returns. */
  sync(): void
  /** After a transaction. */
  look(): void
  copy(): void
  /** Cuts the file off: nothing that was erased stays in it. */
  empty(): void
  close(): void
}

/** 8 MiB: some thousand pages, a few milliseconds of copying. */
const pagesMax = 2048

interface LogPages {
  readonly log: number
  readonly checkpointed: number
}

export const createWriteAheadLog = (db: DatabaseSync, directory: string): WriteAheadLog => {
  // SQLite makes this file with the first transaction, keeps it until it is closed, and locks another one.
  const file = openSync(`${databaseFile(directory)}-wal`, 'r')
  const count = db.prepare('PRAGMA wal_checkpoint(NOOP)')
  const passive = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  const truncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  const run = (statement: typeof passive) => {
    try {
      statement.get()
    } catch (error) {
      // What is in the log is durable there; the database file grows when there is room again.
      if (!(storeFailure(error) instanceof StoreFull)) throw error
    }
  }
  return {
    sync: () => fsyncSync(file),
    look: () => {
      const { log, checkpointed } = count.get() as unknown as LogPages
      if (log - checkpointed > pagesMax) run(passive)
    },
    copy: () => run(passive),
    empty: () => run(truncate),
    close: () => closeSync(file),
  }
}
