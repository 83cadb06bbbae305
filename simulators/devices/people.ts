/** People for a device that stands alone: their answers come from chance and the declared shares. */
import type { Behaviour } from './behaviour.ts'
import { pick } from './chance.ts'
import type { Answer, Chance, People, Question } from './ports.ts'

const subjectOf = (question: Question) =>
  question.kind === 'offer' ? question.ticket : (question.visit ?? question.device)

export const createSeededPeople = (chance: Chance, shares: Behaviour['people']): People => {
  const answer = (question: Question): Answer => {
    const draw = chance('people', question.kind, subjectOf(question))
    const language = pick(shares.languages, chance('people', 'language', subjectOf(question)))
    const spoken = language === undefined ? {} : { language }
    if (question.kind === 'offer')
      return {
        offer:
          draw < shares.accept ? 'accepted' : draw < shares.accept + shares.decline ? 'declined' : 'none',
      }
    if (question.kind === 'promotion') return { promotion: draw < shares.interested ? 'interested' : 'none' }
    const intent = pick(shares.services, draw / shares.intent)
    return draw < shares.intent && intent !== undefined ? { intent, ...spoken } : {}
  }
  return { ask: (question, reply) => reply(answer(question)) }
}
