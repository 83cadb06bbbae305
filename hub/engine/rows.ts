/**
 * The state of a branch in memory: tables of plain JSON rows, and a note of what changed. Rows are replaced, never
 * changed in place, so that an entry or a batch that could not be kept is undone by putting the old ones back.
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

interface Held {
  readonly name: string
  readonly rows: Map<string, unknown>
  /** Keys changed in this batch, with the row each had before it. Replaced, not cleared: see `forgetChanges`. */
  changed: Map<string, unknown>
  /** Sorted keys as they were when last asked for, and those that came or went since. */
  keys: readonly string[] | undefined
  moved: Set<string>
  /** In order of key; made when asked for and forgotten on a change. */
  values: unknown[] | undefined
}

interface Undo {
  readonly held: Held
  readonly key: string
  readonly before: unknown
}

/** Above this share of changed keys sorting anew is no dearer. */
const movedShareMax = 1 / 8

const noteMoved = (held: Held, key: string) => {
  const { keys, moved } = held
  if (keys === undefined) return
  moved.add(key)
  if (moved.size <= keys.length * movedShareMax) return
  held.keys = undefined
  moved.clear()
}

const set = (held: Held, key: string, row: unknown) => {
  const had = held.rows.has(key)
  if (row === undefined) held.rows.delete(key)
  else held.rows.set(key, row)
  if (had !== (row !== undefined)) noteMoved(held, key)
  held.values = undefined
}

/** Most of a table stays in order: the few that came since are put in between. */
const mergeKeys = ({ rows, moved }: Held, keys: readonly string[]): readonly string[] => {
  const came = [...moved].filter((key) => rows.has(key)).sort()
  const merged: string[] = []
  let next = 0
  for (const key of keys) {
    if (moved.has(key)) continue
    for (let one = came[next]; one !== undefined && one < key; one = came[++next]) merged.push(one)
    merged.push(key)
  }
  return merged.concat(came.slice(next))
}

const sortedKeys = (held: Held): readonly string[] => {
  const { keys, moved, rows } = held
  if (keys !== undefined && moved.size === 0) return keys
  const sorted = keys === undefined ? [...rows.keys()].sort() : mergeKeys(held, keys)
  held.keys = sorted
  held.moved = new Set()
  return sorted
}

const createTable = <T>(held: Held, log: Undo[]): Table<T> => {
  const keys = () => sortedKeys(held)
  const change = (key: string, row: unknown) => {
    const before = held.rows.get(key)
    log.push({ held, key, before })
    if (!held.changed.has(key)) held.changed.set(key, before)
    set(held, key, row)
  }
  return {
    get: (key) => held.rows.get(key) as T | undefined,
    has: (key) => held.rows.has(key),
    put: (key, row) => change(key, row),
    drop: (key) => {
      if (held.rows.has(key)) change(key, undefined)
    },
    values: () => (held.values ??= keys().map((key) => held.rows.get(key))) as T[],
    keys,
    get size() {
      return held.rows.size
    },
  }
}

const changesOf = (held: Held): TableChanges => {
  const rows = new Map<string, unknown>()
  const added = new Set<string>()
  for (const [key, before] of held.changed) {
    const row = held.rows.get(key)
    // Came and went within the batch: the store never knew it.
    if (row === before) continue
    rows.set(key, row)
    if (before === undefined) added.add(key)
  }
  return { table: held.name, rows, added }
}

/**
 * A cleared Map leads to what is put into it later, and keeps that from the collection of the young heap for as long as it
 * is not itself collected with the old one.
 */
const forgetChanges = (held: Held) => {
  if (held.changed.size > 0) held.changed = new Map()
}

/** @param writeOnly tables whose rows are kept by the store alone once committed. */
export const createRows = (writeOnly: readonly string[] = []): Rows => {
  const tables = new Map<string, Held>()
  const log: Undo[] = []
  const hold = (name: string): Held => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const made: Held = {
      name,
      rows: new Map(),
      changed: new Map(),
      keys: undefined,
      moved: new Set(),
      values: undefined,
    }
    tables.set(name, made)
    return made
  }
  const rollback = (savepoint: number) => {
    while (log.length > savepoint) {
      const last = log.pop()
      if (last !== undefined) set(last.held, last.key, last.before)
    }
  }
  const clear = () => {
    log.length = 0
    for (const held of tables.values()) forgetChanges(held)
  }
  return {
    table: <T>(name: string) => createTable<T>(hold(name), log),
    load: (name, rows) => {
      for (const [key, row] of rows) set(hold(name), key, row)
    },
    changes: () =>
      [...tables.values()]
        .filter(({ changed }) => changed.size > 0)
        .map(changesOf)
        .filter((changes) => changes.rows.size > 0),
    settle: () => {
      for (const name of writeOnly) {
        const held = hold(name)
        for (const key of held.changed.keys()) set(held, key, undefined)
      }
      clear()
    },
    undo: () => {
      rollback(0)
      clear()
    },
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
