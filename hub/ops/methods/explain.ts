/** Why this one, why not the others, why nobody; and proof of it. */
import { evidence } from '../../look/evidence.ts'
import { answerTo, gather, Question } from '../../look/explain.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const explainMethods = (parts: MethodParts): Record<string, Handler> => ({
  explain: method(Question, async (question) => {
    const explanation = answerTo(question, await gather(parts, question))
    const timeZone = await parts.engine.read((state) => state.branch.get('branch')?.timeZone ?? 'UTC')
    return { explanation, timeZone }
  }),
  'explain.evidence': method(Question, (question) => evidence(parts, question)),
})
