/** A batch as flat columns of text and numbers: what the log holds and what the statements bind. */
import { canonicalJson } from '../engine/canonical.ts'
import type { Entry } from '../engine/entry.ts'
import type { TableChanges } from '../engine/rows.ts'
import type { Batch } from './port.ts'

export type Cell = string | number | null

export interface PackedEntry {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly device: string | null
  readonly cause: string | null
  readonly body: string
}

/** Cells in the order of the table's columns after `branch`, row after row. */
export interface PackedBatch {
  readonly branch: string
  readonly epoch: number
  readonly fromSeq: number
  readonly entries: readonly PackedEntry[]
  /** seq, ord, at, task, visit, ticket, device, zone, body */
  readonly decisions: readonly Cell[]
  /** name, key, body */
  readonly put: readonly Cell[]
  /** One for each row of `put`: 1 where there was no such row before. */
  readonly born: readonly (0 | 1)[]
  /** name, key */
  readonly dropped: readonly Cell[]
  /** key, body */
  readonly claimsAdded: readonly Cell[]
  /** body, key: claims that exist already */
  readonly claimsChanged: readonly (readonly [string, string])[]
  readonly claimsDropped: readonly string[]
  /** id, created_at, phase, flow, visit, body */
  readonly ended: readonly Cell[]
}

/** Names the rows of tasks that ended; they are written once and never loaded. */
export const endedTasks = 'endedTasks'

export const packBatch = (batch: Batch): PackedBatch => {
  const rows = packRows(batch.changes)
  return {
    branch: batch.branch,
    epoch: batch.epoch,
    fromSeq: batch.fromSeq,
    entries: batch.entries.map(packEntry),
    decisions: packDecisions(batch.decisions),
    ...rows,
  }
}

const packEntry = (entry: Entry): PackedEntry => ({
  seq: entry.seq,
  at: entry.at,
  kind: entry.body.kind,
  device: 'device' in entry.body ? entry.body.device : null,
  cause: entry.cause ?? null,
  body:
    entry.numbering === undefined
      ? canonicalJson({ body: entry.body })
      : canonicalJson({ body: entry.body, numbering: entry.numbering }),
})

const packDecisions = (decisions: Batch['decisions']): Cell[] => {
  const cells: Cell[] = []
  let ord = 0
  let seq = -1
  for (const decision of decisions) {
    ord = decision.seq === seq ? ord + 1 : 0
    seq = decision.seq
    const { task, visit, ticket, device, zone } = decision.record
    cells.push(
      seq,
      ord,
      decision.at,
      task ?? null,
      visit ?? null,
      ticket ?? null,
      device ?? null,
      zone ?? null,
    )
    cells.push(canonicalJson(decision.record))
  }
  return cells
}

const packRows = (changes: readonly TableChanges[]) => {
  const put: Cell[] = []
  const born: (0 | 1)[] = []
  const dropped: Cell[] = []
  const claimsAdded: Cell[] = []
  const claimsChanged: [string, string][] = []
  const claimsDropped: string[] = []
  const ended: Cell[] = []
  for (const { table, rows, added } of changes) {
    for (const [key, row] of rows) {
      if (table === 'claims') {
        if (row === undefined) claimsDropped.push(key)
        else if (added.has(key)) claimsAdded.push(key, canonicalJson(row))
        else claimsChanged.push([canonicalJson(row), key])
      } else if (table === endedTasks) {
        if (row !== undefined) ended.push(...packEnded(key, row))
      } else if (row === undefined) dropped.push(table, key)
      else {
        put.push(table, key, canonicalJson(row))
        born.push(added.has(key) ? 1 : 0)
      }
    }
  }
  return { put, born, dropped, claimsAdded, claimsChanged, claimsDropped, ended }
}

interface EndedTask {
  readonly createdAt: number
  readonly phase: string
  readonly flow: string
  readonly intent: { readonly subject: { readonly visit?: string } }
}

const packEnded = (id: string, row: unknown): Cell[] => {
  const task = row as EndedTask
  return [id, task.createdAt, task.phase, task.flow, task.intent.subject.visit ?? null, canonicalJson(row)]
}
