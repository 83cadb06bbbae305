/**
 * How devices and people answered on the recorded day: for each offer what was said and how long after it, for each
 * task whether somebody confirmed, took up or cancelled it by hand. Simulated answers are drawn from nothing else.
 */
import type { Attempt, AttemptEnd, TaskRow } from '#hub/dispatch/rows.ts'
import type { Report } from '#protocol/messages.ts'
import { type TaskCommand, taskCommand } from './day-entries.ts'
import type { Stepped } from './step-day.ts'
import { taskKey } from './task-key.ts'

export const personPrefix = 'person/'

export interface Said {
  readonly status: Report['status']
  /** Counted from the offer, or from the hub's start where there was one. */
  readonly since: 'offer' | 'start'
  readonly afterMs: number
  readonly rest: Pick<Report, 'code' | 'note' | 'progress' | 'result'>
}

/** What one member did with one offer. */
export interface AnswerScript {
  readonly member: string
  readonly capability: string
  readonly flow: string
  readonly said: readonly Said[]
  /** What it said once the hub had given the attempt up. */
  readonly reply: CancelReply | undefined
  /**
   * Ended from outside so long after its start (or after the offer, where there was none), before the member was
   * through: how it would have gone on is not known, only that it went on. null: the member was through.
   */
  readonly cut: { readonly since: Said['since']; readonly afterMs: number } | null
}

/** What a person did about a task without being asked: counted from when it was made. */
export interface HandScript {
  readonly afterMs: number
  readonly command: TaskCommand
}

/** What a member that was cancelled said. */
export interface CancelReply {
  readonly status: Report['status']
  readonly afterMs: number
}

export interface RecordedAnswers {
  /** By task and member, in the order of the day. */
  readonly scripts: ReadonlyMap<string, readonly AnswerScript[]>
  /** By task, in the order of the day. */
  readonly hands: ReadonlyMap<string, readonly (readonly HandScript[])[]>
  /** By flow: how suggestions were answered. */
  readonly suggestions: ReadonlyMap<string, readonly HandScript[]>
  /** By member: what it said when it was cancelled. */
  readonly cancelled: ReadonlyMap<string, readonly CancelReply[]>
}

export interface AnswerRecorder {
  note(stepped: Stepped): void
  recorded(): RecordedAnswers
}

export const scriptKey = (task: TaskRow, member: string): string => `${taskKey(task)}|${member}`

/** Ended by the hub or by circumstances, not by what the member said or failed to say. */
const cutEnds: ReadonlySet<AttemptEnd | null> = new Set<AttemptEnd | null>([null, 'cancelled', 'lost'])

const cutOf = ({ end, endedAt, offeredAt, startSentAt }: Attempt): AnswerScript['cut'] => {
  if (!cutEnds.has(end)) return null
  const since = startSentAt === null ? 'offer' : 'start'
  return { since, afterMs: (endedAt ?? offeredAt) - (startSentAt ?? offeredAt) }
}

interface Noted {
  readonly member: string
  readonly key: string
  readonly capability: string
  readonly flow: string
  attempt: Attempt
  readonly said: Said[]
  reply: CancelReply | undefined
}

const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

const restOf = ({ code, note, progress, result }: Partial<Report>): Said['rest'] => ({
  ...(code !== undefined && { code }),
  ...(note !== undefined && { note }),
  ...(progress !== undefined && { progress }),
  ...(result !== undefined && { result }),
})

class DayRecorder implements AnswerRecorder {
  readonly #attempts = new Map<string, Noted>()
  readonly #tasks = new Map<string, TaskRow>()
  readonly #hands = new Map<string, HandScript[]>()
  readonly #handsByKey = new Map<string, HandScript[][]>()
  readonly #suggestions = new Map<string, HandScript[]>()

  note({ entry, tasks }: Stepped) {
    const { body, at } = entry
    // First what was said, against the state in which it was said.
    if (body.kind === 'report') {
      const { status, attempt } = body.report
      this.#say(`${body.task}/${attempt}`, { status, at, rest: restOf(body.report) })
    }
    const command = taskCommand(body)
    if (command !== undefined) this.#sayByHand(command, at)
    for (const task of tasks) this.#look(task)
  }

  #say(name: string, { status, at, rest }: { status: Report['status']; at: number; rest: Said['rest'] }) {
    const noted = this.#attempts.get(name)
    if (noted === undefined) return
    const { attempt, said } = noted
    if (attempt.endedAt !== null) {
      if (status !== 'progress') noted.reply ??= { status, afterMs: at - attempt.endedAt }
      return
    }
    const since = attempt.startSentAt === null ? 'offer' : 'start'
    said.push({ status, since, afterMs: at - (attempt.startSentAt ?? attempt.offeredAt), rest })
  }

  #sayByHand(command: TaskCommand, at: number) {
    const task = this.#tasks.get(command.task)
    if (task === undefined) return
    const open = task.attempts.at(-1)
    if (
      command.name === 'task.report' &&
      open?.endedAt === null &&
      open.member === `${personPrefix}${command.by}`
    ) {
      const rest = command.note === null ? {} : { note: command.note }
      this.#say(`${task.id}/${open.number}`, { status: command.status, at, rest })
      return
    }
    const script = { afterMs: at - task.createdAt, command }
    this.#hands.get(task.id)?.push(script)
    if (command.name === 'task.confirm' || command.name === 'task.dismiss')
      push(this.#suggestions, task.flow, script)
  }

  #look(task: TaskRow) {
    if (!this.#tasks.has(task.id)) {
      const hands: HandScript[] = []
      this.#hands.set(task.id, hands)
      push(this.#handsByKey, taskKey(task), hands)
    }
    this.#tasks.set(task.id, task)
    for (const attempt of task.attempts) {
      const name = `${task.id}/${attempt.number}`
      const known = this.#attempts.get(name)
      if (known === undefined) {
        const { member } = attempt
        const key = scriptKey(task, member)
        const { flow, intent } = task
        const { capability } = intent
        this.#attempts.set(name, { member, key, capability, flow, attempt, said: [], reply: undefined })
      } else known.attempt = attempt
    }
  }

  recorded(): RecordedAnswers {
    const scripts = new Map<string, AnswerScript[]>()
    const cancelled = new Map<string, CancelReply[]>()
    for (const { key, member, capability, flow, attempt, said, reply } of this.#attempts.values()) {
      push(scripts, key, { member, capability, flow, said, reply, cut: cutOf(attempt) })
      if (attempt.end === 'cancelled' && reply !== undefined) push(cancelled, member, reply)
    }
    return { scripts, hands: this.#handsByKey, suggestions: this.#suggestions, cancelled }
  }
}

export const createAnswerRecorder = (): AnswerRecorder => new DayRecorder()
