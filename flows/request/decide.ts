/** What a request remembers of the work that a person asked for. */
import type { FactTypes, Seen } from '#protocol/flow-events.ts'
import type { RequestPolicy } from './policy.ts'

export interface RequestView {
  readonly languages: readonly string[]
}

export type RequestEvent = Seen<RequestView, RequestPolicy>
export type Asked = Readonly<FactTypes['work.asked']>

/** Of a promotion: to whom, and of what. */
export interface RequestContext {
  readonly visit: string | null
  readonly campaign: string | null
}

export interface Step {
  readonly context: RequestContext
  readonly event: RequestEvent
}

export const workRef = 'work'

/** Longer than the deadlines of any task: only what was never answered is given up by it. */
export const lastMs = 43_200_000

export const newRequest = (): RequestContext => ({ campaign: null, visit: null })

export const remember = ({ context, event }: Step): RequestContext => {
  if (event.type !== 'work.asked' || event.campaign === null) return context
  return { campaign: event.campaign.id, visit: event.visit }
}

export const isForExpert = ({ event }: Pick<Step, 'event'>): boolean =>
  event.type === 'work.asked' && event.what === 'expert'
