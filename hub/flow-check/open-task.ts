/** What can become of a task that is open, as the dispatcher answers: it depends on how far it came and may be repeated. */
import { repeatRule } from '#protocol/capabilities.ts'
import type { TaskAnswer } from '#protocol/flow-events.ts'

export type Stage = 'asked' | 'accepted' | 'started'

export interface OpenTask {
  readonly capability: string
  readonly stage: Stage
}

export const withAnswer = (task: OpenTask, type: string): OpenTask => {
  if (type === 'task.accepted') return { ...task, stage: 'accepted' }
  return type === 'task.started' || type === 'task.progress' ? { ...task, stage: 'started' } : task
}

export type Ending = Extract<TaskAnswer['type'], `task.${string}`>

/**
 * Ways in which it can end other than well. Nobody can be chosen (`refused`) only before somebody was; a start that was
 * sent does not expire, unless the task may go to another; only what must not be repeated ends as `unknown`.
 */
export const failuresOf = ({ capability, stage }: OpenTask): readonly Ending[] => {
  const once = repeatRule(capability) === 'at-most-once'
  return [
    ...(stage === 'asked' ? (['task.refused'] as const) : []),
    'task.failed',
    ...(stage !== 'started' || !once ? (['task.expired'] as const) : []),
    'task.cancelled',
    ...(once ? (['task.unknown'] as const) : []),
  ]
}

const member = 'robot-1'

export const failure = (type: Ending, ref: string): TaskAnswer => {
  const task = `t-${ref}`
  switch (type) {
    case 'task.failed':
      return { type, ref, task, member, reason: 'blocked' }
    case 'task.cancelled':
      return { type, ref, task, reason: 'by-person' }
    case 'task.expired':
      return { type, ref, task, reason: 'late' }
    case 'task.unknown':
      return { type, ref, task, member }
    default:
      return { type: 'task.refused', ref, task, reason: 'nobody-eligible' }
  }
}

/** Everything the dispatcher may say next of this task. `results`: what a member may report with `done`. */
export const answersTo = (
  ref: string,
  task: OpenTask,
  results: readonly Readonly<Record<string, unknown>>[],
): readonly TaskAnswer[] => {
  const about = { ref, task: `t-${ref}` }
  return [
    ...(task.stage === 'asked' ? [{ type: 'task.accepted', ...about, member } as const] : []),
    ...(task.stage === 'started' ? [] : [{ type: 'task.started', ...about, member } as const]),
    ...(results.length === 0 ? [{}] : results).map(
      (result): TaskAnswer => ({ type: 'task.done', ...about, member, result }),
    ),
    ...failuresOf(task).map((type) => failure(type, ref)),
  ]
}
