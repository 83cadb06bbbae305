/** What became of each task of a recorded day: who was asked, when it began, how it ended. */

import type { DecisionRecord } from '#hub/engine/turn.ts'
import { ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay, RecordedEntry } from '../journal/read-day.ts'

export interface DayTask {
  readonly id: string
  readonly flow: string
  readonly visit: string | null
  readonly ticket: string | null
  /** The last who was asked. */
  readonly member: string
  /** When a person was first asked, and when one took it. */
  readonly askedPersonAt: number | null
  readonly takenAt: number | null
  readonly beganAt: number | null
  readonly endedAt: number | null
  readonly phase: string | null
  readonly result: Readonly<Record<string, unknown>> | null
}

const finals: ReadonlySet<string> = new Set(['done', 'failed', 'refused', 'cancelled', 'expired', 'unknown'])
const personPrefix = 'person/'

const blank = (id: string, { flow, visit, ticket }: DecisionRecord): DayTask => ({
  id,
  flow: flow ?? '',
  visit: visit ?? null,
  ticket: ticket ?? null,
  member: '',
  askedPersonAt: null,
  takenAt: null,
  beganAt: null,
  endedAt: null,
  phase: null,
  result: null,
})

const decided = (task: DayTask, { code, params, more }: DecisionRecord, at: number): DayTask => {
  if (code === 'chosen') {
    const member = String(params?.['member'] ?? '')
    const isPerson = member.startsWith(personPrefix)
    return { ...task, member, askedPersonAt: task.askedPersonAt ?? (isPerson ? at : null) }
  }
  if (!finals.has(code)) return task
  const result = (more?.['result'] ?? null) as DayTask['result']
  // A device that reports no beginning has begun when it says that it is done.
  const beganAt = task.beganAt ?? (code === 'done' ? at : null)
  return { ...task, phase: code, endedAt: at, result, beganAt }
}

const told = (task: DayTask, status: string, { at, person }: { at: number; person: boolean }): DayTask => ({
  ...task,
  takenAt: task.takenAt ?? (person && (status === 'accepted' || status === 'started') ? at : null),
  beganAt: task.beganAt ?? (status === 'started' || status === 'progress' ? at : null),
})

/** Which task an entry tells about, and what. */
const wordOf = ({ body }: RecordedEntry) => {
  if (body?.kind === 'report') return { task: body.task, status: body.report.status, person: false }
  if (body?.kind === 'command' && body.command.name === 'task.report')
    return { task: body.command.task, status: body.command.status, person: true }
  return undefined
}

export const tasksOf = (day: RecordedDay): readonly DayTask[] => {
  const tasks = new Map<string, DayTask>()
  for (const entry of ownEntries(day)) {
    const { at } = entry
    const word = wordOf(entry)
    const known = word && tasks.get(word.task)
    if (word !== undefined && known !== undefined)
      tasks.set(known.id, told(known, word.status, { at, person: word.person }))
    for (const record of entry.records ?? []) {
      if (record.kind !== 'task' || record.task === undefined) continue
      tasks.set(record.task, decided(tasks.get(record.task) ?? blank(record.task, record), record, at))
    }
  }
  return [...tasks.values()]
}

export const isPersonTask = ({ askedPersonAt }: DayTask): boolean => askedPersonAt !== null
