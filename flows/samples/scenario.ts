/** A situation in which a flow must keep its promises: a branch, and everything that may happen in it. */
import type { FlowEvent, TaskAnswer } from '#protocol/flow-events.ts'
import type { Rows } from './model.ts'

export interface Scenario {
  readonly name: string
  readonly key: string
  /** What the branch may look like when an event arrives; the first is the usual one. */
  readonly worlds: readonly Rows[]
  readonly policy?: Readonly<Record<string, unknown>>
  /** Facts that may come, the starting ones included. */
  readonly facts: readonly FlowEvent[]
  /** Names the instance gives its tasks, with results a member may report. */
  readonly refs: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

/** Everything a dispatcher may answer to this instance. */
export const answersOf = (scenario: Scenario): TaskAnswer[] =>
  Object.entries(scenario.refs).flatMap(([ref, results]): TaskAnswer[] => {
    const task = `t-${ref.replaceAll(/[^a-z0-9]/g, '-')}`
    const member = 'robot-1'
    return [
      { type: 'task.accepted', ref, task, member },
      { type: 'task.started', ref, task, member },
      { type: 'task.progress', ref, task, member, progress: { percent: 50 } },
      ...(results.length === 0 ? [{}] : results).map(
        (result): TaskAnswer => ({ type: 'task.done', ref, task, member, result }),
      ),
      { type: 'task.refused', ref, task, reason: 'nobody-eligible' },
      { type: 'task.failed', ref, task, member, reason: 'blocked' },
      { type: 'task.cancelled', ref, task, reason: 'by-person' },
      { type: 'task.expired', ref, task, reason: 'late' },
      { type: 'task.unknown', ref, task, member },
    ]
  })
