/** Decision records of tasks: found later by task, visit, ticket, device, zone or time. */
import type { MarkValue } from '#protocol/model.ts'
import type { DecisionRecord, Turn } from '../engine/turn.ts'
import type { Candidate, TaskRow } from './rows.ts'
import { isPerson } from './traits.ts'

export interface TaskNote {
  readonly code: string
  readonly member?: string | undefined
  readonly params?: Readonly<Record<string, MarkValue>>
  readonly candidates?: readonly Candidate[]
  readonly more?: Readonly<Record<string, unknown>>
}

/** Who a task is about, as columns of a record. */
const aboutOf = (task: TaskRow, member: string | undefined): Partial<DecisionRecord> => {
  const { visit, ticket, service, zone, device } = task.intent.subject
  const involved = member !== undefined && !isPerson(member) ? member : device
  return {
    ...(visit === undefined ? {} : { visit }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(service === undefined ? {} : { service }),
    ...(zone === undefined ? {} : { zone }),
    ...(involved === undefined ? {} : { device: involved }),
  }
}

export const recordTask = (turn: Turn, task: TaskRow, note: TaskNote) => {
  turn.record({
    kind: 'task',
    code: note.code,
    flow: task.flow,
    task: task.id,
    ...aboutOf(task, note.member),
    params: { ...(note.member === undefined ? {} : { member: note.member }), ...note.params },
    ...(note.candidates === undefined ? {} : { candidates: note.candidates }),
    ...(note.more === undefined ? {} : { more: note.more }),
  })
}
