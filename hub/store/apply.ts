/**
 * Brings what is committed to the log into the database, in few large transactions, and lets every reader see all of
 * it: also while the disk is full, when it can be read but not kept.
 */
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { transact, transactUnsynced } from './database.ts'
import { storeFailure } from './failures.ts'
import type { LogPlace } from './log-position.ts'
import type { LogReader } from './log-reader.ts'
import type { PackedBatch } from './pack.ts'
import { StoreFull } from './port.ts'
import { readHeads } from './read.ts'
import type { WriteAheadLog } from './wal.ts'
import type { Witness } from './witness.ts'
import type { Writer } from './write.ts'

export interface Applier {
  /** @throws StoreFull: nothing was applied, nothing is lost. @returns how far the log is applied. */
  settle(): LogPlace
  /** Runs a question with everything committed in sight. */
  read<T>(question: () => T): T
}

export interface ApplierParts {
  readonly db: DatabaseSync
  readonly writer: Writer
  readonly log: LogReader
  readonly witness: Witness
  readonly wal: Pick<WriteAheadLog, 'sync'>
}

export const createApplier = ({ db, writer, log, witness, wal }: ApplierParts): Applier => {
  const settle = () => {
    const batches = log.pending()
    if (batches.length > 0) {
      for (const head of transactUnsynced(db, () => writer.write(batches))) witness.note(head)
    }
    // From here on the segment that is left may be overwritten.
    if (log.leavesSegment()) wal.sync()
    return log.done()
  }
  /** Nothing of it is written: the pages that change stay in memory until they are forgotten. */
  const readAside = <T>(question: () => T): T => {
    db.exec('BEGIN')
    try {
      writer.write(log.pending())
      return question()
    } finally {
      db.exec('ROLLBACK')
    }
  }
  return {
    settle,
    read: (question) => {
      try {
        settle()
      } catch (error) {
        if (storeFailure(error) instanceof StoreFull) return readAside(question)
        throw error
      }
      return question()
    },
  }
}

/** At a start: what the log holds and the database does not have yet. */
export const recover = (db: DatabaseSync, writer: Writer, batches: readonly PackedBatch[]): void => {
  const heads = new Map(readHeads(db).map((head) => [head.branch, head]))
  const missing: PackedBatch[] = []
  for (const batch of batches) {
    const head = heads.get(batch.branch)
    const last = batch.entries.at(-1)
    if (head === undefined || last === undefined) throw strangeBatch(batch)
    if (last.seq <= head.seq) continue
    if (batch.fromSeq !== head.seq || batch.epoch !== head.epoch) throw gap(batch, head)
    heads.set(batch.branch, { ...head, seq: last.seq })
    missing.push(batch)
  }
  if (missing.length > 0) transact(db, () => writer.write(missing))
}

const gap = ({ branch, epoch, fromSeq, entries }: PackedBatch, head: { epoch: number; seq: number }) =>
  new UsherError(
    'store.corrupt',
    `The commit log holds entries ${epoch}/${fromSeq + 1} to ${fromSeq + entries.length} of ${branch}, ` +
      `the database ends at ${head.epoch}/${head.seq}.`,
  )

const strangeBatch = ({ branch }: PackedBatch) =>
  new UsherError('store.corrupt', `The commit log holds work of ${branch}, which the database does not know.`)
