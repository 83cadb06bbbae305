/**
 * What pages have been told: every row as it was sent last. What may have changed is made anew and compared, so that
 * only what a page would really see differently goes out.
 */
import {
  type LiveChanges,
  type LiveRow,
  type LiveRows,
  type LiveTableName,
  liveTableNames,
} from '#protocol/desk/live/tables.ts'
import { every, type Sight, sources, type Touched } from './sources.ts'

interface Sent {
  readonly id: string
  readonly row: LiveRow<LiveTableName>
  /** To compare by: rows are made with their fields in one order. */
  readonly text: string
}

export interface Changed {
  readonly changes: LiveChanges
  /** Roughly, as JSON. */
  readonly bytes: number
}

export interface LiveBook {
  /** @returns what is different now, or undefined where nothing is. */
  update(sight: Sight, touched: Iterable<Touched>): Changed | undefined
  rows(): LiveRows
}

class Book implements LiveBook {
  /** By the hub's own key. */
  readonly #tables = new Map<LiveTableName, Map<string, Sent>>(
    liveTableNames.map((name) => [name, new Map<string, Sent>()]),
  )

  update(sight: Sight, touched: Iterable<Touched>): Changed | undefined {
    const changes: Partial<Record<LiveTableName, { put: unknown[]; drop: string[] }>> = {}
    let bytes = 0
    for (const [name, keys] of this.#keysOf(sight, touched)) {
      const changed = this.#look(sight, name, keys)
      if (changed.put.length === 0 && changed.drop.length === 0) continue
      changes[name] = { put: changed.put, drop: changed.drop }
      bytes += changed.bytes
    }
    return Object.keys(changes).length === 0 ? undefined : { changes: changes as LiveChanges, bytes }
  }

  rows(): LiveRows {
    return Object.fromEntries(
      [...this.#tables].map(([name, sent]) => [name, [...sent.values()].map(({ row }) => row)]),
    ) as unknown as LiveRows
  }

  /** Each key once, in the order of the tables. */
  #keysOf(sight: Sight, touched: Iterable<Touched>): ReadonlyMap<LiveTableName, ReadonlySet<string>> {
    const byTable = new Map<LiveTableName, Set<string>>()
    for (const { table, key } of touched) {
      const keys = byTable.get(table) ?? new Set<string>()
      byTable.set(table, keys)
      if (key !== every) keys.add(key)
      else for (const one of this.#allKeys(sight, table)) keys.add(one)
    }
    return byTable
  }

  *#allKeys(sight: Sight, table: LiveTableName) {
    yield* sources[table].keys(sight)
    yield* this.#sent(table).keys()
  }

  #sent(table: LiveTableName): Map<string, Sent> {
    return this.#tables.get(table) as Map<string, Sent>
  }

  #look(sight: Sight, table: LiveTableName, keys: ReadonlySet<string>) {
    const sent = this.#sent(table)
    const put = new Map<string, LiveRow<LiveTableName>>()
    const drop = new Set<string>()
    let bytes = 0
    for (const key of keys) {
      const row = sources[table].row(sight, key)
      const before = sent.get(key)
      const text = row === undefined ? undefined : JSON.stringify(row)
      if (text === before?.text) continue
      if (before !== undefined && before.id !== row?.id) drop.add(before.id)
      if (row === undefined || text === undefined) sent.delete(key)
      else {
        sent.set(key, { id: row.id, row, text })
        put.set(row.id, row)
      }
      bytes += text?.length ?? before?.id.length ?? 0
    }
    // A row that is put under one key and dropped under another is there.
    return { put: [...put.values()], drop: [...drop].filter((id) => !put.has(id)), bytes }
  }
}

export const createBook = (): LiveBook => new Book()
