/** Why this one, why not the others, why nobody: what is on record about a question, fetched and put in order. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, TicketNo } from '#protocol/ids.ts'
import {
  type Explanation,
  explainDevice,
  explainTask,
  explainTicket,
  explainTime,
  explainVisit,
  type Material,
  neededFor,
} from '../dispatch/explain.ts'
import type { TaskRow } from '../dispatch/rows.ts'
import type { DecisionQuery, StoredDecision, StoredEntry } from '../store/port.ts'
import type { LookParts } from './parts.ts'

/** An explanation is for a reader: beyond this many records the question was too wide. */
export const recordsMax = 500

export const Question = z.union([
  z.strictObject({ task: Id }),
  z.strictObject({ visit: Id }),
  z.strictObject({ ticket: TicketNo }),
  z.strictObject({ device: Id }),
  z.strictObject({ from: z.int(), to: z.int(), zone: Id.optional() }),
])
export type Question = z.infer<typeof Question>

const tellers = { task: explainTask, visit: explainVisit, ticket: explainTicket, device: explainDevice }

export const answerTo = (question: Question, material: Material): Explanation => {
  if ('from' in question) {
    const span = `${new Date(question.from).toISOString()}/${new Date(question.to).toISOString()}`
    return explainTime(question.zone === undefined ? span : `${span} ${question.zone}`, material)
  }
  const [kind, id] = Object.entries(question)[0] as [keyof typeof tellers, string]
  return tellers[kind](id, material)
}

const queryOf = (question: Question): DecisionQuery =>
  'from' in question && question.zone === undefined
    ? { from: question.from, to: question.to, limit: recordsMax }
    : { ...(question as DecisionQuery), limit: recordsMax }

type Source = Pick<LookParts, 'branch' | 'engine' | 'store'>

/** Open or ended; none where it is not known, or not kept any more. */
export const taskOf = async ({ branch, engine, store }: Source, id: string): Promise<readonly TaskRow[]> => {
  const open = await engine.read((state) => state.tasks.get(id))
  return open === undefined ? ((await store.tasks(branch, { id, limit: 1 })) as readonly TaskRow[]) : [open]
}

const entriesOf = async (
  { branch, store }: Source,
  seqs: readonly number[],
): Promise<readonly StoredEntry[]> => {
  const found = seqs.map((seq) => store.entries(branch, { from: seq, to: seq, limit: 1 }))
  return (await Promise.all(found)).flat()
}

const united = (decisions: readonly StoredDecision[]): readonly StoredDecision[] =>
  [...new Map(decisions.map((one) => [`${one.seq}/${one.ord}`, one])).values()].sort(
    (a, b) => a.seq - b.seq || a.ord - b.ord,
  )

/** @throws UsherError `explain.nothing` */
export const gather = async (source: Source, question: Question): Promise<Material> => {
  const own = await source.store.decisions(source.branch, queryOf(question))
  const ids = [...new Set([...('task' in question ? [question.task] : []), ...neededFor(own).tasks])]
  const tasks = (await Promise.all(ids.map((id) => taskOf(source, id)))).flat()
  if (own.length === 0 && tasks.length === 0)
    throw new UsherError('explain.nothing', Object.values(question).join(' '))
  // What else was decided about those tasks belongs to their story, whatever it is filed under.
  const more = await Promise.all(
    ids.map((task) => source.store.decisions(source.branch, { task, limit: recordsMax })),
  )
  const decisions = united([...own, ...more.flat()])
  const entries = await entriesOf(source, neededFor(decisions, tasks).entries)
  return { decisions, tasks, entries }
}
