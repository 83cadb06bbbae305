/** What can be asked about a branch: what codes mean, why something was done, what was, and how it is going. */
import { adviceRoutes } from './look/advice.ts'
import { dayRoutes } from './look/day.ts'
import { explainRoutes } from './look/explain.ts'
import { flowRoutes } from './look/flows.ts'
import { planRoutes } from './look/plan.ts'
import { searchRoutes } from './look/search.ts'
import { wordRoutes } from './look/words.ts'

export const lookRoutes = {
  ...wordRoutes,
  ...explainRoutes,
  ...searchRoutes,
  ...dayRoutes,
  ...flowRoutes,
  ...planRoutes,
  ...adviceRoutes,
}
export type LookRoutes = typeof lookRoutes
