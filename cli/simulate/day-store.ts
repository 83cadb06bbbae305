/**
 * The store of a simulated day: keeps what was committed as it was handed over and makes journal rows of it only when
 * somebody asks. Nothing survives it, so there is no crash to be simulated on it; the memory store is for that.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { createChainCheck, firstHash } from '#hub/store/chain.ts'
import { linkBatch } from '#hub/store/link-batch.ts'
import { endedTasks, packBatch } from '#hub/store/pack.ts'
import {
  type Batch,
  type DecisionQuery,
  type Head,
  type Store,
  StoreConflict,
  type StoredDecision,
  type StoredEntry,
} from '#hub/store/port.ts'

export interface DayStore extends Store {
  /** The whole journal, linked as every store links it. */
  journal(): readonly StoredEntry[]
  allDecisions(): Batch['decisions']
  /** Tasks that have ended, in the order of their ends. */
  endedTasks(): readonly TaskRow[]
}

const decisionFields = ['task', 'visit', 'ticket', 'device', 'zone'] as const

const asStored = (decisions: Batch['decisions'], query: DecisionQuery): StoredDecision[] => {
  let seq = -1
  let ord = 0
  return decisions
    .map((decision) => {
      ord = decision.seq === seq ? ord + 1 : 0
      seq = decision.seq
      return { ...decision, ord }
    })
    .filter(
      ({ at, record }) =>
        (query.from === undefined || at >= query.from) &&
        (query.to === undefined || at <= query.to) &&
        decisionFields.every((field) => query[field] === undefined || record[field] === query[field]),
    )
    .slice(-(query.limit ?? Number.MAX_SAFE_INTEGER))
}

/** @param latency awaited before each commit takes effect. */
export const createDayStore = (branch: string, latency: () => Promise<void>): DayStore => {
  const batches: Batch[] = []
  const decisions: Batch['decisions'][number][] = []
  const ended: TaskRow[] = []
  const linked: StoredEntry[] = []
  let head: Head = { branch, epoch: 1, seq: 0, at: 0, hash: firstHash }
  let last = head
  let unlinked = 0

  const keep = (batch: Batch) => {
    if (head.epoch !== batch.epoch || last.seq !== batch.fromSeq)
      throw new StoreConflict(`The head of ${branch} is ${last.seq}, not ${batch.fromSeq}.`)
    const { entries, changes } = batch
    // The rows live in the engine alone: nobody loads them again.
    batches.push({ ...batch, changes: [] })
    for (const decision of batch.decisions) decisions.push(decision)
    for (const { table, rows } of changes) {
      if (table === endedTasks) for (const row of rows.values()) ended.push(row as TaskRow)
    }
    const { seq, at } = entries.at(-1) ?? last
    last = { ...last, seq, at }
  }
  const journal = () => {
    for (; unlinked < batches.length; unlinked++) {
      const made = linkBatch(head, packBatch(batches[unlinked] as Batch))
      linked.push(...made.entries)
      head = made.head
    }
    return linked
  }
  return {
    open: () => Promise.resolve(head),
    load: () => Promise.resolve(new Map()),
    commit: (batch) => latency().then(() => keep(batch)),
    raiseEpoch: () => Promise.reject(new Error('A simulated day has one epoch.')),
    entries: (_branch, { from, to = Number.MAX_SAFE_INTEGER, limit }) =>
      Promise.resolve(journal().slice(Math.max(0, from - 1), Math.min(to, from - 1 + (limit ?? to)))),
    decisions: (_branch, query) => Promise.resolve(asStored(decisions, query)),
    tasks: (_branch, query) =>
      Promise.resolve(
        ended
          .filter(
            ({ id, flow, phase }) =>
              (query.id === undefined || query.id === id) &&
              (query.flow === undefined || query.flow === flow) &&
              (query.phase === undefined || query.phase.includes(phase)),
          )
          .toReversed()
          .slice(0, query.limit),
      ),
    verify: () => {
      const check = createChainCheck({ seq: 0, hash: firstHash })
      check.next(journal())
      return Promise.resolve(check.end(head))
    },
    close: () => Promise.resolve(),
    journal,
    allDecisions: () => decisions,
    endedTasks: () => ended,
  }
}
