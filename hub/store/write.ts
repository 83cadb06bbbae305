/** The hot path: one batch, one transaction. The head moves only if nobody else moved it. */
import type { DatabaseSync } from 'node:sqlite'
import { digestOf, linkHash } from './chain.ts'
import { transact } from './database.ts'
import { prepareMultiRow } from './multi-row.ts'
import type { Cell, PackedBatch } from './pack.ts'
import { type Head, StoreConflict } from './port.ts'

export interface Writer {
  commit(batch: PackedBatch): void
}

/** Branch goes in front of every row. */
const withBranch = (branch: string, cells: readonly Cell[], columns: number): Cell[] => {
  const rows: Cell[] = []
  for (let at = 0; at < cells.length; at += columns) {
    rows.push(branch)
    for (let i = 0; i < columns; i++) rows.push(cells[at + i] as Cell)
  }
  return rows
}

const prepareStatements = (db: DatabaseSync) => ({
  head: db.prepare('SELECT branch, epoch, seq, at, hash FROM branch_head WHERE branch = ?'),
  advance: db.prepare(
    'UPDATE branch_head SET seq = ?, at = ?, hash = ? WHERE branch = ? AND epoch = ? AND seq = ? AND hash = ?',
  ),
  entry: prepareMultiRow(db, {
    columns: 10,
    before: 'INSERT INTO entry (branch, seq, epoch, at, kind, device, cause, digest, hash, body) VALUES',
  }),
  decision: prepareMultiRow(db, {
    columns: 10,
    before: 'INSERT INTO decision (branch, seq, ord, at, task, visit, ticket, device, zone, body) VALUES',
  }),
  put: prepareMultiRow(db, {
    columns: 4,
    before: 'INSERT INTO state_row (branch, name, key, body) VALUES',
    after: 'ON CONFLICT (branch, name, key) DO UPDATE SET body = excluded.body',
  }),
  drop: prepareMultiRow(db, {
    columns: 3,
    before: 'DELETE FROM state_row WHERE (branch, name, key) IN (VALUES',
    after: ')',
  }),
  claimAdd: prepareMultiRow(db, { columns: 3, before: 'INSERT INTO claim (branch, key, body) VALUES' }),
  claimChange: db.prepare('UPDATE claim SET body = ? WHERE branch = ? AND key = ?'),
  claimDrop: db.prepare('DELETE FROM claim WHERE branch = ? AND key = ?'),
  ended: prepareMultiRow(db, {
    columns: 7,
    before: 'INSERT INTO ended_task (branch, id, created_at, phase, flow, visit, body) VALUES',
    after: `ON CONFLICT (branch, id) DO UPDATE SET phase = excluded.phase, body = excluded.body`,
  }),
})

export const createWriter = (db: DatabaseSync): Writer => {
  const statements = prepareStatements(db)

  const advance = (batch: PackedBatch) => {
    const head = statements.head.get(batch.branch) as Head | undefined
    if (head === undefined || head.epoch !== batch.epoch || head.seq !== batch.fromSeq)
      throw new StoreConflict(
        `The head of ${batch.branch} is ${head?.epoch}/${head?.seq}, not ${batch.epoch}/${batch.fromSeq}: ` +
          'another writer exists.',
      )
    const chained = chainEntries(batch, head)
    const moved = [head.seq + batch.entries.length, chained.at, chained.hash]
    const { changes } = statements.advance.run(...moved, head.branch, head.epoch, head.seq, head.hash)
    if (changes !== 1) throw new StoreConflict(`The head of ${batch.branch} moved: another writer exists.`)
    statements.entry.run(chained.cells)
  }

  const changeClaims = (batch: PackedBatch) => {
    const { branch } = batch
    for (const key of batch.claimsDropped) statements.claimDrop.run(branch, key)
    for (const [body, key] of batch.claimsChanged) {
      if (statements.claimChange.run(body, branch, key).changes !== 1)
        throw new StoreConflict(`The claim ${key} is held in memory but not in the store.`)
    }
    statements.claimAdd.run(withBranch(branch, batch.claimsAdded, 2))
  }

  return {
    commit: (batch) =>
      transact(db, () => {
        const { branch } = batch
        advance(batch)
        statements.decision.run(withBranch(branch, batch.decisions, 9))
        statements.ended.run(withBranch(branch, batch.ended, 6))
        statements.put.run(withBranch(branch, batch.put, 3))
        statements.drop.run(withBranch(branch, batch.dropped, 2))
        changeClaims(batch)
      }),
  }
}

const chainEntries = (batch: PackedBatch, head: Head): { cells: Cell[]; at: number; hash: string } => {
  const { branch, epoch } = batch
  const cells: Cell[] = []
  let { at, hash, seq } = head
  for (const { body, ...entry } of batch.entries) {
    // A gap, or a time that falls, would break the chain's promises; both are bugs of the sequencer.
    if (entry.seq !== seq + 1 || entry.at < at)
      throw new StoreConflict(`Entry ${entry.seq} at ${entry.at} does not follow ${seq} at ${at}.`)
    const digest = digestOf(body)
    hash = linkHash(hash, { branch, epoch, digest, ...entry })
    ;({ seq, at } = entry)
    cells.push(branch, seq, epoch, at, entry.kind, entry.device, entry.cause, digest, hash, body)
  }
  return { cells, at, hash }
}
