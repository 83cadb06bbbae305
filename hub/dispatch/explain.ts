/**
 * Puts what was recorded into the shape of an answer: why this one, why not the others, why nobody. Pure: the stored
 * decisions, tasks and entries in, plain JSON out; look/tell.ts says it in words.
 */
import type { Reason, Subject } from '#protocol/intents.ts'
import type { MarkValue } from '#protocol/model.ts'
import { Words } from '#protocol/targets.ts'
import type { StoredDecision, StoredEntry } from '../store/port.ts'
import { isFinal } from './life.ts'
import type { Attempt, Candidate, TaskPhase, TaskRow } from './rows.ts'

export interface Material {
  readonly decisions: readonly StoredDecision[]
  /** Those that `neededFor` names, as far as they are still kept. */
  readonly tasks: readonly TaskRow[]
  readonly entries: readonly StoredEntry[]
}

/** What a journal entry was, as far as its body is still kept. */
export interface Happening {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly device: string | null
  /** The event, command or report by name. */
  readonly name: string | null
  /** null once erased for privacy. */
  readonly body: Readonly<Record<string, unknown>> | null
}

export interface Look {
  readonly seq: number
  readonly at: number
  readonly code: string
  readonly reason: string | null
  readonly chosen: string | null
  readonly candidates: readonly Candidate[]
}

export interface Note {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly code: string
  readonly flow: string | null
  readonly params: Readonly<Record<string, MarkValue>>
  readonly more: Readonly<Record<string, unknown>> | null
}

export interface TaskExplanation {
  readonly id: string
  readonly capability: string
  readonly priority: number
  readonly subject: Subject
  readonly because: Reason
  readonly wantedAt: number
  readonly expiresAt: number
  readonly cause: Happening | null
  readonly flow: {
    readonly id: string
    readonly instance: string
    readonly version: number
    readonly policyRevision: number
    readonly policySetBy: string
  }
  readonly outcome: {
    readonly phase: TaskPhase
    readonly open: boolean
    readonly reason: string | null
    readonly at: number | null
  }
  readonly looks: readonly Look[]
  readonly attempts: readonly Attempt[]
  readonly words: {
    /** As the member reported them. */
    readonly said: readonly Words[]
    /** As the flow wanted them; shown where the member reported none. */
    readonly wanted: readonly Words[]
  }
  readonly result: Readonly<Record<string, unknown>> | null
  /** What else was decided about it: moved, late or foreign reports, a confirmation. */
  readonly notes: readonly Note[]
}

export interface Explanation {
  readonly about: { readonly kind: 'task' | 'visit' | 'ticket' | 'device' | 'time'; readonly id: string }
  readonly tasks: readonly TaskExplanation[]
  /** What was decided without a task: passed over on purpose, claims, alerts, mode. */
  readonly notes: readonly Note[]
  /** Why nobody came, if nobody did: codes with how often they were the reason. */
  readonly nobody: Readonly<Record<string, number>> | null
}

/** What must be fetched for these decisions to be explained in full. */
export const neededFor = (
  decisions: readonly StoredDecision[],
  tasks: readonly TaskRow[] = [],
): { readonly tasks: readonly string[]; readonly entries: readonly number[] } => ({
  tasks: [...new Set(decisions.flatMap(({ record }) => record.task ?? []))],
  entries: [...new Set([...decisions.map(({ seq }) => seq), ...tasks.map((task) => task.causeSeq)])].sort(
    (a, b) => a - b,
  ),
})

const lookCodes: ReadonlySet<string> = new Set(['chosen', 'nobody', 'waiting'])

const bodyOf = (entry: StoredEntry): Readonly<Record<string, unknown>> | null => {
  if (entry.body === null) return null
  const parsed = JSON.parse(entry.body) as { body?: Readonly<Record<string, unknown>> }
  return parsed.body ?? null
}

const nameOf = (kind: string, body: Readonly<Record<string, unknown>> | null): string | null => {
  if (body === null) return null
  const inner = { command: 'command', report: 'report', event: null }[kind]
  const holder = inner === undefined || inner === null ? body : body[inner]
  const named = holder as { name?: unknown; status?: unknown } | undefined
  const name = named?.name ?? named?.status
  return typeof name === 'string' ? name : null
}

const happening = (entry: StoredEntry): Happening => {
  const body = bodyOf(entry)
  const { seq, at, kind, device } = entry
  return { seq, at, kind, device, name: nameOf(kind, body), body }
}

const text = (value: MarkValue | undefined): string | null => (value === undefined ? null : String(value))

const look = ({ seq, at, record }: StoredDecision): Look => ({
  seq,
  at,
  code: record.code,
  reason: text(record.params?.['reason']),
  chosen: record.code === 'chosen' ? text(record.params?.['member']) : null,
  candidates: record.candidates ?? [],
})

const note = ({ seq, at, record }: StoredDecision): Note => ({
  seq,
  at,
  kind: record.kind,
  code: record.code,
  flow: record.flow ?? null,
  params: record.params ?? {},
  more: record.more ?? null,
})

const wordsIn = (value: unknown): readonly Words[] => {
  const found = Words.array().safeParse(value)
  return found.success ? found.data : []
}

const wantedWords = (task: TaskRow): readonly Words[] => {
  const { command } = task.intent
  const content = command['content'] as { words?: unknown } | undefined
  return [...wordsIn(command['words']), ...wordsIn(content?.words)]
}

const explainOne = (task: TaskRow, material: Material): TaskExplanation => {
  const mine = material.decisions.filter(({ record }) => record.task === task.id)
  const cause = material.entries.find((entry) => entry.seq === task.causeSeq)
  const { intent, result } = task
  return {
    id: task.id,
    capability: intent.capability,
    priority: intent.priority,
    subject: intent.subject,
    because: intent.because,
    wantedAt: task.createdAt,
    expiresAt: task.expiresAt,
    cause: cause === undefined ? null : happening(cause),
    flow: {
      id: task.flow,
      instance: task.instance,
      version: task.flowVersion,
      policyRevision: task.policyRevision,
      policySetBy: task.policySetBy,
    },
    outcome: {
      phase: task.phase,
      open: !isFinal(task.phase),
      reason: task.endReason ?? task.waitingFor,
      at: task.endedAt,
    },
    looks: mine.filter(({ record }) => lookCodes.has(record.code)).map(look),
    attempts: task.attempts,
    words: {
      said: [...wordsIn(result?.['said']), ...wordsIn(result?.['shown'])],
      wanted: wantedWords(task),
    },
    result,
    notes: mine.filter(({ record }) => !lookCodes.has(record.code)).map(note),
  }
}

const begun = (task: TaskExplanation) => task.attempts.some((attempt) => attempt.startSentAt !== null)

const whyNobody = (
  tasks: readonly TaskExplanation[],
  notes: readonly Note[],
): Readonly<Record<string, number>> | null => {
  if (tasks.some(begun)) return null
  const counts = new Map<string, number>()
  const count = (reason: string) => counts.set(reason, (counts.get(reason) ?? 0) + 1)
  for (const passed of notes) if (passed.kind === 'pass') count(passed.code)
  for (const task of tasks) if (task.outcome.reason !== null) count(task.outcome.reason)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const explain = (about: Explanation['about'], material: Material): Explanation => {
  const tasks = [...material.tasks]
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map((task) => explainOne(task, material))
  const explained = new Set(tasks.map(({ id }) => id))
  const notes = material.decisions
    .filter(({ record }) => record.task === undefined || !explained.has(record.task))
    .map(note)
  return { about, tasks, notes, nobody: whyNobody(tasks, notes) }
}

export const explainTask = (id: string, material: Material) => explain({ kind: 'task', id }, material)
export const explainVisit = (id: string, material: Material) => explain({ kind: 'visit', id }, material)
export const explainTicket = (id: string, material: Material) => explain({ kind: 'ticket', id }, material)
export const explainDevice = (id: string, material: Material) => explain({ kind: 'device', id }, material)
/** `id` names the span as it was asked for, with the zone if one was given. */
export const explainTime = (id: string, material: Material) => explain({ kind: 'time', id }, material)
