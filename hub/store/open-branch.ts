/** A branch as a start finds it: its head, checked against its newest links and against what was noted of it. */
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { firstHash } from './chain.ts'
import { transact } from './database.ts'
import type { Head } from './port.ts'
import { readEntries, readHead } from './read.ts'
import { startupLinks, verifyChainNow } from './verify.ts'
import { findLost } from './witness.ts'

export interface OpenedBranch {
  readonly head: Head
  /** Keys of the claims it holds. */
  readonly claims: readonly string[]
}

export const addBranch = (db: DatabaseSync, branch: string): void => {
  db.prepare('INSERT OR IGNORE INTO branch_head VALUES (?, 1, 0, 0, ?)').run(branch, firstHash)
}

export const raiseEpoch = (db: DatabaseSync, branch: string): Head =>
  transact(db, () => {
    db.prepare('UPDATE branch_head SET epoch = epoch + 1 WHERE branch = ?').run(branch)
    return readHead(db, branch) as Head
  })

/** A quick check of the newest links belongs to every start; the full one would not fit into a second. */
export const openBranch = (
  db: DatabaseSync,
  branch: string,
  { directory, acceptLoss }: { directory: string; acceptLoss: boolean },
): OpenedBranch => {
  const head = readHead(db, branch) as Head
  const { broken } = verifyChainNow(db, branch, { from: Math.max(1, head.seq - startupLinks + 1) })
  if (broken !== null)
    throw new UsherError('store.corrupt', `${branch} breaks at entry ${broken.seq}: ${broken.how}.`)
  const claims = db
    .prepare('SELECT key FROM claim WHERE branch = ?')
    .all(branch)
    .map(({ key }) => key as string)
  const hashAt = (seq: number) => readEntries(db, branch, { from: seq, to: seq })[0]?.hash
  const lost = findLost(directory, head, hashAt)
  if (lost === null) return { head, claims }
  if (!acceptLoss) throw new UsherError('store.corrupt', lost.text)
  const epoch = Math.max(head.epoch, lost.epoch) + 1
  db.prepare('UPDATE branch_head SET epoch = ? WHERE branch = ?').run(epoch, branch)
  return { head: { ...head, epoch }, claims }
}
