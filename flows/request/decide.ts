/** What a request remembers of the work that a person asked for. */
import type { FactTypes, Seen } from '#protocol/flow-events.ts'
import type { RequestPolicy } from './policy.ts'

export interface RequestView {
  readonly languages: readonly string[]
}

export type RequestEvent = Seen<RequestView, RequestPolicy>
export type Asked = Readonly<FactTypes['work.asked']>

export interface RequestContext {
  /** A promotion: it counts against the caps of the campaign and of the visit. */
  readonly campaign: string | null
  readonly visit: string | null
  readonly shownBefore: number
  readonly shownOfCampaign: number
}

export interface Step {
  readonly context: RequestContext
  readonly event: RequestEvent
}

export const workRef = 'work'

/** Longer than the deadlines of any task: only what was never answered is given up by it. */
export const lastMs = 43_200_000

/** Names of what a visit remembers about promotion, as the flow of promotions writes and reads them. */
export const markOf = {
  count: 'promotion.count',
  at: 'promotion.at',
  shown: (campaign: string) => `promotion.shown.${campaign}`,
}

const count = (marks: Asked['marks'], name: string): number => {
  const value = marks[name]
  return typeof value === 'number' ? value : 0
}

export const newRequest = (): RequestContext => ({
  campaign: null,
  visit: null,
  shownBefore: 0,
  shownOfCampaign: 0,
})

export const remember = ({ context, event }: Step): RequestContext => {
  if (event.type !== 'work.asked' || event.campaign === null) return context
  return {
    campaign: event.campaign.id,
    visit: event.visit,
    shownBefore: count(event.marks, markOf.count),
    shownOfCampaign: count(event.marks, markOf.shown(event.campaign.id)),
  }
}

export const isForExpert = ({ event }: Pick<Step, 'event'>): boolean =>
  event.type === 'work.asked' && event.what === 'expert'
