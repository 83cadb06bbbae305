/** Why this one, why not the others, why nobody; and proof of it. */
import { z } from 'zod'
import { evidence } from '../../look/evidence.ts'
import { answerTo, gather, Question } from '../../look/explain.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

/** The question, and in which language it is answered besides. */
const Asked = z.looseObject({ lang: z.enum(['zh', 'en']).default('en') }).transform(({ lang, ...asked }) => ({
  lang,
  question: Question.parse(asked),
}))

/** Most hubs are never asked here: the words are loaded for the first who asks. */
const loadWords = async () => ({
  ...(await import('../../look/titles.ts')),
  ...(await import('../../look/tell.ts')),
  ...(await import('../../look/explain-text.ts')),
})

export const explainMethods = (parts: MethodParts): Record<string, Handler> => ({
  explain: method(Asked, async ({ lang, question }) => {
    const { engine } = parts
    const explanation = answerTo(question, await gather(parts, question))
    const { createTitles, explainText, tell } = await loadWords()
    return engine.read((state) => {
      const timeZone = state.branch.get('branch')?.timeZone ?? 'UTC'
      const told = tell(explanation, { titles: createTitles(state, lang), flows: engine.flows, timeZone })
      return { explanation, timeZone, lines: explainText(told, lang) }
    })
  }),
  'explain.evidence': method(Question, (question) => evidence(parts, question)),
})
