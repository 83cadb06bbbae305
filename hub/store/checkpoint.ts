/** Full copies of a branch's state at one entry: a day's segment begins with one, and replay starts there. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'
import { canonicalJson } from '../engine/canonical.ts'
import { transact } from './database.ts'
import { readHead } from './read.ts'
import type { Checkpoint, CheckpointHead } from './upkeep.ts'

export interface StateText {
  readonly name: string
  readonly key: string
  /** Canonical JSON. */
  readonly body: string
}

const order = (a: StateText, b: StateText): number => compare(a.name, b.name) || compare(a.key, b.key)
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** The same for the same state, whatever order the rows come in. */
export const digestTexts = (rows: readonly StateText[]): string => {
  const digest = createHash('sha256')
  for (const { name, key, body } of [...rows].sort(order))
    digest.update(`${JSON.stringify([name, key])}${body}\n`)
  return digest.digest('hex')
}

/** For whoever holds the state in memory and wants to compare it with a checkpoint. */
export const digestState = (rows: readonly (readonly [table: string, key: string, row: unknown])[]): string =>
  digestTexts(rows.map(([name, key, row]) => ({ name, key, body: canonicalJson(row) })))

export const toTables = (rows: readonly StateText[]): Map<string, (readonly [string, unknown])[]> => {
  const tables = new Map<string, (readonly [string, unknown])[]>()
  for (const { name, key, body } of [...rows].sort(order)) {
    const table = tables.get(name) ?? []
    if (table.length === 0) tables.set(name, table)
    table.push([key, JSON.parse(body) as unknown])
  }
  return tables
}

export const writeCheckpoint = (db: DatabaseSync, branch: string): CheckpointHead =>
  transact(db, () => {
    const head = readHead(db, branch)
    if (head === undefined) throw new Error(`branch ${branch} was never opened`)
    const texts = db
      .prepare(
        `SELECT name, key, body FROM state_row WHERE branch = ?1
         UNION ALL SELECT 'claims', key, body FROM claim WHERE branch = ?1`,
      )
      .all(branch) as unknown as StateText[]
    const made = { seq: head.seq, at: head.at, digest: digestTexts(texts), rows: texts.length }
    // Made again at the same entry: the state is the same, and so is the copy.
    if (
      db.prepare('SELECT 1 FROM checkpoint WHERE branch = ? AND seq = ?').get(branch, head.seq) !== undefined
    )
      return made
    db.prepare('INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?)').run(
      branch,
      made.seq,
      made.at,
      made.digest,
      made.rows,
    )
    db.prepare(
      `INSERT INTO checkpoint_row SELECT branch, ?2, name, key, body FROM state_row WHERE branch = ?1
       UNION ALL SELECT branch, ?2, 'claims', key, body FROM claim WHERE branch = ?1`,
    ).run(branch, made.seq)
    return made
  })

export const listCheckpoints = (db: DatabaseSync, branch: string): CheckpointHead[] =>
  db
    .prepare('SELECT seq, at, digest, rows FROM checkpoint WHERE branch = ? ORDER BY seq')
    .all(branch)
    .map((row) => ({ ...row }) as unknown as CheckpointHead)

export const readCheckpoint = (db: DatabaseSync, branch: string, seq: number): Checkpoint | null => {
  const head = listCheckpoints(db, branch).find((checkpoint) => checkpoint.seq === seq)
  if (head === undefined) return null
  const texts = db
    .prepare('SELECT name, key, body FROM checkpoint_row WHERE branch = ? AND seq = ?')
    .all(branch, seq) as unknown as StateText[]
  if (texts.length !== head.rows || digestTexts(texts) !== head.digest)
    throw new UsherError('store.corrupt', `The checkpoint at entry ${seq} does not fit its digest.`)
  return { ...head, tables: toTables(texts) }
}

export const dropCheckpoint = (db: DatabaseSync, branch: string, seq: number): void => {
  transact(db, () => {
    db.prepare('DELETE FROM checkpoint_row WHERE branch = ? AND seq = ?').run(branch, seq)
    db.prepare('DELETE FROM checkpoint WHERE branch = ? AND seq = ?').run(branch, seq)
  })
}
