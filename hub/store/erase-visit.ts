/** Erases one visit before its time: what the journal, the decisions, the ended tasks and the checkpoints say of it. */
import type { DatabaseSync } from 'node:sqlite'
import { dropCheckpoint } from './checkpoint.ts'
import { type ErasableEntry, eraseBodies, eraseThoroughly } from './erase.ts'
import { decisionHeld, entryHeld, taskHeld } from './holds.ts'
import { readHead } from './read.ts'
import { readChainStart } from './verify.ts'

const stepEntries = 2000

export interface Erased {
  bodies: number
  decisions: number
  tasks: number
}

/** Yields after every step. The chain still verifies: links and digests stay. */
export function* eraseVisitSteps(
  db: DatabaseSync,
  branch: string,
  visit: string,
): Generator<undefined, Erased> {
  const named = JSON.stringify(visit)
  const erased: Erased = { bodies: 0, decisions: 0, tasks: 0 }
  const last = readHead(db, branch)?.seq ?? 0
  // Entries by name and by decision: a detection names a track, and only its decision names the visit.
  const concerned = db.prepare(
    `SELECT e.seq, e.at, e.kind, e.body FROM entry e
     WHERE e.branch = ?1 AND e.seq BETWEEN ?2 AND ?3 AND e.body IS NOT NULL AND NOT ${entryHeld}
     AND (instr(e.body, ?4) > 0
       OR EXISTS (SELECT 1 FROM decision d WHERE d.branch = e.branch AND d.seq = e.seq AND d.visit = ?5))`,
  )
  for (let from = readChainStart(db, branch).seq + 1; from <= last; from += stepEntries) {
    eraseThoroughly(db, () => {
      const entries = concerned.all(branch, from, from + stepEntries - 1, named, visit)
      eraseBodies(db, branch, entries as unknown as ErasableEntry[])
      erased.bodies += entries.length
    })
    yield undefined
  }
  dropCheckpointsNaming(db, branch, named)
  eraseThoroughly(db, () => {
    erased.tasks = Number(
      db
        .prepare(
          `DELETE FROM ended_task AS t WHERE t.branch = ?1 AND NOT ${taskHeld} AND (t.visit = ?2 OR t.id IN
           (SELECT task FROM decision WHERE branch = ?1 AND visit = ?2 AND task IS NOT NULL))`,
        )
        .run(branch, visit).changes,
    )
    // The row and its digest stay: they are part of the entry's link.
    erased.decisions = Number(
      db
        .prepare(
          `UPDATE decision AS d SET body = NULL, task = NULL, visit = NULL, ticket = NULL
           WHERE d.branch = ? AND d.visit = ? AND NOT ${decisionHeld}`,
        )
        .run(branch, visit).changes,
    )
  })
  return erased
}

const dropCheckpointsNaming = (db: DatabaseSync, branch: string, named: string): void => {
  const naming = db
    .prepare(
      `SELECT DISTINCT seq FROM checkpoint_row
       WHERE branch = ?1 AND (instr(body, ?2) > 0 OR instr(key, trim(?2, '"')) > 0)`,
    )
    .all(branch, named)
  for (const { seq } of naming) dropCheckpoint(db, branch, Number(seq))
}
