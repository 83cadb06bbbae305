/** An explanation for a page: everything named, every code with its words, and never more than a page can show. */
import type {
  ExplainAnswer,
  ToldAttempt,
  ToldCandidate,
  ToldLook,
  ToldNote,
  ToldTask,
  ToldWeighed,
} from '#protocol/desk/look/explain.ts'
import type { Weighed } from '#protocol/intents.ts'
import type { Explanation, Happening, Look, Note, TaskExplanation } from '../dispatch/explain.ts'
import type { Attempt, Candidate } from '../dispatch/rows.ts'
import { isPerson } from '../dispatch/traits.ts'
import type { FlowSet } from '../engine/flow-set.ts'
import { sayCode } from './say.ts'
import type { Titles } from './titles.ts'
import { commandWords, eventWords, kindWords } from './words/causes.ts'
import { capabilityNames, goalNames, phaseNames, scorePartNames } from './words/names.ts'
import { fillWords, sayReason } from './words/reason-words.ts'

export interface Telling {
  readonly titles: Titles
  readonly flows: Pick<FlowSet, 'get'>
  readonly timeZone: string
}

/** Newest first where there are more. */
export const tasksMax = 50
const notesMax = 200
const looksMax = 50

type Values = Readonly<Record<string, string | number | boolean>>

const plain = (data: unknown): Values =>
  Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, unknown>).filter(
      (pair): pair is [string, string | number | boolean] =>
        ['string', 'number', 'boolean'].includes(typeof pair[1]),
    ),
  )

const named = (values: Values, titles: Titles): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? titles.of(name, value) : value,
    ]),
  )

const causeSentence = ({ kind, name, device, body }: Happening, titles: Titles): string => {
  const { tongue } = titles
  const fill = (words: string | undefined, values: Values) =>
    words === undefined ? (name ?? kind) : fillWords(words, titles, named(values, titles))
  const values: Values = { ...plain(body?.['data']), ...(device !== null && { device }) }
  if (kind === 'event' && name !== null)
    return fill((eventWords[name] ?? kindWords['event'])?.[tongue], values)
  if (kind === 'command' && name !== null) {
    const by = (body?.['command'] as { by?: string } | undefined)?.by ?? ''
    const words = (commandWords[name] ?? kindWords['command'])?.[tongue] ?? name
    return by === '' ? words : `${titles.person(by)}${tongue === 'zh' ? '' : ' '}${words}`
  }
  const status = kind === 'report' && name !== null ? sayCode(name, {}, titles) : ''
  return fill(kindWords[kind]?.[tongue], { ...values, status })
}

const toldCause = (cause: Happening | null, titles: Titles): ToldTask['cause'] =>
  cause && {
    seq: cause.seq,
    at: cause.at,
    sentence: causeSentence(cause, titles),
    device: cause.device,
    isErased: cause.body === null,
  }

const toldMember = (id: string, titles: Titles) => ({ id, title: titles.member(id), isPerson: isPerson(id) })

const toldCode = (code: string | null, titles: Titles) =>
  code === null ? null : { code, words: sayReason(code, titles) }

const toldCandidate = ({ member, score, parts, out }: Candidate, titles: Titles): ToldCandidate => ({
  member: toldMember(member, titles),
  score,
  parts: Object.entries(parts ?? {}).map(([name, points]) => ({
    name,
    words: scorePartNames[name]?.[titles.tongue] ?? name,
    points,
  })),
  out: toldCode(out, titles),
})

const toldWeighed = ({ what, options, rest }: Weighed, titles: Titles): ToldWeighed => ({
  what,
  options: options.map(({ id, score, parts, out }) => ({
    id,
    title: titles.of(what, id),
    score,
    parts: Object.entries(parts ?? {}).map(([name, points]) => ({
      name,
      words: goalNames[name]?.[titles.tongue] ?? name,
      points,
    })),
    out: toldCode(out, titles),
  })),
  rest: Object.entries(rest).map(([code, count]) => ({ code, words: sayReason(code, titles), count })),
})

const toldLook = ({ seq, at, reason, chosen, candidates }: Look, titles: Titles): ToldLook => ({
  seq,
  at,
  chosen: chosen === null ? null : toldMember(chosen, titles),
  reason: toldCode(reason, titles),
  candidates: candidates.map((candidate) => toldCandidate(candidate, titles)),
})

const toldAttempt = (attempt: Attempt, titles: Titles): ToldAttempt => {
  const { number, offeredAt, acceptedAt, startSentAt, startedAt, endedAt, end, code } = attempt
  const why = [...new Set([end, code].filter((one) => one !== null))]
  return {
    number,
    member: toldMember(attempt.member, titles),
    offeredAt,
    acceptedAt,
    startSentAt,
    startedAt,
    endedAt,
    end: why.map((one) => ({ code: one, words: sayReason(one, titles) })),
  }
}

const weighedIn = (more: Note['more']) => more?.['weighed'] as Weighed | undefined

const toldNote = ({ seq, at, kind, code, flow, params, more }: Note, telling: Telling): ToldNote => ({
  seq,
  at,
  kind,
  code,
  flow: flow === null ? null : { id: flow, title: flowTitle(flow, telling) },
  sentence: sayCode(code, params, telling.titles),
  ...maybeWeighed(weighedIn(more), telling.titles),
})

const maybeWeighed = (weighed: Weighed | undefined, titles: Titles) =>
  weighed === undefined ? {} : { weighed: toldWeighed(weighed, titles) }

const flowTitle = (id: string, { flows, titles }: Telling) => flows.get(id)?.title[titles.tongue] ?? id

const toldTask = (task: TaskExplanation, telling: Telling): ToldTask => {
  const { titles } = telling
  const { flow, because, outcome, words } = task
  return {
    id: task.id,
    capability: task.capability,
    title: capabilityNames[task.capability]?.[titles.tongue] ?? task.capability,
    subject: Object.entries(task.subject).map(([what, id]) => ({
      what,
      id: String(id),
      title: titles.of(what, String(id)),
    })),
    priority: task.priority,
    because: { code: because.code, words: sayCode(because.code, because.params ?? {}, titles) },
    ...maybeWeighed(because.weighed, titles),
    wantedAt: task.wantedAt,
    expiresAt: task.expiresAt,
    cause: toldCause(task.cause, titles),
    flow: {
      id: flow.id,
      title: flowTitle(flow.id, telling),
      version: flow.version,
      policyRevision: flow.policyRevision,
      policySetBy: flow.policySetBy,
      policySetByTitle: titles.setters({
        flow: flow.id,
        revision: flow.policyRevision,
        by: flow.policySetBy,
      }),
    },
    outcome: {
      phase: outcome.phase,
      words: phaseNames[outcome.phase]?.[titles.tongue] ?? outcome.phase,
      isOpen: outcome.open,
      reason: toldCode(outcome.reason, titles),
      at: outcome.at,
    },
    looks: task.looks.slice(-looksMax).map((look) => toldLook(look, titles)),
    attempts: task.attempts.map((attempt) => toldAttempt(attempt, titles)),
    said: [...words.said],
    wanted: [...words.wanted],
    notes: task.notes.slice(-notesMax).map((note) => toldNote(note, telling)),
  }
}

export const tell = (explanation: Explanation, telling: Telling): ExplainAnswer => {
  const { about, tasks, notes, nobody } = explanation
  return {
    about,
    timeZone: telling.timeZone,
    tasks: tasks.slice(-tasksMax).map((task) => toldTask(task, telling)),
    notes: notes.slice(-notesMax).map((note) => toldNote(note, telling)),
    nobody:
      nobody &&
      Object.entries(nobody).map(([code, count]) => ({
        code,
        words: sayReason(code, telling.titles),
        count,
      })),
    isCut:
      tasks.length > tasksMax ||
      notes.length > notesMax ||
      tasks.some(({ looks }) => looks.length > looksMax),
  }
}
