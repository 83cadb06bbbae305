/** Checks the chain of a branch on disk: links, bodies and decision records, in steps between which the hub works. */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { createChainCheck, digestOf, firstHash } from './chain.ts'
import { reasonsDigest } from './link-batch.ts'
import type { StoredEntry, Verdict } from './port.ts'
import { readEntries, readHead } from './read.ts'

const step = 1000

/** How far back a start looks: enough to notice a lost tail or a damaged last day, quick enough for a 1 s restart. */
export const startupLinks = 2000

/** The chain begins at 0, or after the last link that was dropped for its age. */
export const readChainStart = (db: DatabaseSync, branch: string): { seq: number; at: number; hash: string } =>
  (db.prepare('SELECT seq, at, hash FROM chain_start WHERE branch = ?').get(branch) as
    | { seq: number; at: number; hash: string }
    | undefined) ?? { seq: 0, at: 0, hash: firstHash }

/** The link before the first entry of a range. */
const beforeRange = (db: DatabaseSync, branch: string, from: number | undefined) => {
  const start = readChainStart(db, branch)
  if (from === undefined || from <= start.seq + 1) return start
  const [before] = readEntries(db, branch, { from: from - 1, to: from - 1 })
  return before ?? start
}

export const verifyChain = async (
  db: DatabaseSync,
  branch: string,
  range: { from?: number; to?: number } = {},
): Promise<Verdict> => {
  const walk = walkChain(db, branch, range)
  for (let next = walk.next(); ; next = walk.next()) {
    if (next.done === true) return next.value
    await setImmediate()
  }
}

/** The same in one go, for the start and for a restore, when nothing else is to be done. */
export const verifyChainNow = (
  db: DatabaseSync,
  branch: string,
  range: { from?: number; to?: number } = {},
): Verdict => {
  const walk = walkChain(db, branch, range)
  for (let next = walk.next(); ; next = walk.next()) if (next.done === true) return next.value
}

function* walkChain(
  db: DatabaseSync,
  branch: string,
  range: { from?: number; to?: number },
): Generator<undefined, Verdict> {
  const start = beforeRange(db, branch, range.from)
  const check = createChainCheck(start)
  const head = readHead(db, branch)
  if (head === undefined) return check.end(null)
  const to = Math.min(range.to ?? Number.MAX_SAFE_INTEGER, head.seq)
  for (let from = start.seq + 1; from <= to && !check.broken; from += step) {
    const last = Math.min(to, from + step - 1)
    check.next(readEntries(db, branch, { from, to: last }), reasonsFault(db, branch, { from, to: last }))
    yield undefined
  }
  if (to < head.seq) return check.end(null)
  // An entry beyond the head was not written by a commit.
  const [extra] = readEntries(db, branch, { from: head.seq + 1, limit: 1 })
  if (extra !== undefined && readHead(db, branch)?.seq === head.seq) check.next([extra])
  return check.end(head)
}

interface StoredReason {
  readonly seq: number
  readonly digest: string
  readonly body: string | null
}

const reasonsFault = (db: DatabaseSync, branch: string, range: { from: number; to: number }) => {
  const rows = db
    .prepare(
      'SELECT seq, digest, body FROM decision WHERE branch = ? AND seq BETWEEN ? AND ? ORDER BY seq, ord',
    )
    .all(branch, range.from, range.to) as unknown as StoredReason[]
  const bySeq = Map.groupBy(rows, ({ seq }) => seq)
  const through = db.prepare('SELECT decisions_through FROM retained WHERE branch = ?').get(branch)
  const goneThrough = Number(through?.['decisions_through'] ?? 0)
  return (entry: StoredEntry): string | null => {
    const reasons = bySeq.get(entry.seq) ?? []
    if (reasons.some(({ body, digest }) => body !== null && digestOf(body) !== digest))
      return 'a decision record does not fit its digest'
    // Past their time, records go and only held ones stay: the entry's link still says that there were some.
    if (entry.seq <= goneThrough) return null
    const digests = reasons.length === 0 ? undefined : reasons.map(({ digest }) => digest).join('')
    return reasonsDigest(digests) === entry.reasons ? null : 'the decision records do not fit the entry'
  }
}
