/**
 * The store of simulations: the same promises as the one on disk, on a "disk" in memory that outlives the hub on it
 * and that can be full, slow or failing on demand.
 */
import type { DecisionRecord } from '../engine/turn.ts'
import { createChainCheck, firstHash } from './chain.ts'
import { digestTexts, type StateText, toTables } from './checkpoint.ts'
import { linkBatch } from './link-batch.ts'
import { type Cell, type PackedBatch, packBatch } from './pack.ts'
import {
  type DecisionQuery,
  type Head,
  type Store,
  StoreBroken,
  StoreConflict,
  type StoredDecision,
  type StoredEntry,
  StoreFull,
} from './port.ts'
import { decisionsLimit, entriesLimit, type TaskQuery, tasksLimit } from './read.ts'
import type { Checkpoint, Checkpoints } from './upkeep.ts'

/** `broken-late`: the write is on disk although the sync failed, the case nobody can tell from `broken`. */
export type DiskHealth = 'ok' | 'full' | 'broken' | 'broken-late'

interface BranchDisk {
  head: Head
  readonly entries: StoredEntry[]
  readonly decisions: StoredDecision[]
  /** `name\nkey` → row */
  readonly rows: Map<string, StateText>
  readonly ended: Map<string, string>
  readonly checkpoints: Map<number, { at: number; digest: string; rows: readonly StateText[] }>
}

export interface MemoryDisk {
  health: DiskHealth
  readonly branches: Map<string, BranchDisk>
}

export const createMemoryDisk = (): MemoryDisk => ({ health: 'ok', branches: new Map() })

export interface MemoryStoreDeps {
  readonly disk?: MemoryDisk
  /** Awaited before each commit takes effect: a slow disk under a simulated clock. */
  readonly latency?: () => Promise<void>
}

export const createMemoryStore = (deps: MemoryStoreDeps = {}): Store & Checkpoints => {
  const disk = deps.disk ?? createMemoryDisk()
  let broken: StoreBroken | null = null

  const at = (branch: string): BranchDisk => {
    const found = disk.branches.get(branch)
    if (found !== undefined) return found
    const made: BranchDisk = {
      head: { branch, epoch: 1, seq: 0, at: 0, hash: firstHash },
      entries: [],
      decisions: [],
      rows: new Map(),
      ended: new Map(),
      checkpoints: new Map(),
    }
    disk.branches.set(branch, made)
    return made
  }
  const write = <T>(work: () => T): T => {
    if (broken !== null) throw broken
    if (disk.health === 'full') throw new StoreFull('the simulated disk is full')
    if (disk.health === 'ok') return work()
    if (disk.health === 'broken-late') work()
    broken = new StoreBroken('the simulated disk failed')
    throw broken
  }
  return {
    open: async (branch) => at(branch).head,
    load: async (branch) => toTables([...at(branch).rows.values()]),
    commit: async (batch) => {
      const packed = packBatch(batch)
      await deps.latency?.()
      write(() => apply(at(batch.branch), packed))
    },
    raiseEpoch: async (branch) =>
      write(() => {
        const held = at(branch)
        held.head = { ...held.head, epoch: held.head.epoch + 1 }
        return held.head
      }),
    entries: async (branch, { from, to = Number.MAX_SAFE_INTEGER, limit = entriesLimit }) =>
      at(branch)
        .entries.filter(({ seq }) => seq >= from && seq <= to)
        .slice(0, Math.min(limit, entriesLimit)),
    decisions: async (branch, query) => findDecisions(at(branch), query),
    tasks: async (branch, query) => findTasks(at(branch), query),
    verify: async (branch, range = {}) => {
      const { head, entries } = at(branch)
      const before = entries.findLast(({ seq }) => seq < (range.from ?? 1)) ?? { seq: 0, hash: firstHash }
      const check = createChainCheck(before)
      const to = Math.min(range.to ?? head.seq, head.seq)
      check.next(entries.filter(({ seq }) => seq > before.seq && seq <= to))
      return check.end(to === head.seq ? head : null)
    },
    close: async () => {},
    ...memoryCheckpoints(at, write),
  }
}

const memoryCheckpoints = (
  at: (branch: string) => BranchDisk,
  write: <T>(work: () => T) => T,
): Checkpoints => ({
  checkpoint: async (branch) =>
    write(() => {
      const held = at(branch)
      const rows = [...held.rows.values()]
      const made = { at: held.head.at, digest: digestTexts(rows), rows }
      held.checkpoints.set(held.head.seq, made)
      return { seq: held.head.seq, at: made.at, digest: made.digest, rows: rows.length }
    }),
  checkpoints: async (branch) =>
    [...at(branch).checkpoints].map(([seq, { at, digest, rows }]) => ({
      seq,
      at,
      digest,
      rows: rows.length,
    })),
  loadCheckpoint: async (branch, seq): Promise<Checkpoint | null> => {
    const found = at(branch).checkpoints.get(seq)
    if (found === undefined) return null
    const { at: time, digest, rows } = found
    return { seq, at: time, digest, rows: rows.length, tables: toTables(rows) }
  },
})

/** Everything is checked before anything is changed: a refused batch leaves no trace. */
const apply = (disk: BranchDisk, batch: PackedBatch): void => {
  const made = linkBatch(disk.head, batch)
  const claimsAdded = inRows(batch.claimsAdded, 2) as [string, string][]
  const gone = new Set(batch.claimsDropped)
  for (const [key] of claimsAdded) {
    if (disk.rows.has(`claims\n${key}`) && !gone.has(key)) throw new StoreConflict(`The claim ${key} exists.`)
  }
  for (const [, key] of batch.claimsChanged) {
    if (!disk.rows.has(`claims\n${key}`)) throw new StoreConflict(`The claim ${key} is not in the store.`)
  }

  disk.entries.push(...made.entries)
  disk.head = made.head
  for (const [seq, ord, at, , , , , , body] of inRows(batch.decisions, 9) as [
    number,
    number,
    number,
    ...string[],
  ][])
    disk.decisions.push({ seq, ord, at, record: JSON.parse(body as string) as DecisionRecord })
  for (const key of batch.claimsDropped) disk.rows.delete(`claims\n${key}`)
  const claims = [...claimsAdded, ...batch.claimsChanged.map(([body, key]) => [key, body] as const)]
  for (const [key, body] of claims) disk.rows.set(`claims\n${key}`, { name: 'claims', key, body })
  for (const [name, key, body] of inRows(batch.put, 3) as [string, string, string][])
    disk.rows.set(`${name}\n${key}`, { name, key, body })
  for (const [name, key] of inRows(batch.dropped, 2) as [string, string][])
    disk.rows.delete(`${name}\n${key}`)
  for (const [id, , , , , body] of inRows(batch.ended, 6) as string[][])
    disk.ended.set(id as string, body as string)
}

const inRows = (cells: readonly Cell[], columns: number): Cell[][] => {
  const rows: Cell[][] = []
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns))
  return rows
}

const findDecisions = (disk: BranchDisk, query: DecisionQuery): StoredDecision[] => {
  const limit = Math.min(query.limit ?? decisionsLimit, decisionsLimit)
  const found = disk.decisions.filter(
    ({ at, record }) =>
      (query.from === undefined || at >= query.from) &&
      (query.to === undefined || at <= query.to) &&
      (['task', 'visit', 'ticket', 'device', 'zone'] as const).every(
        (field) => query[field] === undefined || record[field] === query[field],
      ),
  )
  return found.slice(Math.max(0, found.length - limit))
}

interface KeptTask {
  readonly id: string
  readonly createdAt: number
  readonly phase: string
  readonly flow: string
}

const findTasks = (disk: BranchDisk, query: TaskQuery): unknown[] => {
  const open = [...disk.rows.values()].filter(({ name }) => name === 'tasks').map(({ body }) => body)
  return [...open, ...disk.ended.values()]
    .map((body) => JSON.parse(body) as KeptTask)
    .filter(
      (task) =>
        (query.id === undefined || task.id === query.id) &&
        (query.flow === undefined || task.flow === query.flow) &&
        (query.phase === undefined || query.phase.includes(task.phase)),
    )
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .slice(0, Math.min(query.limit ?? tasksLimit, tasksLimit))
}
