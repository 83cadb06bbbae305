/** What the desk answers to questions about the branch. */
import type { LookRoutes } from '#protocol/desk/look-routes.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import { advise } from '../look/advice.ts'
import { catalogue } from '../look/catalogue.ts'
import { createDays } from '../look/day/figures.ts'
import { createFired } from '../look/fired.ts'
import { createFlowsView } from '../look/flows.ts'
import type { LookParts } from '../look/parts.ts'
import { changePlan, readPlan } from '../look/plan.ts'
import { search } from '../look/search.ts'
import { evidenceFor, explainFor } from './look-explain.ts'
import { sessionOf, type Visit } from './visit.ts'

export type LookAnswers = {
  readonly [Name in keyof LookRoutes]: (
    request: RequestOf<LookRoutes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<LookRoutes[Name]>> | ResponseOf<LookRoutes[Name]>
}

export const createLookAnswers = (look: LookParts): LookAnswers => {
  const days = createDays(look)
  const flows = createFlowsView(look)
  const fired = createFired(look)
  return {
    words: (_, { tongue }) => catalogue(look.engine.flows, tongue),
    explain: (asked, visit) => explainFor(look, asked, visit),
    evidence: (asked) => evidenceFor(look, asked),
    search: (asked, { tongue }) => search(look, asked, tongue),
    fired: (asked, { tongue }) => fired(asked, tongue),
    flows: (_, { tongue }) => flows(tongue),
    plan: ({ version }, { tongue }) => readPlan(look, { version, tongue }),
    setPlan: async (change, visit) => {
      await changePlan(look, change, sessionOf(visit).name)
      return readPlan(look, visit)
    },
    advice: (_, { tongue }) => advise(look, tongue),
    day: (asked, { tongue }) => days.answer(asked, tongue),
  }
}
