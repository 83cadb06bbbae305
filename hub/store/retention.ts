/** What is past its time goes, in steps of bounded size so that commits go on between them. */
import type { DatabaseSync } from 'node:sqlite'
import { dropCheckpoint, listCheckpoints } from './checkpoint.ts'
import { transact } from './database.ts'
import { dayOf, type ErasableEntry, eraseBodies, eraseThoroughly } from './erase.ts'
import { decisionHeld, entryHeld, taskHeld } from './holds.ts'
import { seqAt } from './read.ts'
import type { Retained, RetentionSettings } from './upkeep.ts'
import { readChainStart } from './verify.ts'

/** Rows a step: a few milliseconds, less than people or devices notice. */
const stepRows = 300

interface Span {
  readonly from: number
  readonly to: number
}

/** Yields after every step. */
export function* retainSteps(
  db: DatabaseSync,
  branch: string,
  { now, settings }: { now: number; settings: RetentionSettings },
): Generator<undefined, Retained> {
  db.prepare('INSERT OR IGNORE INTO retained VALUES (?, 0, 0)').run(branch)
  const bodies = yield* eraseOldBodies(db, branch, now - settings.bodiesMs)
  const decisions = yield* dropOldDecisions(db, branch, now - settings.decisionsMs)
  const tasks = yield* dropOldTasks(db, branch, now - settings.decisionsMs)
  const checkpoints = dropOldCheckpoints(db, branch, now - settings.bodiesMs)
  const links = yield* dropOldLinks(db, branch, now - settings.decisionsMs)
  const aggregates = Number(
    db
      .prepare('DELETE FROM aggregate WHERE branch = ? AND day < ?')
      .run(branch, dayOf(now - settings.aggregatesMs)).changes,
  )
  return { bodies, decisions, tasks, links, aggregates, checkpoints }
}

const readThrough = (
  db: DatabaseSync,
  branch: string,
  column: 'bodies_through' | 'decisions_through',
): number => Number(db.prepare(`SELECT ${column} FROM retained WHERE branch = ?`).get(branch)?.[column] ?? 0)

/** The next step of entries up to `last`. */
const nextSpan = (db: DatabaseSync, branch: string, span: Span): Span | null => {
  const row = db
    .prepare(
      `SELECT min(seq) AS first, max(seq) AS last FROM
       (SELECT seq FROM entry WHERE branch = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?)`,
    )
    .get(branch, span.from, span.to, stepRows)
  const { first, last } = row as { first: number | null; last: number | null }
  return first === null || last === null ? null : { from: first, to: last }
}

function* eraseOldBodies(db: DatabaseSync, branch: string, before: number): Generator<undefined, number> {
  const to = seqAt(db, { branch, table: 'entry' }, before) - 1
  let erased = 0
  let span = nextSpan(db, branch, { from: readThrough(db, branch, 'bodies_through') + 1, to })
  while (span !== null) {
    const step = span
    eraseThoroughly(db, () => {
      const entries = db
        .prepare(
          `SELECT e.seq, e.at, e.kind, e.body FROM entry e
           WHERE e.branch = ? AND e.seq BETWEEN ? AND ? AND e.body IS NOT NULL AND NOT ${entryHeld}`,
        )
        .all(branch, step.from, step.to) as unknown as ErasableEntry[]
      eraseBodies(db, branch, entries)
      db.prepare('UPDATE retained SET bodies_through = ? WHERE branch = ?').run(step.to, branch)
      erased += entries.length
    })
    yield undefined
    span = nextSpan(db, branch, { from: step.to + 1, to })
  }
  return erased
}

function* dropOldDecisions(db: DatabaseSync, branch: string, before: number): Generator<undefined, number> {
  const to = seqAt(db, { branch, table: 'decision' }, before) - 1
  let dropped = 0
  let span = nextSpan(db, branch, { from: readChainStart(db, branch).seq + 1, to })
  while (span !== null) {
    const step = span
    eraseThoroughly(db, () => {
      // First the mark: a record that is missing from here on is past its time, not tampered with.
      db.prepare('UPDATE retained SET decisions_through = max(decisions_through, ?) WHERE branch = ?').run(
        step.to,
        branch,
      )
      const { changes } = db
        .prepare(
          `DELETE FROM decision AS d WHERE d.branch = ? AND d.seq BETWEEN ? AND ? AND NOT ${decisionHeld}`,
        )
        .run(branch, step.from, step.to)
      dropped += Number(changes)
    })
    yield undefined
    span = nextSpan(db, branch, { from: step.to + 1, to })
  }
  return dropped
}

function* dropOldTasks(db: DatabaseSync, branch: string, before: number): Generator<undefined, number> {
  const drop = db.prepare(
    `DELETE FROM ended_task WHERE branch = ?1 AND id IN
     (SELECT t.id FROM ended_task t WHERE t.branch = ?1 AND t.created_at < ?2 AND NOT ${taskHeld} LIMIT ?3)`,
  )
  let dropped = 0
  for (;;) {
    const changes = eraseThoroughly(db, () => Number(drop.run(branch, before, stepRows).changes))
    dropped += changes
    if (changes < stepRows) return dropped
    yield undefined
  }
}

/** A replay needs every body after its checkpoint; one older than that is of no use. The newest always stays. */
const dropOldCheckpoints = (db: DatabaseSync, branch: string, before: number): number => {
  const old = listCheckpoints(db, branch)
    .slice(0, -1)
    .filter(({ at }) => at < before)
  for (const { seq } of old) dropCheckpoint(db, branch, seq)
  return old.length
}

/** The chain is cut at its old end only, up to the first entry that is held; the link before the cut is remembered. */
function* dropOldLinks(db: DatabaseSync, branch: string, before: number): Generator<undefined, number> {
  const to = seqAt(db, { branch, table: 'entry' }, before) - 1
  const firstHeld = db.prepare(
    `SELECT min(e.seq) AS seq FROM entry e WHERE e.branch = ? AND e.seq BETWEEN ? AND ? AND ${entryHeld}`,
  )
  let dropped = 0
  let span = nextSpan(db, branch, { from: readChainStart(db, branch).seq + 1, to })
  while (span !== null) {
    const held = firstHeld.get(branch, span.from, span.to)?.['seq'] as number | null
    const last = held === null ? span.to : held - 1
    if (last >= span.from) dropped += cutChain(db, branch, last)
    if (held !== null) return dropped
    yield undefined
    span = nextSpan(db, branch, { from: last + 1, to })
  }
  return dropped
}

const cutChain = (db: DatabaseSync, branch: string, last: number): number =>
  transact(db, () => {
    db.prepare(
      'INSERT OR REPLACE INTO chain_start SELECT branch, seq, at, hash FROM entry WHERE branch = ? AND seq = ?',
    ).run(branch, last)
    return Number(db.prepare('DELETE FROM entry WHERE branch = ? AND seq <= ?').run(branch, last).changes)
  })
