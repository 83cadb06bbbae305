/**
 * The state of a branch in memory: tables of plain JSON rows, and a note of what changed. Rows are replaced, never
 * changed in place, so that a batch that could not be committed is undone by putting the old ones back.
 */

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
}

export interface Rows {
  table<T>(name: string): Table<T>
  /** What changed since the last `settle` or `undo`. */
  changes(): readonly TableChanges[]
  /** The changes are on disk. */
  settle(): void
  /** The changes are not on disk and never will be. */
  undo(): void
  /** Fills a table from the store, before the first entry. */
  load(table: string, rows: Iterable<readonly [string, unknown]>): void
}

interface Held {
  rows: Map<string, unknown>
  /** key → the row before the first change of this batch. */
  before: Map<string, unknown>
  /** Sorted values and keys, made when asked for, forgotten on a change of keys or rows. */
  sortedKeys: string[] | undefined
  sortedValues: unknown[] | undefined
}

const createTable = <T>(held: Held): Table<T> => {
  const remember = (key: string) => {
    if (!held.before.has(key)) held.before.set(key, held.rows.get(key))
  }
  const keys = () => (held.sortedKeys ??= [...held.rows.keys()].sort())
  return {
    get: (key) => held.rows.get(key) as T | undefined,
    has: (key) => held.rows.has(key),
    put: (key, row) => {
      remember(key)
      if (!held.rows.has(key)) held.sortedKeys = undefined
      held.sortedValues = undefined
      held.rows.set(key, row)
    },
    drop: (key) => {
      if (!held.rows.has(key)) return
      remember(key)
      held.rows.delete(key)
      held.sortedKeys = undefined
      held.sortedValues = undefined
    },
    values: () => (held.sortedValues ??= keys().map((key) => held.rows.get(key))) as T[],
    keys,
    get size() {
      return held.rows.size
    },
  }
}

const restore = (held: Held) => {
  for (const [key, row] of held.before) {
    if (row === undefined) held.rows.delete(key)
    else held.rows.set(key, row)
  }
  held.before.clear()
  held.sortedKeys = undefined
  held.sortedValues = undefined
}

export const createRows = (): Rows => {
  const tables = new Map<string, Held>()
  const hold = (name: string): Held => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const made: Held = { rows: new Map(), before: new Map(), sortedKeys: undefined, sortedValues: undefined }
    tables.set(name, made)
    return made
  }
  return {
    table: <T>(name: string) => createTable<T>(hold(name)),
    changes: () => {
      const changed: TableChanges[] = []
      for (const [table, held] of tables) {
        if (held.before.size === 0) continue
        const rows = new Map<string, unknown>()
        for (const key of held.before.keys()) rows.set(key, held.rows.get(key))
        changed.push({ table, rows })
      }
      return changed
    },
    settle: () => {
      for (const held of tables.values()) held.before.clear()
    },
    undo: () => {
      for (const held of tables.values()) restore(held)
    },
    load: (name, rows) => {
      const held = hold(name)
      for (const [key, row] of rows) held.rows.set(key, row)
      held.sortedKeys = undefined
      held.sortedValues = undefined
    },
  }
}
