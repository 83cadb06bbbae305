/** Takes bodies out of the journal, counting what is taken so that the totals of a day outlive its details. */
import type { DatabaseSync } from 'node:sqlite'
import { transact } from './database.ts'

export interface ErasableEntry {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly body: string
}

/** UTC day of a time, `2026-03-31`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Erased pages are overwritten, not only unlinked; on for these transactions alone because it costs writes. */
export const eraseThoroughly = <T>(db: DatabaseSync, work: () => T): T => {
  db.exec('PRAGMA secure_delete = ON')
  try {
    return transact(db, work)
  } finally {
    db.exec('PRAGMA secure_delete = FAST')
  }
}

/** Inside a transaction of `eraseThoroughly`. */
export const eraseBodies = (db: DatabaseSync, branch: string, entries: readonly ErasableEntry[]): void => {
  const erase = db.prepare('UPDATE entry SET body = NULL WHERE branch = ? AND seq = ?')
  const counts = new Map<string, number>()
  for (const { seq, at, kind, body } of entries) {
    erase.run(branch, seq)
    const key = JSON.stringify([dayOf(at), kind, nameOf(kind, body)])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const count = db.prepare(
    `INSERT INTO aggregate VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (branch, day, kind, name) DO UPDATE SET count = count + excluded.count`,
  )
  for (const [key, value] of counts) {
    const [day, kind, name] = JSON.parse(key) as [string, string, string]
    count.run(branch, day, kind, name, value)
  }
}

/** What is counted of an entry besides its kind: never a visit, a ticket or a track. */
const nameOf = (kind: string, text: string): string => {
  const { body } = JSON.parse(text) as {
    body: { name?: string; report?: { status?: string }; command?: { name?: string } }
  }
  if (kind === 'event') return body.name ?? ''
  if (kind === 'report') return body.report?.status ?? ''
  return kind === 'command' ? (body.command?.name ?? '') : ''
}
