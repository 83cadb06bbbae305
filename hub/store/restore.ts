/**
 * Puts a backup in the place of a data directory's database: proven first, swapped in one rename, in a new epoch. What the
 * commit log holds goes into the database that is replaced, or, when it cannot, stays beside it.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { recover } from './apply.ts'
import { syncPath } from './backup.ts'
import { databaseFile, openDatabase } from './database.ts'
import { findFaults } from './integrity.ts'
import { lockDirectory } from './lock.ts'
import { findLogged } from './log-reader.ts'
import { logDirectory } from './log-segment.ts'
import type { Head } from './port.ts'
import { readHeads } from './read.ts'
import { verifyChainNow } from './verify.ts'
import { witnessFile } from './witness.ts'
import { createWriter } from './write.ts'

export interface RestoreRequest {
  readonly from: string
  readonly directory: string
  /** Wall clock, ms since 1970. */
  readonly now: number
  /** Replace newer work too. */
  readonly force?: boolean
}

export interface Restored {
  readonly heads: readonly Head[]
  /** Where the replaced database was put; null when there was none. */
  readonly replaced: string | null
}

export const restore = (request: RestoreRequest): Restored => {
  const { directory } = request
  if (!existsSync(request.from))
    throw new UsherError('store.backup-invalid', `${request.from} does not exist.`)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = lockDirectory(directory)
  const target = databaseFile(directory)
  const fresh = `${target}.restoring`
  try {
    removeDatabase(fresh)
    copyFileSync(request.from, fresh)
    const current = existsSync(target) ? headsOf(directory) : []
    const heads = prepare(fresh, request, current)
    syncPath(fresh)
    const replaced = setAside(directory, request.now)
    renameSync(fresh, target)
    syncPath(directory)
    // The old notes know of work that was given up.
    for (const { branch } of heads) rmSync(witnessFile(directory, branch), { force: true })
    return { heads, replaced }
  } finally {
    removeDatabase(fresh)
    lock.release()
  }
}

const removeDatabase = (file: string) => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
}

/** Heads of what is there now, with all that was committed; null when it is too damaged to say. */
const headsOf = (directory: string): readonly Head[] | null => {
  try {
    const db = openDatabase(databaseFile(directory))
    try {
      recover(db, createWriter(db), findLogged(directory, false).batches)
      return readHeads(db)
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof UsherError && error.code === 'store.newer-schema') throw error
    return null
  }
}

/** Proves the copy and raises its epochs; nothing else has been touched yet. */
const prepare = (file: string, request: RestoreRequest, current: readonly Head[] | null): readonly Head[] => {
  const db = openBackup(file, request.from)
  try {
    refuseDamaged(db)
    const heads = readHeads(db)
    if (request.force !== true) refuseOlder(heads, current ?? [])
    for (const head of heads) raise(db, head, { request, current: current ?? [] })
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return readHeads(db)
  } finally {
    db.close()
  }
}

const openBackup = (file: string, from: string): DatabaseSync => {
  try {
    return openDatabase(file)
  } catch (error) {
    if (error instanceof UsherError && error.code === 'store.newer-schema') throw error
    throw new UsherError('store.backup-invalid', `${from} cannot be opened.`, { cause: error })
  }
}

const refuseDamaged = (db: DatabaseSync) => {
  const faults = findFaults(db)
  if (faults.length > 0) throw new UsherError('store.backup-invalid', faults.slice(0, 3).join('; '))
  const heads = readHeads(db)
  if (heads.length === 0) throw new UsherError('store.backup-invalid', 'It holds no branch.')
  for (const { branch } of heads) {
    const verdict = verifyChainNow(db, branch)
    if (verdict.broken !== null)
      throw new UsherError(
        'store.backup-invalid',
        `The chain of ${branch} breaks at entry ${verdict.broken.seq}: ${verdict.broken.how}.`,
      )
  }
}

const refuseOlder = (heads: readonly Head[], current: readonly Head[]) => {
  for (const now of current) {
    const then = heads.find(({ branch }) => branch === now.branch)
    const older = then === undefined || then.epoch < now.epoch || then.seq < now.seq
    if (older && now.seq > 0)
      throw new UsherError(
        'store.backup-older',
        `${now.branch} is at entry ${now.epoch}/${now.seq}, the backup at ${then?.epoch ?? 0}/${then?.seq ?? 0}.`,
      )
  }
}

/**
 * Above every epoch we know of, and at least the seconds since 1970: after a machine was lost, the same backup may be
 * restored twice, and the second life must not repeat the ids of the first.
 */
const raise = (
  db: DatabaseSync,
  head: Head,
  { request, current }: { request: RestoreRequest; current: readonly Head[] },
) => {
  const known = Math.max(
    head.epoch,
    ...current.filter(({ branch }) => branch === head.branch).map((c) => c.epoch),
  )
  const epoch = Math.max(known + 1, Math.floor(request.now / 1000))
  db.prepare('UPDATE branch_head SET epoch = ? WHERE branch = ?').run(epoch, head.branch)
}

/**
 * The replaced database stays beside the new one. Its write-ahead log must not stay under the old name: SQLite would
 * play it into the new file. The database keeps its name until the rename, so that a crash leaves the old or the new.
 */
const setAside = (directory: string, now: number): string | null => {
  const target = databaseFile(directory)
  const log = logDirectory(directory)
  const aside = `${target}.replaced-${now}`
  const isThere = existsSync(target)
  if (isThere) linkSync(target, aside)
  for (const end of ['-wal', '-shm']) if (existsSync(target + end)) renameSync(target + end, aside + end)
  // A new one is laid at the next start.
  if (existsSync(log)) renameSync(log, `${aside}-log`)
  return isThere ? aside : null
}
