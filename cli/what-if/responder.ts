/**
 * Stands for all devices and people of a simulated run: sees every offer, start and cancel the run commits, and puts on
 * the agenda what will be said about it.
 */
import type { Attempt, TaskRow } from '#hub/dispatch/rows.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { Agenda, Saying } from './agenda.ts'
import type { AnswerChoice, AnswerSource, ChosenAnswer } from './choose-answers.ts'
import { type CancelReply, personPrefix, type Said, scriptKey } from './recorded-answers.ts'
import type { Stepped } from './step-day.ts'
import { taskKey } from './task-key.ts'

export interface Responder {
  /** After every entry. */
  look(stepped: Stepped): void
  /** Before an answer is decided. */
  saying(saying: Saying): void
  /** Whether the device is at work for a task. */
  acts(device: string): boolean
  readonly sources: Readonly<Record<AnswerSource, number>>
}

interface OpenAttempt {
  readonly task: TaskRow
  readonly member: string
  readonly number: number
  readonly epoch: number
  readonly answer: ChosenAnswer
  startSeen: boolean
  /** The member has said that it is over. */
  finalSaid: boolean
  acting: boolean
}

const goingOn: ReadonlySet<string> = new Set(['accepted', 'started', 'progress'])

const attemptName = (task: string, number: number) => `${task}/${number}`

const saidByPerson: ReadonlySet<string> = new Set(['accepted', 'refused', 'started', 'done', 'failed'])

const bodyOf = (
  open: OpenAttempt,
  { status, rest }: Pick<Said, 'status' | 'rest'>,
): EntryBody | undefined => {
  const { task, member, number, epoch } = open
  if (!member.startsWith(personPrefix))
    return {
      kind: 'report',
      device: member,
      task: task.id,
      report: { attempt: number, epoch, status, ...rest },
    }
  if (!saidByPerson.has(status)) return undefined
  const by = member.slice(personPrefix.length)
  return {
    kind: 'command',
    command: { name: 'task.report', task: task.id, by, status: status as 'done', note: rest.note ?? null },
  }
}

class Members implements Responder {
  readonly sources: Record<AnswerSource, number> = { same: 0, drawn: 0, alike: 0, assumed: 0 }
  readonly #agenda: Agenda
  readonly #choice: AnswerChoice
  readonly #open = new Map<string, OpenAttempt | 'over'>()
  readonly #live = new Set<OpenAttempt>()
  readonly #tasks: Set<string>
  readonly #asked = new Map<string, number>()

  /** @param known tasks of before the run: their answers are on record. */
  constructor(agenda: Agenda, choice: AnswerChoice, known: readonly TaskRow[]) {
    this.#agenda = agenda
    this.#choice = choice
    this.#tasks = new Set(known.map(({ id }) => id))
    for (const task of known)
      for (const { number } of task.attempts) this.#open.set(attemptName(task.id, number), 'over')
  }

  look({ tasks }: Stepped) {
    for (const task of tasks) {
      this.#lookByHand(task)
      for (const attempt of task.attempts) this.#lookAt(task, attempt)
    }
  }

  saying({ about, body }: Saying) {
    const open = this.#open.get(about)
    if (open === undefined || open === 'over' || body.kind === 'command') return
    const { status } = (body as Extract<EntryBody, { kind: 'report' }>).report
    open.acting = status === 'started' || status === 'progress'
    open.finalSaid = !goingOn.has(status)
  }

  acts(device: string) {
    for (const open of this.#live) if (open.member === device && open.acting) return true
    return false
  }

  #nth(key: string): number {
    const nth = this.#asked.get(key) ?? 0
    this.#asked.set(key, nth + 1)
    return nth
  }

  #lookByHand(task: TaskRow) {
    if (this.#tasks.has(task.id)) return
    this.#tasks.add(task.id)
    const key = taskKey(task)
    for (const { afterMs, command } of this.#choice.hands(task, this.#nth(key)))
      this.#agenda.add({
        at: task.createdAt + afterMs,
        about: task.id,
        name: `${task.id}/${command.name}/${afterMs}`,
        body: { kind: 'command', command: { ...command, task: task.id } },
        cause: undefined,
      })
  }

  #lookAt(task: TaskRow, attempt: Attempt) {
    const name = attemptName(task.id, attempt.number)
    const known = this.#open.get(name)
    if (known === 'over') return
    const open = known ?? this.#begin(task, attempt)
    if (attempt.startSentAt !== null && !open.startSeen) {
      open.startSeen = true
      this.#plan(name, open, { since: 'start', from: attempt.startSentAt })
    }
    if (attempt.endedAt === null) return
    this.#open.set(name, 'over')
    this.#live.delete(open)
    this.#agenda.drop(name)
    if (open.finalSaid) return
    const reply = attempt.end === 'cancelled' ? open.answer.cancelReply : open.answer.reply
    if (reply !== undefined) this.#replyLate(name, open, { reply, from: attempt.endedAt })
  }

  #begin(task: TaskRow, attempt: Attempt): OpenAttempt {
    const { member, number, epoch } = attempt
    const answer = this.#choice.answer(task, member, this.#nth(scriptKey(task, member)))
    this.sources[answer.source]++
    const open = { task, member, number, epoch, answer, startSeen: false, finalSaid: false, acting: false }
    const name = attemptName(task.id, number)
    this.#open.set(name, open)
    this.#live.add(open)
    this.#plan(name, open, { since: 'offer', from: attempt.offeredAt })
    return open
  }

  #plan(name: string, open: OpenAttempt, { since, from }: { since: Said['since']; from: number }) {
    for (const [index, said] of open.answer.said.entries())
      if (said.since === since)
        this.#say(`${name}#${index}`, { about: name, open, said, at: from + said.afterMs })
  }

  #replyLate(name: string, open: OpenAttempt, { reply, from }: { reply: CancelReply; from: number }) {
    const said = { status: reply.status, rest: {} }
    this.#say(`${name}#reply`, { about: `${name}#reply`, open, said, at: from + reply.afterMs })
  }

  #say(
    name: string,
    what: { about: string; open: OpenAttempt; said: Pick<Said, 'status' | 'rest'>; at: number },
  ) {
    const { about, open, said, at } = what
    const body = bodyOf(open, said)
    if (body === undefined) return
    const cause = body.kind === 'report' ? attemptName(open.task.id, open.number) : undefined
    this.#agenda.add({ at, about, name, body, cause })
  }
}

export const createResponder = (parts: {
  readonly agenda: Agenda
  readonly choice: AnswerChoice
  readonly known: readonly TaskRow[]
}): Responder => new Members(parts.agenda, parts.choice, parts.known)
