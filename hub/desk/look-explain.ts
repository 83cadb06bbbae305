/** Explanations at the desk: whoever leads or audits may ask anything; who works here, about what was asked of him. */
import type { ExplainAnswer, ExplainAsked } from '#protocol/desk/look/explain.ts'
import { UsherError } from '#protocol/errors.ts'
import { personPrefix } from '../dispatch/traits.ts'
import { evidence } from '../look/evidence.ts'
import { answerTo, gather, Question, taskOf } from '../look/explain.ts'
import type { LookParts } from '../look/parts.ts'
import { tell } from '../look/tell.ts'
import { createTitles } from '../look/titles.ts'
import type { Lines } from './lines.ts'
import type { Session } from './sessions.ts'
import { sessionOf, type Visit } from './visit.ts'

const readsAll = (session: Session) =>
  session.roles.some((role) => role === 'manager' || role === 'admin' || role === 'auditor')

const given = ({ lang: _, ...asked }: ExplainAsked): Question =>
  Question.parse(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)))

/** @throws UsherError `role.missing`, also for a task that there is not: who may not know it learns nothing. */
const checkOwn = async (look: LookParts, question: Question, name: string) => {
  const [task] = 'task' in question ? await taskOf(look, question.task) : []
  const isOwn = task?.attempts.some(({ member }) => member === `${personPrefix}${name}`) ?? false
  if (!isOwn) throw new UsherError('role.missing')
}

export const explainFor = async (
  look: LookParts,
  asked: ExplainAsked,
  visit: Visit,
): Promise<ExplainAnswer> => {
  const question = given(asked)
  const session = sessionOf(visit)
  if (!readsAll(session)) await checkOwn(look, question, session.name)
  const material = await gather(look, question)
  return look.engine.read((state) =>
    tell(answerTo(question, material), {
      titles: createTitles(state, visit.tongue),
      flows: look.engine.flows,
      timeZone: state.branch.get('branch')?.timeZone ?? 'UTC',
    }),
  )
}

/** A file under a name that says what it is about. */
export const evidenceFor = (look: LookParts, asked: ExplainAsked): Lines => {
  const question = given(asked)
  const about = Object.entries(question)
    .map(([what, value]) => `${what}-${value}`)
    .join('-')
  return { file: `usher-evidence-${look.branch}-${about}.jsonl`, lines: evidence(look, question) }
}
