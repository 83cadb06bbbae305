/**
 * The page's copy of the branch: rows by table, kept up by numbered deltas. A row that did not change stays the same
 * object, so that whoever shows it is drawn anew only when it did.
 */
import type { LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import { type LiveRow, type LiveTableName, liveTableNames } from '#protocol/desk/live/tables.ts'

type AnyRow = LiveRow<LiveTableName>
type Listener = () => void

export interface Tables {
  /** By id; the same array until something in it changes. */
  rows<Name extends LiveTableName>(name: Name): readonly LiveRow<Name>[]
  row<Name extends LiveTableName>(name: Name, id: string): LiveRow<Name> | undefined
  /** @returns how to end it. */
  subscribe(name: LiveTableName, listener: Listener): () => void
  /** What it stands at; undefined: it has nothing yet. */
  have(): { readonly run: string; readonly n: number } | undefined
  takeSnapshot(snapshot: LiveSnapshot): void
  /** `gap`: something is missing before it, and it was not applied. `known`: it was here before. */
  takeDelta(delta: LiveDelta): 'applied' | 'known' | 'gap'
}

interface Table {
  readonly byId: Map<string, AnyRow>
  readonly listeners: Set<Listener>
  sorted: readonly AnyRow[] | undefined
}

const isSame = (a: AnyRow | undefined, b: AnyRow) =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b)

const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1)

class TableSet implements Tables {
  readonly #tables: Readonly<Record<LiveTableName, Table>>
  #have: { run: string; n: number } | undefined

  constructor() {
    const empty = (): Table => ({ byId: new Map(), listeners: new Set(), sorted: undefined })
    this.#tables = Object.fromEntries(liveTableNames.map((name) => [name, empty()])) as Record<
      LiveTableName,
      Table
    >
  }

  rows<Name extends LiveTableName>(name: Name): readonly LiveRow<Name>[] {
    const table = this.#tables[name]
    table.sorted ??= [...table.byId.values()].sort(byId)
    return table.sorted as readonly LiveRow<Name>[]
  }

  row<Name extends LiveTableName>(name: Name, id: string): LiveRow<Name> | undefined {
    return this.#tables[name].byId.get(id) as LiveRow<Name> | undefined
  }

  subscribe(name: LiveTableName, listener: Listener): () => void {
    const { listeners } = this.#tables[name]
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  have() {
    return this.#have
  }

  takeSnapshot({ run, n, rows }: LiveSnapshot) {
    this.#have = { run, n }
    const changed = liveTableNames.filter((name) => {
      const wanted = new Set(rows[name].map(({ id }) => id))
      const drop = [...this.#tables[name].byId.keys()].filter((id) => !wanted.has(id))
      return this.#change(name, { put: rows[name], drop })
    })
    this.#tell(changed)
  }

  takeDelta({ run, n, changes }: LiveDelta): 'applied' | 'known' | 'gap' {
    if (this.#have === undefined || this.#have.run !== run || n > this.#have.n + 1) return 'gap'
    if (n <= this.#have.n) return 'known'
    this.#have = { run, n }
    const changed = liveTableNames.filter((name) => {
      const change = changes[name]
      return change !== undefined && this.#change(name, change)
    })
    this.#tell(changed)
    return 'applied'
  }

  #change(name: LiveTableName, { put, drop }: { put: readonly AnyRow[]; drop: readonly string[] }): boolean {
    const table = this.#tables[name]
    let isChanged = false
    for (const row of put) {
      if (isSame(table.byId.get(row.id), row)) continue
      table.byId.set(row.id, row)
      isChanged = true
    }
    for (const id of drop) isChanged = table.byId.delete(id) || isChanged
    if (isChanged) table.sorted = undefined
    return isChanged
  }

  /** After everything is in place: whoever reads two tables sees them of one moment. */
  #tell(names: readonly LiveTableName[]) {
    for (const name of names) for (const listener of this.#tables[name].listeners) listener()
  }
}

export const createTables = (): Tables => new TableSet()
