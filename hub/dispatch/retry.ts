/** Once more, after it was not done: the ended task is in the store alone, so the command brings what it wanted. */
import { UsherError } from '#protocol/errors.ts'
import type { Command } from '../engine/entry.ts'
import { isFinal } from './life.ts'
import type { TaskPhase, TaskRow } from './rows.ts'

/** What was done, or may have been, is not done again. */
const undone: ReadonlySet<TaskPhase> = new Set(['failed', 'refused', 'expired', 'cancelled'])

/** @throws UsherError `task.open` or `task.not-again` */
export const retryOf = (
  task: Pick<TaskRow, 'id' | 'phase' | 'intent'>,
  { request, by }: { readonly request: string; readonly by: string },
): Extract<Command, { name: 'task.retry' }> => {
  if (!isFinal(task.phase)) throw new UsherError('task.open', task.id)
  if (!undone.has(task.phase)) throw new UsherError('task.not-again', `${task.id}: ${task.phase}.`)
  return { name: 'task.retry', task: task.id, intent: task.intent, request, by }
}
