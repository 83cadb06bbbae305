/** The full check of a database: every page and index, every row's checksum, every checkpoint. Not for the start. */
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { listCheckpoints, readCheckpoint } from './checkpoint.ts'
import { readHeads, readRowTexts } from './read.ts'

const faultsMax = 20

export const findFaults = (db: DatabaseSync): string[] => {
  try {
    const pages = db
      .prepare(`PRAGMA integrity_check(${faultsMax})`)
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((line) => line !== 'ok')
    if (pages.length > 0) return pages
    return readHeads(db).flatMap(({ branch }) => [
      ...faultOf(() => readRowTexts(db, branch)),
      ...listCheckpoints(db, branch).flatMap(({ seq }) => faultOf(() => readCheckpoint(db, branch, seq))),
    ])
  } catch (error) {
    // A page so damaged that the check itself fails.
    return [error instanceof Error ? error.message : String(error)]
  }
}

const faultOf = (read: () => unknown): string[] => {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof UsherError) return [error.message]
    throw error
  }
}
