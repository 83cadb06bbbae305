/**
 * The store of a branch on SQLite, built into Node: journal, decisions and state in one file, every commit synced to
 * disk before it returns.
 */
import { setImmediate } from 'node:timers/promises'
import { createChainCheck, firstHash } from './chain.ts'
import { listCheckpoints, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { openDirectory, transact } from './database.ts'
import { storeFailure } from './failures.ts'
import { type Lock, lockDirectory } from './lock.ts'
import { type PackedBatch, packBatch } from './pack.ts'
import { type Head, type Store, StoreBroken, type Verdict } from './port.ts'
import { readChainStart, readDecisions, readEntries, readHead, readRows, readTasks } from './read.ts'
import type { Checkpoints } from './upkeep.ts'
import { createWriter } from './write.ts'

export interface SqliteSettings {
  readonly directory: string
}

export interface SqliteStore extends Store, Checkpoints {
  /** A batch already made flat, as another thread hands it over. */
  commitPacked(batch: PackedBatch): Promise<void>
}

const verifyStep = 1000

export const createSqliteStore = (settings: SqliteSettings): SqliteStore => {
  const lock = lockDirectory(settings.directory)
  const db = openOrRelease(settings.directory, lock)
  const writer = createWriter(db)
  let broken: StoreBroken | null = null

  /** After a failed write or sync nothing more is written: what is on disk is unknown. */
  const run = async <T>(work: () => T): Promise<T> => {
    if (broken !== null) throw broken
    try {
      return work()
    } catch (error) {
      const failure = storeFailure(error)
      if (failure instanceof StoreBroken) broken = failure
      throw failure
    }
  }

  const verify = async (branch: string, range: { from?: number; to?: number } = {}): Promise<Verdict> => {
    const start = await run(() => beforeRange(db, branch, range.from))
    const check = createChainCheck(start)
    const head = await run(() => readHead(db, branch))
    if (head === undefined) return check.end(null)
    const to = Math.min(range.to ?? head.seq, head.seq)
    for (let from = start.seq + 1; from <= to && !check.broken; from += verifyStep) {
      const last = Math.min(to, from + verifyStep - 1)
      check.next(await run(() => readEntries(db, branch, { from, to: last })))
      await setImmediate()
    }
    return check.end(to === head.seq ? head : null)
  }

  return {
    open: (branch) =>
      run(() => {
        db.prepare('INSERT OR IGNORE INTO branch_head VALUES (?, 1, 0, 0, ?)').run(branch, firstHash)
        return readHead(db, branch) as Head
      }),
    load: (branch) => run(() => readRows(db, branch)),
    commit: (batch) => run(() => writer.commit(packBatch(batch))),
    commitPacked: (batch) => run(() => writer.commit(batch)),
    raiseEpoch: (branch) =>
      run(() =>
        transact(db, () => {
          db.prepare('UPDATE branch_head SET epoch = epoch + 1 WHERE branch = ?').run(branch)
          return readHead(db, branch) as Head
        }),
      ),
    entries: (branch, range) => run(() => readEntries(db, branch, range)),
    decisions: (branch, query) => run(() => readDecisions(db, branch, query)),
    tasks: (branch, query) => run(() => readTasks(db, branch, query)),
    verify,
    checkpoint: (branch) => run(() => writeCheckpoint(db, branch)),
    checkpoints: (branch) => run(() => listCheckpoints(db, branch)),
    loadCheckpoint: (branch, seq) => run(() => readCheckpoint(db, branch, seq)),
    close: async () => {
      if (db.isOpen) db.close()
      lock.release()
    },
  }
}

const openOrRelease = (directory: string, lock: Lock) => {
  try {
    return openDirectory(directory)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The link before the first entry of a range. */
const beforeRange = (db: ReturnType<typeof openDirectory>, branch: string, from: number | undefined) => {
  const start = readChainStart(db, branch)
  if (from === undefined || from <= start.seq + 1) return start
  const [before] = readEntries(db, branch, { from: from - 1, to: from - 1 })
  return before ?? start
}
