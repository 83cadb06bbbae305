/**
 * The store of a branch on SQLite, built into Node: journal, decisions and state in one file, every commit synced to
 * disk before it returns.
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { UsherError } from '#protocol/errors.ts'
import { writeBackup } from './backup.ts'
import { firstHash } from './chain.ts'
import { listCheckpoints, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { databaseFile, openDirectory, transact } from './database.ts'
import { eraseVisitSteps } from './erase-visit.ts'
import { storeFailure } from './failures.ts'
import { dropHold, listHolds, setHold } from './holds.ts'
import { findFaults } from './integrity.ts'
import { type Lock, lockDirectory } from './lock.ts'
import { createLogFile, defaultLogLimits, type LogLimits } from './log-file.ts'
import { type PackedBatch, packBatch } from './pack.ts'
import { type Head, StoreBroken, type Verdict } from './port.ts'
import {
  parseRowTexts,
  readAggregates,
  readDecisions,
  readEntries,
  readHead,
  readHeads,
  readRowTexts,
  readTasks,
} from './read.ts'
import { retainSteps } from './retention.ts'
import { type DurableStore, defaultRetention, type Upkeep } from './upkeep.ts'
import { startupLinks, verifyChain, verifyChainNow } from './verify.ts'
import { createWitness, type Witness } from './witness.ts'
import { createWriter } from './write.ts'

export interface SqliteSettings {
  readonly directory: string
  readonly logLimits?: LogLimits
  /** Opens a database that ends before what its note knows of: the missing work is given up, in a new epoch. */
  readonly acceptLoss?: boolean
}

export interface SqliteStore extends DurableStore {
  /** A batch already made flat, as another thread hands it over. */
  commitPacked(batch: PackedBatch): Promise<void>
  /** What `load` reads, not yet parsed. */
  loadTexts(branch: string): Promise<readonly string[]>
}

/** Runs work on the database and turns SQLite's errors into the port's. */
type Run = <T>(work: () => T) => Promise<T>

export const createSqliteStore = (settings: SqliteSettings): SqliteStore => {
  const lock = lockDirectory(settings.directory)
  const db = openOrRelease(settings.directory, lock)
  const witness = createWitness(settings.directory)
  const writer = createWriter(db)
  const log = createLogFile(db, databaseFile(settings.directory), settings.logLimits ?? defaultLogLimits)
  const run = createRun()
  const commitPacked = (batch: PackedBatch) =>
    run(() => {
      witness.note(writer.commit(batch))
      log.look()
    })
  return {
    open: (branch) =>
      run(() => openBranch(db, branch, { witness, acceptLoss: settings.acceptLoss === true })),
    commit: async (batch) => commitPacked(packBatch(batch)),
    commitPacked,
    raiseEpoch: (branch) => run(() => raiseEpoch(db, branch)),
    ...createReading(db, run),
    ...createUpkeep({ db, source: databaseFile(settings.directory), run }),
    settleLog: () => run(() => log.settle()),
    close: async () => {
      await log.close()
      if (db.isOpen) db.close()
      witness.close()
      lock.release()
    },
  }
}

/** After a failed write or sync nothing more is written: what is on disk is unknown. */
const createRun = (): Run => {
  let broken: StoreBroken | null = null
  return async (work) => {
    if (broken !== null) throw broken
    try {
      return work()
    } catch (error) {
      const failure = storeFailure(error)
      if (failure instanceof StoreBroken) broken = failure
      throw failure
    }
  }
}

const openOrRelease = (directory: string, lock: Lock): DatabaseSync => {
  try {
    return openDirectory(directory)
  } catch (error) {
    lock.release()
    throw error
  }
}

const raiseEpoch = (db: DatabaseSync, branch: string): Head =>
  transact(db, () => {
    db.prepare('UPDATE branch_head SET epoch = epoch + 1 WHERE branch = ?').run(branch)
    return readHead(db, branch) as Head
  })

/** A quick check of the newest links belongs to every start; the full one would not fit into a second. */
const openBranch = (
  db: DatabaseSync,
  branch: string,
  { witness, acceptLoss }: { witness: Witness; acceptLoss: boolean },
): Head => {
  db.prepare('INSERT OR IGNORE INTO branch_head VALUES (?, 1, 0, 0, ?)').run(branch, firstHash)
  const head = readHead(db, branch) as Head
  const { broken } = verifyChainNow(db, branch, { from: Math.max(1, head.seq - startupLinks + 1) })
  if (broken !== null)
    throw new UsherError('store.corrupt', `${branch} breaks at entry ${broken.seq}: ${broken.how}.`)
  const lost = witness.lost(head)
  if (lost === null) return head
  if (!acceptLoss) throw new UsherError('store.corrupt', lost.text)
  db.prepare('UPDATE branch_head SET epoch = ? WHERE branch = ?').run(
    Math.max(head.epoch, lost.epoch) + 1,
    branch,
  )
  const accepted = readHead(db, branch) as Head
  witness.note(accepted)
  return accepted
}

const createReading = (
  db: DatabaseSync,
  run: Run,
): Pick<SqliteStore, 'load' | 'loadTexts' | 'entries' | 'decisions' | 'tasks' | 'verify'> => ({
  load: (branch) => run(() => parseRowTexts(readRowTexts(db, branch))),
  loadTexts: (branch) => run(() => readRowTexts(db, branch)),
  entries: (branch, range) => run(() => readEntries(db, branch, range)),
  decisions: (branch, query) => run(() => readDecisions(db, branch, query)),
  tasks: (branch, query) => run(() => readTasks(db, branch, query)),
  verify: (branch, range) => verifyChain(db, branch, range),
})

const createUpkeep = ({
  db,
  source,
  run,
}: {
  db: DatabaseSync
  source: string
  run: Run
}): Omit<Upkeep, 'settleLog'> => ({
  checkpoint: (branch) => run(() => writeCheckpoint(db, branch)),
  checkpoints: (branch) => run(() => listCheckpoints(db, branch)),
  loadCheckpoint: (branch, seq) => run(() => readCheckpoint(db, branch, seq)),
  retain: (branch, now, settings = defaultRetention) => walk(run, retainSteps(db, branch, { now, settings })),
  eraseVisit: (branch, visit) => walk(run, eraseVisitSteps(db, branch, visit)),
  hold: (branch, hold) => run(() => setHold(db, branch, hold)),
  releaseHold: (branch, id) => run(() => dropHold(db, branch, id)),
  holds: (branch) => run(() => listHolds(db, branch)),
  aggregates: (branch, range) => run(() => readAggregates(db, branch, range)),
  // An error here is one of the target's disk as often as not; it does not break the store.
  backup: (file) => writeBackup(source, file),
  checkWhole: async () => {
    const faults = await run(() => findFaults(db))
    const chains: Record<string, Verdict> = {}
    for (const { branch } of await run(() => readHeads(db))) chains[branch] = await verifyChain(db, branch)
    return { ok: faults.length === 0 && Object.values(chains).every(({ ok }) => ok), faults, chains }
  },
})

/** One step at a time, so that commits find their way in between. */
const walk = async <T>(run: Run, steps: Generator<undefined, T>): Promise<T> => {
  for (;;) {
    const next = await run(() => steps.next())
    if (next.done === true) return next.value
    await setImmediate()
  }
}
