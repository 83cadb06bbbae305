/** What became of each task of a day: who was asked, when it began, how it ended. */
import type { DecisionRecord } from '../engine/turn.ts'
import type { JournalLine } from './journal-line.ts'

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
const wordOf = ({ body }: JournalLine) => {
  if (body?.kind === 'report') return { task: body.task, status: body.report.status, person: false }
  if (body?.kind === 'command' && body.command.name === 'task.report')
    return { task: body.command.task, status: body.command.status, person: true }
  return undefined
}

/** Takes the entries of a day in order. */
export class TaskBook {
  readonly #tasks = new Map<string, DayTask>()

  note(line: JournalLine): void {
    const { at } = line
    const word = wordOf(line)
    const known = word && this.#tasks.get(word.task)
    if (word !== undefined && known !== undefined)
      this.#tasks.set(known.id, told(known, word.status, { at, person: word.person }))
    for (const record of line.records ?? []) {
      if (record.kind !== 'task' || record.task === undefined) continue
      this.#tasks.set(
        record.task,
        decided(this.#tasks.get(record.task) ?? blank(record.task, record), record, at),
      )
    }
  }

  all(): readonly DayTask[] {
    return [...this.#tasks.values()]
  }
}

export const isPersonTask = ({ askedPersonAt }: DayTask): boolean => askedPersonAt !== null
