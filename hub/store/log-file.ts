/**
 * Moves the write-ahead log into the database. Done when the hub is idle, so that no commit waits for it; a bound
 * keeps a hub that is never idle from filling the disk.
 */
import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

export interface LogFile {
  settle(): { pages: number; left: number }
  /** Called after each commit: settles only when the bound is passed. */
  bound(): void
}

/** Looked at now and then: a stat costs little, but not nothing. */
const commitsBetweenLooks = 32

export const createLogFile = (db: DatabaseSync, file: string, boundBytes: number): LogFile => {
  const statement = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let commits = 0
  const settle = () => {
    const row = statement.get() as { busy: number; log: number; checkpointed: number } | undefined
    const pages = row?.checkpointed ?? 0
    return { pages, left: (row?.log ?? 0) - pages }
  }
  return {
    settle,
    bound: () => {
      commits = (commits + 1) % commitsBetweenLooks
      if (commits !== 0) return
      const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
      if (size > boundBytes) settle()
    },
  }
}
