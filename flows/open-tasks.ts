/**
 * For flows that tend several tasks at once: which are under way, and which are settled and not asked for again.
 * Sorted lists, because they are stored.
 */
import { isTaskEnding } from '#protocol/flow-events.ts'

export interface OpenTasks {
  readonly open: readonly string[]
  readonly settled: readonly string[]
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

export const noTasks: OpenTasks = { open: [], settled: [] }

export const opened = (tasks: OpenTasks, refs: readonly string[]): OpenTasks => ({
  open: sorted([...tasks.open, ...refs]),
  settled: tasks.settled,
})

export const isKnown = (tasks: OpenTasks, ref: string): boolean =>
  tasks.open.includes(ref) || tasks.settled.includes(ref)

/** @param settles whether this end means that it is not asked for again. */
export const answered = (
  tasks: OpenTasks,
  event: { readonly type: string; readonly ref?: string },
  settles: boolean,
): OpenTasks => {
  const { ref, type } = event
  if (ref === undefined || !isTaskEnding(type) || !tasks.open.includes(ref)) return tasks
  const open = tasks.open.filter((name) => name !== ref)
  return { open, settled: settles ? sorted([...tasks.settled, ref]) : tasks.settled }
}
