/** Why this one, why not the others, why nobody: what is on record, fetched and put in order; and proof of it. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import {
  type Explanation,
  explainDevice,
  explainTask,
  explainTicket,
  explainTime,
  explainVisit,
  type Material,
  neededFor,
} from '../../dispatch/explain.ts'
import type { TaskRow } from '../../dispatch/rows.ts'
import { canonicalJson } from '../../engine/canonical.ts'
import { digestOf, firstHash } from '../../store/chain.ts'
import { reasonsDigest } from '../../store/link-batch.ts'
import type { DecisionQuery, StoredDecision, StoredEntry } from '../../store/port.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

/** An explanation is for a reader: beyond this many records the question was too wide. */
const recordsMax = 500
const pageMax = 1_000

const Question = z.union([
  z.strictObject({ task: Id }),
  z.strictObject({ visit: Id }),
  z.strictObject({ ticket: Id }),
  z.strictObject({ device: Id }),
  z.strictObject({ from: z.int(), to: z.int(), zone: Id.optional() }),
])
type Question = z.infer<typeof Question>

const tellers = { task: explainTask, visit: explainVisit, ticket: explainTicket, device: explainDevice }

const answer = (question: Question, material: Material): Explanation => {
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

const taskOf = async ({ branch, engine, store }: MethodParts, id: string): Promise<readonly TaskRow[]> => {
  const open = await engine.read((state) => state.tasks.get(id))
  return open === undefined ? ((await store.tasks(branch, { id, limit: 1 })) as readonly TaskRow[]) : [open]
}

const entriesOf = async (
  { branch, store }: MethodParts,
  seqs: readonly number[],
): Promise<readonly StoredEntry[]> => {
  const found = seqs.map((seq) => store.entries(branch, { from: seq, to: seq, limit: 1 }))
  return (await Promise.all(found)).flat()
}

const gather = async (parts: MethodParts, question: Question): Promise<Material> => {
  const own = await parts.store.decisions(parts.branch, queryOf(question))
  const ids = [...new Set([...('task' in question ? [question.task] : []), ...neededFor(own).tasks])]
  const tasks = (await Promise.all(ids.map((id) => taskOf(parts, id)))).flat()
  if (own.length === 0 && tasks.length === 0)
    throw new UsherError('explain.nothing', Object.values(question).join(' '))
  // What else was decided about those tasks belongs to their story, whatever it is filed under.
  const more = await Promise.all(
    ids.map((task) => parts.store.decisions(parts.branch, { task, limit: recordsMax })),
  )
  const decisions = united([...own, ...more.flat()])
  const entries = await entriesOf(parts, neededFor(decisions, tasks).entries)
  return { decisions, tasks, entries }
}

const united = (decisions: readonly StoredDecision[]): readonly StoredDecision[] =>
  [...new Map(decisions.map((one) => [`${one.seq}/${one.ord}`, one])).values()].sort(
    (a, b) => a.seq - b.seq || a.ord - b.ord,
  )

/** null when some of them are erased: what is left could not be proved. */
const recordsOf = async ({ branch, store }: MethodParts, entry: StoredEntry) => {
  const found = await store.decisions(branch, { from: entry.at, to: entry.at })
  const records = found.filter(({ seq }) => seq === entry.seq).map(({ record }) => canonicalJson(record))
  const digest = reasonsDigest(records.length === 0 ? undefined : records.map(digestOf).join(''))
  return digest === entry.reasons ? records : null
}

/**
 * The links of the chain from the first to the last entry concerned, bodies and records of those concerned only: whoever
 * has the file can check that nothing in it was edited, left out between, or moved.
 */
async function* evidence(parts: MethodParts, question: Question): AsyncGenerator {
  const { branch, store, engine } = parts
  const material = await gather(parts, question)
  const concerned = new Set(material.entries.map(({ seq }) => seq))
  const [from, to] = [Math.min(...concerned), Math.max(...concerned)]
  const [before] = from > 1 ? await store.entries(branch, { from: from - 1, to: from - 1, limit: 1 }) : []
  yield {
    type: 'usher-evidence',
    version: 1,
    branch,
    epoch: engine.epoch,
    madeAt: parts.nowMs(),
    question,
    before: { seq: from - 1, hash: from === 1 ? firstHash : (before?.hash ?? null) },
    explanation: answer(question, material),
  }
  for (let next = from; next <= to; ) {
    const page = await store.entries(branch, { from: next, to, limit: pageMax })
    for (const entry of page) {
      if (!concerned.has(entry.seq)) {
        yield { type: 'link', ...entry, body: null }
        continue
      }
      yield { type: 'entry', ...entry, records: await recordsOf(parts, entry) }
    }
    const last = page.at(-1)
    if (last === undefined) return
    next = last.seq + 1
  }
}

export const explainMethods = (parts: MethodParts): Record<string, Handler> => ({
  explain: method(Question, async (question) => {
    const explanation = answer(question, await gather(parts, question))
    const timeZone = await parts.engine.read((state) => state.branch.get('branch')?.timeZone ?? 'UTC')
    return { explanation, timeZone }
  }),
  'explain.evidence': method(Question, (question) => evidence(parts, question)),
})
