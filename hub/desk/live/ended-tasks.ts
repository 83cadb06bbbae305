/** Tasks that ended lately: memory has only open ones, but whoever looks wants to see what became of his. */
import type { TaskRow } from '../../dispatch/rows.ts'

const countMax = 200
const keptMs = 3_600_000

export interface EndedTasks {
  /** @returns those that had to make way. */
  add(row: TaskRow): readonly string[]
  get(id: string): TaskRow | undefined
  ids(): readonly string[]
  /** @returns those that ended too long ago by now. */
  forget(at: number): readonly string[]
}

export const createEndedTasks = (): EndedTasks => {
  /** In the order in which they ended. */
  const rows = new Map<string, TaskRow>()
  const drop = (count: number) => {
    const gone = [...rows.keys()].slice(0, Math.max(0, count))
    for (const id of gone) rows.delete(id)
    return gone
  }
  return {
    add: (row) => {
      rows.delete(row.id)
      rows.set(row.id, row)
      return drop(rows.size - countMax)
    },
    get: (id) => rows.get(id),
    ids: () => [...rows.keys()],
    forget: (at) => {
      let old = 0
      for (const { endedAt } of rows.values()) {
        if ((endedAt ?? 0) > at - keptMs) break
        old += 1
      }
      return drop(old)
    },
  }
}

/** Of what the store has, in the order in which they ended. */
export const endedLately = (rows: readonly TaskRow[], at: number): readonly TaskRow[] =>
  rows
    .filter(({ endedAt }) => endedAt !== null && endedAt > at - keptMs)
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))

export const endedTasksMax = countMax
