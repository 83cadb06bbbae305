/** Legal holds: what they name stays until they are released, whatever its age. */
import type { DatabaseSync } from 'node:sqlite'
import type { LegalHold } from './upkeep.ts'

const inRange = (at: string) => `${at} BETWEEN COALESCE(h.from_at, ${at}) AND COALESCE(h.to_at, ${at})`

/** SQL: true for a row `d` of decision that some hold names. Everything a hold gives must fit. */
export const decisionHeld = `EXISTS (SELECT 1 FROM hold h WHERE h.branch = d.branch AND ${inRange('d.at')}
  AND (h.task IS NULL OR h.task IS d.task) AND (h.visit IS NULL OR h.visit IS d.visit))`

export const taskHeld = `EXISTS (SELECT 1 FROM hold h WHERE h.branch = t.branch AND ${inRange('t.created_at')}
  AND (h.task IS NULL OR h.task = t.id) AND (h.visit IS NULL OR h.visit IS t.visit))`

/** An entry is held by its time, as an answer to the task's attempts, or because it led to a held decision. */
export const entryHeld = `EXISTS (SELECT 1 FROM hold h WHERE h.branch = e.branch AND ${inRange('e.at')} AND (
  (h.task IS NULL AND h.visit IS NULL)
  OR (h.visit IS NULL AND substr(e.cause, 1, length(h.task) + 1) = h.task || '/')
  OR EXISTS (SELECT 1 FROM decision d WHERE d.branch = e.branch AND d.seq = e.seq
    AND (h.task IS NULL OR h.task IS d.task) AND (h.visit IS NULL OR h.visit IS d.visit))))`

export const setHold = (db: DatabaseSync, branch: string, hold: LegalHold): void => {
  const { id, task, visit, from, to, by, reason, at } = hold
  if (task === undefined && visit === undefined && from === undefined && to === undefined)
    throw new RangeError(
      'A legal hold names a task, a visit or a time; one that names nothing would hold all.',
    )
  db.prepare('INSERT OR REPLACE INTO hold VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    branch,
    id,
    task ?? null,
    visit ?? null,
    from ?? null,
    to ?? null,
    by,
    reason,
    at,
  )
}

/** What it held back is looked at again by the next retention, which therefore begins anew. */
export const dropHold = (db: DatabaseSync, branch: string, id: string): boolean => {
  const { changes } = db.prepare('DELETE FROM hold WHERE branch = ? AND id = ?').run(branch, id)
  if (changes === 0) return false
  db.prepare('UPDATE retained SET bodies_through = 0 WHERE branch = ?').run(branch)
  return true
}

export const listHolds = (db: DatabaseSync, branch: string): LegalHold[] =>
  db
    .prepare('SELECT * FROM hold WHERE branch = ? ORDER BY id')
    .all(branch)
    .map((row) => {
      const hold: Record<string, unknown> = {
        id: row['id'],
        task: row['task'],
        visit: row['visit'],
        from: row['from_at'],
        to: row['to_at'],
        by: row['set_by'],
        reason: row['reason'],
        at: row['at'],
      }
      for (const [name, value] of Object.entries(hold)) if (value === null) delete hold[name]
      return hold as unknown as LegalHold
    })
