/** Batches for the tests of the store: small, plain, and numbered by the caller's head. */
import type { EntryBody } from '#hub/engine/entry.ts'
import type { TableChanges } from '#hub/engine/rows.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { Batch, Head } from '#hub/store/port.ts'

export const start = 1_770_000_000_000

export interface BatchShape {
  readonly entries?: number
  readonly at?: number
  readonly body?: EntryBody
  readonly cause?: string
  readonly decisions?: readonly Omit<DecisionRecord, 'kind' | 'code'>[]
  readonly changes?: readonly TableChanges[]
}

export const seen = (name: string): EntryBody => ({
  kind: 'event',
  device: 'camera-1',
  name: 'visitor.detected',
  data: { zone: 'entrance', track: name },
})

/** `put` rows with a value, drop those that are undefined; all count as new unless `known`. */
export const change = (
  table: string,
  rows: Record<string, unknown>,
  known: readonly string[] = [],
): TableChanges => ({
  table,
  rows: new Map(Object.entries(rows)),
  added: new Set(Object.keys(rows).filter((key) => rows[key] !== undefined && !known.includes(key))),
})

export const batchOn = (head: Head, shape: BatchShape = {}): Batch => {
  const { branch, epoch, seq: fromSeq } = head
  const at = shape.at ?? Math.max(start, head.at + 1)
  const entries = Array.from({ length: shape.entries ?? 1 }, (_, i) => ({
    branch,
    epoch,
    seq: fromSeq + 1 + i,
    at: at + i,
    body: shape.body ?? seen(`t-${fromSeq + 1 + i}`),
    numbering: { boot: 'boot-1', n: fromSeq + 1 + i },
    ...(shape.cause === undefined ? {} : { cause: shape.cause }),
  }))
  const decisions = (shape.decisions ?? []).map((decision) => ({
    seq: fromSeq + 1,
    at,
    record: { kind: 'task', code: 'chosen', ...decision } as const,
  }))
  return { branch, epoch, fromSeq, entries, decisions, changes: shape.changes ?? [] }
}

export const task = (
  id: string,
  more: { phase?: string; flow?: string; createdAt?: number; visit?: string } = {},
) => ({
  id,
  flow: more.flow ?? 'greeting',
  phase: more.phase ?? 'queued',
  createdAt: more.createdAt ?? start,
  intent: { subject: more.visit === undefined ? {} : { visit: more.visit } },
})
