/** What can be asked about a branch: what codes mean, why something was done, what was, and how it is going. */
import { explainRoutes } from './look/explain.ts'
import { wordRoutes } from './look/words.ts'

export const lookRoutes = { ...wordRoutes, ...explainRoutes }
export type LookRoutes = typeof lookRoutes
