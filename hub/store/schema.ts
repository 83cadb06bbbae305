/**
 * The tables of the store and the steps from one version of them to the next. `branch` leads every key, so that
 * several branches can share one database later.
 */
import type { DatabaseSync } from 'node:sqlite'
import { UsherError } from '#protocol/errors.ts'

/** Each step is applied once, in order, in one transaction with its number. A step that shipped is never edited. */
const steps: readonly string[] = [
  `
  CREATE TABLE branch_head (
    branch TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Where the chain begins once old links were dropped: the last dropped entry.
  CREATE TABLE chain_start (
    branch TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- seq goes on across epochs, so (branch, seq) is a tighter key than (branch, epoch, seq).
  CREATE TABLE entry (
    branch TEXT NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    device TEXT, cause TEXT, digest TEXT NOT NULL, reasons TEXT, hash TEXT NOT NULL, body TEXT,
    PRIMARY KEY (branch, seq)
  ) STRICT, WITHOUT ROWID;

  -- No index by time: hub time never falls, so a moment is found by halving the key's range.
  CREATE TABLE decision (
    branch TEXT NOT NULL, seq INTEGER NOT NULL, ord INTEGER NOT NULL, at INTEGER NOT NULL,
    task TEXT, visit TEXT, ticket TEXT, device TEXT, zone TEXT, digest TEXT NOT NULL, body TEXT,
    PRIMARY KEY (branch, seq, ord)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX decision_task ON decision (branch, task) WHERE task IS NOT NULL;
  CREATE INDEX decision_visit ON decision (branch, visit) WHERE visit IS NOT NULL;
  CREATE INDEX decision_ticket ON decision (branch, ticket) WHERE ticket IS NOT NULL;
  CREATE INDEX decision_device ON decision (branch, device) WHERE device IS NOT NULL;
  CREATE INDEX decision_zone ON decision (branch, zone) WHERE zone IS NOT NULL;

  -- sum: CRC-32 of the body; the chain covers the journal only, a flipped bit in the state must be noticed too.
  CREATE TABLE state_row (
    branch TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (branch, name, key)
  ) STRICT, WITHOUT ROWID;

  -- The last guard of "nothing happens twice".
  CREATE TABLE claim (
    branch TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (branch, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ended_task (
    branch TEXT NOT NULL, id TEXT NOT NULL, created_at INTEGER NOT NULL, phase TEXT NOT NULL, flow TEXT NOT NULL,
    visit TEXT, body TEXT NOT NULL,
    PRIMARY KEY (branch, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ended_task_newest ON ended_task (branch, created_at, phase, flow);

  CREATE TABLE checkpoint (
    branch TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, rows INTEGER NOT NULL,
    PRIMARY KEY (branch, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoint_row (
    branch TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (branch, seq, name, key),
    FOREIGN KEY (branch, seq) REFERENCES checkpoint (branch, seq)
  ) STRICT, WITHOUT ROWID;

  -- How far retention has come: bodies erased and decisions deleted up to these entries, but for held ones.
  CREATE TABLE retained (
    branch TEXT NOT NULL PRIMARY KEY, bodies_through INTEGER NOT NULL, decisions_through INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hold (
    branch TEXT NOT NULL, id TEXT NOT NULL, task TEXT, visit TEXT, from_at INTEGER, to_at INTEGER,
    set_by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (branch, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE aggregate (
    branch TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (branch, day, kind, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- From here on commits are in the commit log first. A program that knows nothing of it would go on without them.
  `,
]

export const schemaVersion = steps.length

const readVersion = (db: DatabaseSync): number => {
  const row = db.prepare('PRAGMA user_version').get()
  return Number(row?.['user_version'] ?? 0)
}

/** Brings an older database up to date; a newer one is refused untouched with `store.newer-schema`. */
export const migrate = (db: DatabaseSync): void => {
  const found = readVersion(db)
  if (found > schemaVersion)
    throw new UsherError('store.newer-schema', `Version ${found} is there, ${schemaVersion} is known.`)
  for (let version = found; version < schemaVersion; version++) {
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(steps[version] as string)
      db.exec(`PRAGMA user_version = ${version + 1}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
