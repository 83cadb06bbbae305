/** One table in memory: its rows by key, and in order of key for whoever asks, kept up as rows come and go. */
import type { Table } from './rows.ts'

/** One row that was put or dropped in this batch, with what stood there before it. */
export interface Change {
  readonly table: HeldTable
  readonly key: string
  readonly before: unknown
}

/** Whoever was given one of the lists may still hold it, so neither is ever changed. */
interface Sorted {
  readonly keys: readonly string[]
  readonly values: readonly unknown[]
}

/** Of so many changed keys, or of this share of all, sorting anew is no dearer than putting each in its place. */
const placedMin = 8
const placedShareMax = 1 / 8

/** Where a key stands among sorted ones, or would stand. */
const placeOf = (keys: readonly string[], key: string): number => {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as string) < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Tables are asked several times for every entry: a class, because what they can do is then made once for all. */
export class HeldTable implements Table<unknown> {
  readonly name: string
  /** Its place among the tables. */
  readonly order: number
  readonly rows = new Map<string, unknown>()
  /** Of all tables, in order. */
  readonly #log: Change[]
  /** As it was when last asked for. */
  #sorted: Sorted | undefined
  /** Keys whose rows came, went or were replaced since then, and whether any came or went. */
  readonly #noted = new Set<string>()
  #moved = false

  constructor({ name, order }: { readonly name: string; readonly order: number }, log: Change[]) {
    this.name = name
    this.order = order
    this.#log = log
  }

  get(key: string) {
    return this.rows.get(key)
  }

  has(key: string) {
    return this.rows.has(key)
  }

  put(key: string, row: unknown) {
    this.#log.push({ table: this, key, before: this.rows.get(key) })
    this.set(key, row)
  }

  drop(key: string) {
    const before = this.rows.get(key)
    if (before === undefined) return
    this.#log.push({ table: this, key, before })
    this.set(key, undefined)
  }

  values() {
    return this.#inOrder().values
  }

  keys() {
    return this.#inOrder().keys
  }

  get size() {
    return this.rows.size
  }

  /** As `put` and `drop`, but no change of this batch: what is loaded, undone, or kept by the store alone. */
  set(key: string, row: unknown) {
    if (this.#sorted !== undefined) this.#note(key, this.rows.has(key) !== (row !== undefined), this.#sorted)
    if (row === undefined) this.rows.delete(key)
    else this.rows.set(key, row)
  }

  #note(key: string, moves: boolean, { keys }: Sorted) {
    this.#noted.add(key)
    if (!moves) return
    this.#moved = true
    // Nor is a table that nobody looks at any more followed for ever.
    if (this.#noted.size > Math.max(placedMin, keys.length * placedShareMax)) this.#keep(undefined)
  }

  #keep(sorted: Sorted | undefined) {
    this.#sorted = sorted
    this.#noted.clear()
    this.#moved = false
  }

  #inOrder(): Sorted {
    const known = this.#sorted
    if (known !== undefined && this.#noted.size === 0) return known
    const made = known === undefined ? this.#listed([...this.rows.keys()].sort()) : this.#followed(known)
    this.#keep(made)
    return made
  }

  #listed(keys: readonly string[]): Sorted {
    return { keys, values: keys.map((key) => this.rows.get(key)) }
  }

  /** Most of a table stays as it was: the few rows that changed are put in their places. */
  #followed(known: Sorted): Sorted {
    if (this.#moved) return this.#moveIn([...known.keys], [...known.values])
    if (this.#noted.size > known.keys.length * placedShareMax) return this.#listed(known.keys)
    const values = [...known.values]
    for (const key of this.#noted) values[placeOf(known.keys, key)] = this.rows.get(key)
    return { keys: known.keys, values }
  }

  #moveIn(keys: string[], values: unknown[]): Sorted {
    for (const key of this.#noted) {
      const at = placeOf(keys, key)
      const row = this.rows.get(key)
      const stood = keys[at] === key
      if (row === undefined) {
        if (!stood) continue
        keys.splice(at, 1)
        values.splice(at, 1)
      } else if (stood) values[at] = row
      else {
        keys.splice(at, 0, key)
        values.splice(at, 0, row)
      }
    }
    return { keys, values }
  }
}
