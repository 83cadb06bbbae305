/**
 * The state of a branch in memory: tables of plain JSON rows, and a note of what changed. Rows are replaced, never
 * changed in place, so that an entry or a batch that could not be kept is undone by putting the old ones back.
 */
import { type Change, HeldTable } from './held-table.ts'

export interface Table<T> {
  get(key: string): T | undefined
  has(key: string): boolean
  put(key: string, row: T): void
  drop(key: string): void
  /** In order of key. */
  values(): readonly T[]
  keys(): readonly string[]
  readonly size: number
}

export interface TableChanges {
  readonly table: string
  /** key → the row now, or undefined when dropped. */
  readonly rows: ReadonlyMap<string, unknown>
  /** Of those, the keys that had no row before: the store inserts them plainly where a second one would be a bug. */
  readonly added: ReadonlySet<string>
}

export interface Rows {
  table<T>(name: string): Table<T>
  /** Fills a table from the store, before the first entry. */
  load(table: string, rows: Iterable<readonly [string, unknown]>): void
  /** What changed since the last `settle` or `undo`. */
  changes(): readonly TableChanges[]
  /** The changes are on disk. Rows of write-only tables leave memory. */
  settle(): void
  /** The changes are not on disk and never will be. */
  undo(): void
  /** Marks where one entry begins; `rollback` takes back what came since. */
  savepoint(): number
  rollback(savepoint: number): void
  /** Every row of every table, in order, for checkpoints and comparisons. */
  all(): readonly (readonly [table: string, key: string, row: unknown])[]
}

const none: ReadonlySet<string> = new Set()

/** What one table tells the store, while it is gathered. */
interface Gathered {
  readonly table: string
  readonly rows: Map<string, unknown>
  added: Set<string> | undefined
  /** Keys that are again what they were before the batch. */
  same: string[] | undefined
}

/** Only the first change of a key in a batch tells what stood there before the batch. */
const gather = (made: Gathered, { table, key, before }: Change) => {
  if (made.rows.has(key)) return
  const row = table.rows.get(key)
  made.rows.set(key, row)
  if (row === before) (made.same ??= []).push(key)
  else if (before === undefined) (made.added ??= new Set()).add(key)
}

/** In the order of the tables, whichever changed first. */
const changesIn = (log: readonly Change[]): readonly TableChanges[] => {
  const tables: (Gathered | undefined)[] = []
  for (const change of log) {
    const { name, order } = change.table
    const made = tables[order] ?? { table: name, rows: new Map(), added: undefined, same: undefined }
    tables[order] = made
    gather(made, change)
  }
  return tables.flatMap((made) => {
    if (made === undefined) return []
    const { table, rows, added = none, same = [] } = made
    // Came and went within the batch: the store never knew it.
    for (const key of same) rows.delete(key)
    return rows.size === 0 ? [] : [{ table, rows, added }]
  })
}

/** @param writeOnly tables whose rows are kept by the store alone once committed. */
export const createRows = (writeOnly: readonly string[] = []): Rows => {
  const tables = new Map<string, HeldTable>()
  const log: Change[] = []
  const hold = (name: string): HeldTable => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const made = new HeldTable({ name, order: tables.size }, log)
    tables.set(name, made)
    return made
  }
  const rollback = (savepoint: number) => {
    while (log.length > savepoint) {
      const last = log.pop()
      last?.table.set(last.key, last.before)
    }
  }
  return {
    table: <T>(name: string) => hold(name) as unknown as Table<T>,
    load: (name, rows) => {
      const table = hold(name)
      for (const [key, row] of rows) table.set(key, row)
    },
    changes: () => changesIn(log),
    settle: () => {
      for (const { table, key } of log) if (writeOnly.includes(table.name)) table.set(key, undefined)
      log.length = 0
    },
    undo: () => rollback(0),
    savepoint: () => log.length,
    rollback,
    all: () => {
      const rows: (readonly [string, string, unknown])[] = []
      for (const name of [...tables.keys()].sort()) {
        const held = hold(name)
        for (const key of [...held.rows.keys()].sort()) rows.push([name, key, held.rows.get(key)])
      }
      return rows
    },
  }
}
