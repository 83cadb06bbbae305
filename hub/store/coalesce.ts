/**
 * The net change of many batches: of each row the last word counts, and a row that came and went in between never
 * reaches a table.
 */
import type { Cell, PackedBatch } from './pack.ts'
import { StoreConflict } from './port.ts'

export interface NetChanges {
  /** name, key, body */
  readonly put: readonly Cell[]
  /** name, key */
  readonly dropped: readonly Cell[]
  /** key, body */
  readonly claimsAdded: readonly Cell[]
  /** body, key */
  readonly claimsChanged: readonly (readonly [string, string])[]
  readonly claimsDropped: readonly string[]
}

interface Net {
  /** Not there before the first of these batches. */
  readonly born: boolean
  /** Null: gone. */
  body: string | null
}

/** Of one branch, in order. */
export const coalesce = (batches: readonly PackedBatch[]): NetChanges => {
  const tables = new Map<string, Map<string, Net>>()
  const claims = new Map<string, Net>()
  for (const batch of batches) {
    noteRows(tables, batch)
    noteClaims(claims, batch)
  }
  const put: Cell[] = []
  const dropped: Cell[] = []
  for (const [name, rows] of tables)
    for (const [key, { born, body }] of rows) {
      if (body !== null) put.push(name, key, body)
      else if (!born) dropped.push(name, key)
    }
  return { put, dropped, ...netClaims(claims) }
}

const note = (rows: Map<string, Net>, key: string, { born, body }: Net) => {
  const known = rows.get(key)
  if (known === undefined) rows.set(key, { born, body })
  else known.body = body
}

const noteRows = (tables: Map<string, Map<string, Net>>, { put, born, dropped }: PackedBatch) => {
  const tableOf = (name: string) => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const made = new Map<string, Net>()
    tables.set(name, made)
    return made
  }
  for (let row = 0; row < born.length; row++) {
    const [name, key, body] = put.slice(row * 3, row * 3 + 3) as [string, string, string]
    note(tableOf(name), key, { born: born[row] === 1, body })
  }
  for (let at = 0; at < dropped.length; at += 2)
    note(tableOf(dropped[at] as string), dropped[at + 1] as string, { born: false, body: null })
}

const noteClaims = (claims: Map<string, Net>, batch: PackedBatch) => {
  for (const key of batch.claimsDropped) note(claims, key, { born: false, body: null })
  for (const [body, key] of batch.claimsChanged) note(claims, key, { born: false, body })
  for (let at = 0; at < batch.claimsAdded.length; at += 2) {
    const key = batch.claimsAdded[at] as string
    const known = claims.get(key)
    // Only one that is gone may come again.
    if (known !== undefined && known.body !== null)
      throw new StoreConflict(`The claim ${key} exists already.`)
    note(claims, key, { born: true, body: batch.claimsAdded[at + 1] as string })
  }
}

const netClaims = (claims: ReadonlyMap<string, Net>) => {
  const claimsAdded: Cell[] = []
  const claimsChanged: [string, string][] = []
  const claimsDropped: string[] = []
  for (const [key, { born, body }] of claims) {
    if (body === null) {
      if (!born) claimsDropped.push(key)
    } else if (born) claimsAdded.push(key, body)
    else claimsChanged.push([body, key])
  }
  return { claimsAdded, claimsChanged, claimsDropped }
}
