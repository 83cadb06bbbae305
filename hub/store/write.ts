/** Writes batches of the log into the tables, many in one transaction. The head moves only if nobody else moved it. */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { coalesce, type NetChanges } from './coalesce.ts'
import { decisionColumns, linkBatch } from './link-batch.ts'
import { prepareMultiRow } from './multi-row.ts'
import type { Cell, PackedBatch } from './pack.ts'
import { type Head, StoreConflict, type StoredEntry } from './port.ts'

export interface Writer {
  /** Inside a transaction. @returns the heads that moved. */
  write(batches: readonly PackedBatch[]): readonly Head[]
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

/** And the checksum in front of the body, the last cell. */
const withSum = (branch: string, cells: readonly Cell[], columns: number): Cell[] => {
  const rows: Cell[] = []
  for (let at = 0; at < cells.length; at += columns) {
    rows.push(branch)
    for (let i = 0; i < columns - 1; i++) rows.push(cells[at + i] as Cell)
    const body = cells[at + columns - 1] as string
    rows.push(crc32(body), body)
  }
  return rows
}

const entryCells = (entry: StoredEntry): Cell[] => {
  const { branch, seq, epoch, at, kind, device, cause, digest, reasons, hash, body } = entry
  return [branch, seq, epoch, at, kind, device, cause, digest, reasons, hash, body]
}

const prepareStatements = (db: DatabaseSync) => ({
  head: db.prepare('SELECT branch, epoch, seq, at, hash FROM branch_head WHERE branch = ?'),
  advance: db.prepare(
    'UPDATE branch_head SET seq = ?, at = ?, hash = ? WHERE branch = ? AND epoch = ? AND seq = ? AND hash = ?',
  ),
  entry: prepareMultiRow(db, {
    columns: 11,
    before:
      'INSERT INTO entry (branch, seq, epoch, at, kind, device, cause, digest, reasons, hash, body) VALUES',
  }),
  decision: prepareMultiRow(db, {
    columns: 11,
    before:
      'INSERT INTO decision (branch, seq, ord, at, task, visit, ticket, device, zone, digest, body) VALUES',
  }),
  put: prepareMultiRow(db, {
    columns: 5,
    before: 'INSERT INTO state_row (branch, name, key, sum, body) VALUES',
    after: 'ON CONFLICT (branch, name, key) DO UPDATE SET sum = excluded.sum, body = excluded.body',
  }),
  drop: prepareMultiRow(db, {
    columns: 3,
    before: 'DELETE FROM state_row WHERE (branch, name, key) IN (VALUES',
    after: ')',
  }),
  claimAdd: prepareMultiRow(db, { columns: 4, before: 'INSERT INTO claim (branch, key, sum, body) VALUES' }),
  claimChange: db.prepare('UPDATE claim SET sum = ?, body = ? WHERE branch = ? AND key = ?'),
  claimDrop: db.prepare('DELETE FROM claim WHERE branch = ? AND key = ?'),
  ended: prepareMultiRow(db, {
    columns: 7,
    before: 'INSERT INTO ended_task (branch, id, created_at, phase, flow, visit, body) VALUES',
    after: `ON CONFLICT (branch, id) DO UPDATE SET phase = excluded.phase, body = excluded.body`,
  }),
})

export const createWriter = (db: DatabaseSync): Writer => {
  const statements = prepareStatements(db)

  const insert = (head: Head, batch: PackedBatch): Head => {
    const linked = linkBatch(head, batch)
    statements.entry.run(linked.entries.flatMap(entryCells))
    statements.decision.run(withBranch(batch.branch, linked.decisions, decisionColumns))
    statements.ended.run(withBranch(batch.branch, batch.ended, 6))
    return linked.head
  }

  const change = (branch: string, net: NetChanges) => {
    statements.put.run(withSum(branch, net.put, 3))
    statements.drop.run(withBranch(branch, net.dropped, 2))
    for (const key of net.claimsDropped) statements.claimDrop.run(branch, key)
    for (const [body, key] of net.claimsChanged) {
      if (statements.claimChange.run(crc32(body), body, branch, key).changes !== 1)
        throw new StoreConflict(`The claim ${key} is held in memory but not in the store.`)
    }
    statements.claimAdd.run(withSum(branch, net.claimsAdded, 2))
  }

  const writeBranch = (branch: string, batches: readonly PackedBatch[]): Head => {
    const before = statements.head.get(branch) as Head | undefined
    if (before === undefined) throw new StoreConflict(`The branch ${branch} was never opened.`)
    let head: Head = before
    for (const batch of batches) head = insert(head, batch)
    change(branch, coalesce(batches))
    const moved = [head.seq, head.at, head.hash]
    const { changes } = statements.advance.run(...moved, branch, before.epoch, before.seq, before.hash)
    if (changes !== 1) throw new StoreConflict(`The head of ${branch} moved: another writer exists.`)
    return head
  }
  return {
    write: (batches) =>
      [...Map.groupBy(batches, ({ branch }) => branch)].map(([branch, own]) => writeBranch(branch, own)),
  }
}
