/**
 * Who may sign in and who is signed in, in a file of its own beside the journal's database: hashes of passwords must not
 * come into the journal, its checkpoints, its backups or an export of evidence (docs/decisions/0017).
 */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import { transact } from '../store/database.ts'

export interface Account {
  readonly name: string
  readonly roles: readonly DeskRole[]
  /** As `password-hash.ts` writes it; null until a link was used. */
  readonly password: string | null
  readonly since: number
  readonly disabled: boolean
  /** Signs in from this machine only. */
  readonly localOnly: boolean
}

/** A way in that works once. `name` null: of nobody yet, for the first administrator. */
export interface StoredLink {
  readonly name: string | null
  readonly until: number
}

export interface StoredSession {
  readonly hash: string
  readonly session: string
  readonly name: string
  readonly since: number
  readonly seen: number
  readonly address: string
  readonly agent: string
}

export interface AccountStore {
  account(name: string): Account | undefined
  accounts(): readonly Account[]
  putAccount(account: Account): void
  setPassword(name: string, password: string | null): void
  /** Links of the same account go. */
  putLink(hash: string, link: StoredLink): void
  link(hash: string): StoredLink | undefined
  dropLinks(name: string | null): void
  session(hash: string): StoredSession | undefined
  sessions(): readonly StoredSession[]
  putSession(session: StoredSession): void
  noteSeen(hash: string, at: number): void
  dropSession(hash: string): void
  /** When the account was last signed in from there. */
  familiarSince(name: string, address: string): number | undefined
  noteFamiliar(name: string, address: string, at: number): void
  /** All of it or nothing. */
  together<T>(work: () => T): T
  close(): void
}

/** Places of one person. */
const familiarMax = 20

/** Each step is applied once, in order. A step that shipped is never edited. */
const steps: readonly string[] = [
  `
  CREATE TABLE account (
    name TEXT NOT NULL PRIMARY KEY, roles TEXT NOT NULL, password TEXT, since INTEGER NOT NULL,
    disabled INTEGER NOT NULL, local_only INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE link (hash TEXT NOT NULL PRIMARY KEY, name TEXT, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE session (
    hash TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL UNIQUE, name TEXT NOT NULL REFERENCES account (name),
    since INTEGER NOT NULL, seen INTEGER NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Where an account was signed in from lately: a stranger's guesses do not slow its owner down there.
  CREATE TABLE familiar (
    name TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (name, address)
  ) STRICT, WITHOUT ROWID;
  `,
]

/** What is deleted is overwritten: a replaced hash of a password is worth as much to a thief as the new one. */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA secure_delete = ON;
`

const migrate = (db: DatabaseSync) => {
  const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
  if (found > steps.length) throw new Error(`Version ${found} is there, ${steps.length} is known.`)
  for (let version = found; version < steps.length; version++)
    transact(db, () => db.exec(`${steps[version]}; PRAGMA user_version = ${version + 1}`))
}

/** Made with its rights before SQLite sees it; SQLite gives the files beside it the same. */
const openFile = (directory: string): DatabaseSync => {
  const file = join(directory, 'accounts.db')
  let db: DatabaseSync | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
    db = new DatabaseSync(file, { timeout: 5000 })
    db.exec(pragmas)
    migrate(db)
    return db
  } catch (cause) {
    db?.close()
    throw new UsherError('desk.accounts-unreadable', cause instanceof Error ? cause.message : undefined, {
      cause,
    })
  }
}

type Row = Readonly<Record<string, unknown>>

const accountOf = (row: Row): Account => ({
  name: row['name'] as string,
  roles: JSON.parse(row['roles'] as string) as DeskRole[],
  password: row['password'] as string | null,
  since: row['since'] as number,
  disabled: row['disabled'] === 1,
  localOnly: row['local_only'] === 1,
})

const linkOf = (row: Row): StoredLink => ({
  name: row['name'] as string | null,
  until: row['until'] as number,
})

const sessionOf = (row: Row): StoredSession => ({ ...row }) as unknown as StoredSession

class SqliteAccounts implements AccountStore {
  readonly #db: DatabaseSync
  constructor(db: DatabaseSync) {
    this.#db = db
  }

  account(name: string): Account | undefined {
    const row = this.#one('SELECT * FROM account WHERE name = ?', name)
    return row && accountOf(row)
  }

  accounts(): readonly Account[] {
    return this.#db.prepare('SELECT * FROM account ORDER BY name').all().map(accountOf)
  }

  putAccount({ name, roles, password, since, disabled, localOnly }: Account): void {
    const values = [name, JSON.stringify(roles), password, since, Number(disabled), Number(localOnly)]
    this.#run(
      `INSERT INTO account VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET roles = excluded.roles,
       password = excluded.password, disabled = excluded.disabled, local_only = excluded.local_only`,
      ...values,
    )
  }

  setPassword(name: string, password: string | null): void {
    this.#run('UPDATE account SET password = ? WHERE name = ?', password, name)
  }

  putLink(hash: string, { name, until }: StoredLink): void {
    this.together(() => {
      this.dropLinks(name)
      this.#run('INSERT INTO link VALUES (?, ?, ?)', hash, name, until)
    })
  }

  link(hash: string): StoredLink | undefined {
    const row = this.#one('SELECT name, until FROM link WHERE hash = ?', hash)
    return row && linkOf(row)
  }

  dropLinks(name: string | null): void {
    this.#run('DELETE FROM link WHERE name IS ?', name)
  }

  session(hash: string): StoredSession | undefined {
    const row = this.#one('SELECT * FROM session WHERE hash = ?', hash)
    return row && sessionOf(row)
  }

  sessions(): readonly StoredSession[] {
    return this.#db.prepare('SELECT * FROM session ORDER BY since DESC, session').all().map(sessionOf)
  }

  putSession({ hash, session, name, since, seen, address, agent }: StoredSession): void {
    const values = [hash, session, name, since, seen, address, agent]
    this.#run('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?)', ...values)
  }

  noteSeen(hash: string, at: number): void {
    this.#run('UPDATE session SET seen = ? WHERE hash = ?', at, hash)
  }

  dropSession(hash: string): void {
    this.#run('DELETE FROM session WHERE hash = ?', hash)
  }

  familiarSince(name: string, address: string): number | undefined {
    const row = this.#one('SELECT at FROM familiar WHERE name = ? AND address = ?', name, address)
    return row?.['at'] as number | undefined
  }

  noteFamiliar(name: string, address: string, at: number): void {
    this.together(() => {
      const put = 'INSERT INTO familiar VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at'
      this.#run(put, name, address, at)
      this.#run(
        `DELETE FROM familiar WHERE name = ?1 AND address NOT IN
         (SELECT address FROM familiar WHERE name = ?1 ORDER BY at DESC LIMIT ?2)`,
        name,
        familiarMax,
      )
    })
  }

  together<T>(work: () => T): T {
    // SQLite knows no transaction within another: the inner one is part of the outer.
    return this.#db.isTransaction ? work() : transact(this.#db, work)
  }

  close(): void {
    this.#db.close()
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#db.prepare(sql).get(...values)
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#db.prepare(sql).run(...values)
  }
}

/** @throws UsherError `desk.accounts-unreadable` */
export const openAccountStore = (directory: string): AccountStore => new SqliteAccounts(openFile(directory))
