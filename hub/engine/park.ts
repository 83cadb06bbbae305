/**
 * An instance that cannot go on is parked: it receives nothing until a new version or a person acts. Its open tasks go
 * on, because devices and people are already at them; that nobody waits for their end is on record with each.
 */
import { isTaskEnding } from '#protocol/flow-events.ts'
import { recordTask } from '../dispatch/records.ts'
import type { TaskRow } from '../dispatch/rows.ts'
import { retireVersion } from './retire.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'

const reasonMax = 300

/** In order of their ids. */
export const openTasks = (turn: Turn, instance: string): readonly TaskRow[] =>
  turn.state.tasks.values().filter((task) => task.instance === instance)

export const clearTimers = (turn: Turn, row: InstanceRow) => {
  for (const name of row.timers) turn.clearTimer(row.id, name)
}

export const park = (turn: Turn, row: InstanceRow, cause: string) => {
  const reason = cause.slice(0, reasonMax)
  clearTimers(turn, row)
  turn.state.instances.put(row.id, { ...row, timers: [], parked: cause })
  const params = { instance: row.id, reason }
  turn.record({ kind: 'parked', flow: row.flow, code: 'instance.parked', params })
  for (const task of openTasks(turn, row.id)) recordTask(turn, task, { code: 'instance.parked', params })
  retireVersion(turn, row)
}

/** What an instance that is parked, or whose flow is no longer shipped, would have been told of its task. */
export const noteUnheard = (turn: Turn, instance: string, event: { type: string; task?: unknown }) => {
  if (!isTaskEnding(event.type) || typeof event.task !== 'string') return
  const task = turn.state.endedTasks.get(event.task)
  if (task === undefined) return
  const reason = turn.state.instances.get(instance)?.parked?.slice(0, reasonMax) ?? 'not shipped'
  recordTask(turn, task, { code: 'answer.unheard', params: { instance, answer: event.type, reason } })
}
