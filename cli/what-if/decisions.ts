/**
 * What a manager would call a decision: somebody was asked to do something for somebody, an alert was raised, a person
 * was called for. Gathered in the same way from the recorded day and from simulated runs of it.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { isRaised } from '#hub/figures/alerts.ts'
import type { Subject } from '#protocol/intents.ts'
import type { MarkValue } from '#protocol/model.ts'
import type { Stepped } from './step-day.ts'
import { subjectKey } from './task-key.ts'

export interface Decision {
  readonly flow: string
  /** A capability (`greet`, `offer-service`, …), `alert` or `escalate`. */
  readonly what: string
  readonly subject: Subject
  /** Flow, what and for whom: the same in every run. */
  readonly key: string
  readonly at: number
  /** Who did it, or was the last to be asked; null for alerts. */
  readonly member: string | null
  /** What was said or shown. */
  readonly words: readonly string[]
  /** `done`, `begun`, `not-begun`; `raised` for alerts. */
  readonly outcome: 'done' | 'begun' | 'not-begun' | 'raised'
  /** What the customer or the member answered: `accepted`, `declined`, `interested` … */
  readonly answer: string | null
  /** Reason code, and what fills its words. */
  readonly because: string
  readonly params: Readonly<Record<string, MarkValue>>
  readonly urgency: string | null
}

export interface DecisionLog {
  note(stepped: Stepped): void
  /** In order of time. */
  decisions(): readonly Decision[]
}

const wordsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(wordsOf)
  if (typeof value !== 'object' || value === null) return []
  const { language, text, ...rest } = value as Record<string, unknown>
  if (typeof language === 'string' && typeof text === 'string') return [`${language}: ${text}`]
  return Object.values(rest).flatMap(wordsOf)
}

const outcomeOf = ({ phase, attempts }: TaskRow): Decision['outcome'] => {
  if (phase === 'done') return 'done'
  return attempts.some(({ startedAt }) => startedAt !== null) ? 'begun' : 'not-begun'
}

const answerOf = ({ result }: TaskRow): string | null => {
  const said = result?.['answer'] ?? result?.['response']
  return typeof said === 'string' ? said : null
}

const named = (flow: string, what: string, subject: Subject) => ({
  flow,
  what,
  subject,
  key: `${flow}|${what}|${subjectKey(subject)}`,
})

/** Nobody was asked: not a decision to do something. */
const ofTask = (task: TaskRow): Decision | undefined => {
  const { intent, flow, createdAt, attempts } = task
  const last = attempts.at(-1)
  if (last === undefined) return undefined
  return {
    ...named(flow, intent.capability, intent.subject),
    at: createdAt,
    member: last.member,
    words: wordsOf(intent.command),
    outcome: outcomeOf(task),
    answer: answerOf(task),
    because: intent.because.code,
    params: intent.because.params ?? {},
    urgency: null,
  }
}

const subjectOf = ({ visit, ticket, service, zone, device, params }: DecisionRecord): Subject => {
  const counter = params?.['counter']
  return {
    ...(visit !== undefined && { visit }),
    ...(ticket !== undefined && { ticket }),
    ...(service !== undefined && { service }),
    ...(zone !== undefined && { zone }),
    ...(device !== undefined && { device }),
    ...(typeof counter === 'string' && { counter }),
  }
}

const isRaisedOrAsked = (record: DecisionRecord) =>
  isRaised(record) || (record.kind === 'escalation' && record.code === 'escalation.requested')

const ofRecord = (record: DecisionRecord, at: number): Decision | undefined => {
  if (!isRaisedOrAsked(record) || record.flow === undefined) return undefined
  const { params } = record
  const urgency = params?.['priority']
  return {
    ...named(record.flow, record.kind === 'alert' ? 'alert' : 'escalate', subjectOf(record)),
    at,
    member: null,
    words: [],
    outcome: 'raised',
    answer: null,
    because: record.kind === 'alert' ? record.code : String(params?.['reason'] ?? record.code),
    params: params ?? {},
    urgency: typeof urgency === 'string' ? urgency : null,
  }
}

export const createDecisionLog = (fromMs: number): DecisionLog => {
  const tasks = new Map<string, TaskRow>()
  const raised: Decision[] = []
  return {
    note: ({ entry, records, tasks: changed }) => {
      for (const task of changed) if (task.createdAt >= fromMs) tasks.set(task.id, task)
      for (const record of records) {
        const decision = ofRecord(record, entry.at)
        if (decision !== undefined) raised.push(decision)
      }
    },
    decisions: () =>
      [...[...tasks.values()].flatMap((task) => ofTask(task) ?? []), ...raised].sort(
        (a, b) => a.at - b.at || (a.key < b.key ? -1 : Number(a.key > b.key)),
      ),
  }
}
