/** What is asked of the store outside the hot path: state at the start, the journal, explanations and tasks. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { UsherError } from '#protocol/errors.ts'
import type { DecisionRecord } from '../engine/turn.ts'
import type { DecisionQuery, Head, StoredDecision, StoredEntry } from './port.ts'
import type { Aggregate } from './upkeep.ts'

/** So that one careless question cannot hold the hub up. */
export const entriesLimit = 10_000
export const decisionsLimit = 5_000
export const tasksLimit = 5_000

export const readHead = (db: DatabaseSync, branch: string): Head | undefined => {
  const row = db.prepare('SELECT branch, epoch, seq, at, hash FROM branch_head WHERE branch = ?').get(branch)
  return row === undefined ? undefined : ({ ...row } as unknown as Head)
}

export const readHeads = (db: DatabaseSync): Head[] =>
  db
    .prepare('SELECT branch, epoch, seq, at, hash FROM branch_head ORDER BY branch')
    .all()
    .map((row) => ({ ...row }) as unknown as Head)

export const readAggregates = (
  db: DatabaseSync,
  branch: string,
  range: { from: string; to: string },
): Aggregate[] =>
  db
    .prepare(
      `SELECT day, kind, name, count FROM aggregate
       WHERE branch = ? AND day BETWEEN ? AND ? ORDER BY day, kind, name`,
    )
    .all(branch, range.from, range.to)
    .map((row) => ({ ...row }) as unknown as Aggregate)

/** Name, key and body of every state row, one after the other: cheap to hand to another thread. */
export const readRowTexts = (db: DatabaseSync, branch: string): string[] => {
  const texts: string[] = []
  const rows = db
    .prepare(
      `SELECT name, key, sum, body FROM state_row WHERE branch = ?1
       UNION ALL SELECT 'claims', key, sum, body FROM claim WHERE branch = ?1 ORDER BY 1, 2`,
    )
    .iterate(branch) as Iterable<{ name: string; key: string; sum: number; body: string }>
  for (const { name, key, sum, body } of rows) {
    if (crc32(body) !== sum)
      throw new UsherError('store.corrupt', `The row ${key} of ${name} does not fit its checksum.`)
    texts.push(name, key, body)
  }
  return texts
}

export const parseRowTexts = (texts: readonly string[]): Map<string, (readonly [string, unknown])[]> => {
  const tables = new Map<string, (readonly [string, unknown])[]>()
  for (let at = 0; at < texts.length; at += 3) {
    const [name, key, body] = texts.slice(at, at + 3) as [string, string, string]
    const table = tables.get(name) ?? []
    if (table.length === 0) tables.set(name, table)
    table.push([key, JSON.parse(body) as unknown])
  }
  return tables
}

export const readEntries = (
  db: DatabaseSync,
  branch: string,
  { from, to = Number.MAX_SAFE_INTEGER, limit = entriesLimit }: { from: number; to?: number; limit?: number },
): StoredEntry[] =>
  db
    .prepare(
      `SELECT branch, epoch, seq, at, kind, device, cause, body, digest, reasons, hash FROM entry
       WHERE branch = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?`,
    )
    .all(branch, from, to, Math.min(limit, entriesLimit))
    .map((row) => ({ ...row }) as unknown as StoredEntry)

/** First seq of a table at or after a moment: hub time never falls with seq, so halving finds it without an index. */
export const seqAt = (
  db: DatabaseSync,
  place: { branch: string; table: 'entry' | 'decision' },
  at: number,
): number => {
  const next = db.prepare(
    `SELECT seq, at FROM ${place.table} WHERE branch = ? AND seq >= ? ORDER BY seq LIMIT 1`,
  )
  const probe = (seq: number) => next.get(place.branch, seq) as { seq: number; at: number } | undefined
  let low = 0
  let high = (readHead(db, place.branch)?.seq ?? 0) + 1
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    const found = probe(middle)
    if (found === undefined || found.at >= at) high = middle
    else low = found.seq + 1
  }
  return low
}

/** In order of the journal; when there are more than the limit, the newest. */
export const readDecisions = (db: DatabaseSync, branch: string, query: DecisionQuery): StoredDecision[] => {
  const conditions = ['branch = ?', 'body IS NOT NULL']
  const values: SQLInputValue[] = [branch]
  for (const column of ['task', 'visit', 'ticket', 'device', 'zone'] as const) {
    const value = query[column]
    if (value === undefined) continue
    conditions.push(`${column} = ?`)
    values.push(value)
  }
  if (query.from !== undefined) {
    conditions.push('seq >= ?')
    values.push(seqAt(db, { branch, table: 'decision' }, query.from))
  }
  if (query.to !== undefined) {
    conditions.push('seq < ?')
    values.push(seqAt(db, { branch, table: 'decision' }, query.to + 1))
  }
  const rows = db
    .prepare(
      `SELECT seq, at, ord, body FROM decision WHERE ${conditions.join(' AND ')}
       ORDER BY seq DESC, ord DESC LIMIT ?`,
    )
    .all(...values, Math.min(query.limit ?? decisionsLimit, decisionsLimit)) as unknown as {
    seq: number
    at: number
    ord: number
    body: string
  }[]
  return rows
    .reverse()
    .map(({ seq, at, ord, body }) => ({ seq, at, ord, record: JSON.parse(body) as DecisionRecord }))
}

export interface TaskQuery {
  readonly phase?: readonly string[]
  readonly flow?: string
  readonly id?: string
  readonly limit?: number
}

interface KeptTask {
  readonly id: string
  readonly createdAt: number
  readonly phase: string
  readonly flow: string
}

/** Open and ended tasks, newest first. */
export const readTasks = (db: DatabaseSync, branch: string, query: TaskQuery): unknown[] => {
  const limit = Math.min(query.limit ?? tasksLimit, tasksLimit)
  const fits = (task: KeptTask) =>
    (query.id === undefined || task.id === query.id) &&
    (query.flow === undefined || task.flow === query.flow) &&
    (query.phase === undefined || query.phase.includes(task.phase))
  const open = (
    db.prepare(`SELECT body FROM state_row WHERE branch = ? AND name = 'tasks'`).all(branch) as unknown as {
      body: string
    }[]
  )
    .map(({ body }) => JSON.parse(body) as KeptTask)
    .filter(fits)
  return [...open, ...readEnded(db, branch, { ...query, limit })]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit)
}

const readEnded = (db: DatabaseSync, branch: string, query: TaskQuery & { limit: number }): KeptTask[] => {
  const conditions = ['branch = ?']
  const values: SQLInputValue[] = [branch]
  if (query.id !== undefined) {
    conditions.push('id = ?')
    values.push(query.id)
  }
  if (query.flow !== undefined) {
    conditions.push('flow = ?')
    values.push(query.flow)
  }
  if (query.phase !== undefined) {
    conditions.push('phase IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(query.phase))
  }
  const rows = db
    .prepare(
      `SELECT body FROM ended_task WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT ?`,
    )
    .all(...values, query.limit) as unknown as { body: string }[]
  return rows.map(({ body }) => JSON.parse(body) as KeptTask)
}
