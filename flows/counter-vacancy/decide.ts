/** The judgement of counter vacancy: whether a counter that is open stands empty or still while people wait. */
import type { Seen } from '#protocol/flow-events.ts'
import type { VacancyPolicy } from './policy.ts'
import type { VacancyView } from './view.ts'

export type Vacancy = 'unstaffed' | 'idle'

export interface VacancyContext {
  readonly counter: string
  readonly kind: Vacancy
}

export type VacancyEvent = Seen<VacancyView, VacancyPolicy>
export interface Given {
  readonly context: VacancyContext
  readonly event: VacancyEvent
}
export type Look = Pick<VacancyEvent, 'at' | 'view' | 'policy'>

/** Where customers are served. During a cash delivery counters are left on purpose. */
const servingModes = new Set(['open', 'closing'])

export const vacancyOf = ({ view, policy }: Pick<Look, 'view' | 'policy'>): Vacancy | null => {
  const { counter, longestWaitMs } = view
  if (!servingModes.has(view.mode) || counter === null || counter.state !== 'open') return null
  if (longestWaitMs === null || longestWaitMs < policy.waitMs) return null
  if (counter.staffed === false) return 'unstaffed'
  return counter.serving === null ? 'idle' : null
}

/** Somebody at work may have reasons for a pause; nobody there has none. */
export const toleranceMs = (kind: Vacancy, policy: VacancyPolicy): number =>
  kind === 'unstaffed' ? policy.unstaffedMs : policy.idleMs

/** One name is enough: a call is cancelled or ended before there is another. */
export const callRef = 'call'
export const isCall = ({ event }: Pick<Given, 'event'>): boolean => 'ref' in event && event.ref === callRef
