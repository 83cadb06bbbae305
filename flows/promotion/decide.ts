/** What one visitor, or the idle screens, are shown next, and what is remembered of it. Pure. */
import type { Seen } from '#protocol/flow-events.ts'
import { numberMark, shownBefore } from '../promoted.ts'
import { campaignsFor, fillZones, isHeldOut, markOf, silence } from './choose.ts'
import type { PromotionPolicy } from './policy.ts'
import { type PromotionView, screensKey } from './view.ts'

export type PromotionEvent = Seen<PromotionView, PromotionPolicy>

export type Plan = 'show' | 'fill' | 'hold' | 'held-out' | 'nothing'

export interface Playing {
  readonly ref: string
  readonly zone: string
  readonly campaign: string
}

export interface PromotionContext {
  readonly key: string
  readonly plan: Plan
  readonly why: string
  readonly visit: string | null
  readonly zone: string | null
  readonly campaign: string | null
  /** A person speaks; no machine promotes this alone. */
  readonly byPerson: boolean
  /** Promotions this visit has seen, this one not counted. */
  readonly shownBefore: number
  readonly shownOfCampaign: number
  /** On idle screens, by zone. */
  readonly playing: readonly Playing[]
  readonly giveUpMs: number
}

export interface Step {
  readonly context: PromotionContext
  readonly event: PromotionEvent
}

/** What a task may take beyond its own limits before the flow stops waiting for an answer. */
const patienceMs = 60_000
export const personExpiresInMs = 90_000
export const personRunsForMs = 600_000

export const newPromotion = ({ input }: { input: { key: string; at: number } }): PromotionContext => ({
  key: input.key,
  plan: 'nothing',
  why: 'nothing-to-show',
  visit: null,
  zone: null,
  campaign: null,
  byPerson: false,
  shownBefore: 0,
  shownOfCampaign: 0,
  playing: [],
  giveUpMs: patienceMs,
})

type Visitor = NonNullable<PromotionView['visitor']>

/** Why this visitor is left in peace, or undefined. */
const peace = (visitor: Visitor, { event }: Step): string | undefined => {
  const { policy, at } = event
  if (visitor.served) return 'being-served'
  if (visitor.busy) return 'attention-taken'
  const count = numberMark(visitor.marks, markOf.count)
  if (count >= policy.perVisitMax) return 'enough-this-visit'
  const last = numberMark(visitor.marks, markOf.at)
  return count > 0 && at - last < policy.pauseMs ? 'shown-recently' : undefined
}

/** Not even worth a record: nobody lingered where promotions are shown. */
const isOutOfScope = (visitor: Visitor, event: PromotionEvent): boolean =>
  (event.type === 'zone.dwelled' && event.dwellMs < event.policy.dwellMs) ||
  visitor.zoneKind === null ||
  !event.policy.zoneKinds.includes(visitor.zoneKind)

/** Else the machine would look at it and end without a word. */
export const isWorthAThought = (event: PromotionEvent, key: string): boolean =>
  key === screensKey || (event.view.visitor !== null && !isOutOfScope(event.view.visitor, event))

const considerVisitor = (step: Step): PromotionContext => {
  const { context, event } = step
  const { view, policy } = event
  const { visitor } = view
  if (visitor === null || isOutOfScope(visitor, event)) return context
  const about = { ...context, visit: visitor.id, zone: visitor.zone }
  const hold = silence(view, policy) ?? peace(visitor, step)
  const [best] = hold === undefined ? campaignsFor(view, policy, visitor) : []
  if (best === undefined) {
    const why = hold ?? 'no-campaign-fits'
    return { ...about, plan: visitor.marks[markOf.why] === why ? 'nothing' : 'hold', why }
  }
  const heldOut = isHeldOut(best, visitor.id, policy.seed)
  const runsForMs = best.needsPerson ? personRunsForMs + personExpiresInMs : policy.showForMs
  return {
    ...about,
    plan: heldOut ? 'held-out' : 'show',
    why: heldOut ? 'holdout' : 'visitor-lingers',
    campaign: best.id,
    byPerson: best.needsPerson,
    ...shownBefore(visitor.marks, best.id),
    giveUpMs: runsForMs + patienceMs,
  }
}

/** What idle screens play next; nothing while a queue is under pressure. */
export const nextFills = ({ context, event }: Step): Playing[] => {
  const { view, policy } = event
  if (!policy.idleScreens || silence(view, policy) !== undefined) return []
  return fillZones(view, context.playing).map(({ zone, campaign }) => ({
    ref: `screen-${zone}`,
    zone,
    campaign,
  }))
}

const considerScreens = (step: Step): PromotionContext => {
  const { context, event } = step
  const fills = nextFills(step)
  if (fills.length === 0) return context
  return {
    ...context,
    plan: 'fill',
    why: 'screen-idle',
    playing: fills,
    giveUpMs: event.policy.showForMs + patienceMs,
  }
}

export const consider = (step: Step): PromotionContext =>
  step.context.key === screensKey ? considerScreens(step) : considerVisitor(step)

export const rememberFills = (step: Step): PromotionContext => ({
  ...step.context,
  playing: [...step.context.playing, ...nextFills(step)],
})

export const forgetFill = ({ context, event }: Step): PromotionContext => ({
  ...context,
  playing: 'ref' in event ? context.playing.filter(({ ref }) => ref !== event.ref) : context.playing,
})

/** The visit turned out to be another one: what is shown now counts for that one. */
export const becomeOther = ({ context, event }: Step): PromotionContext =>
  event.type === 'visit.merged' ? { ...context, visit: event.into } : context

export const isInterested = ({ context, event }: Step): boolean =>
  event.type === 'task.done' &&
  event.result['response'] === 'interested' &&
  !context.byPerson &&
  event.policy.personWhenInterested &&
  event.policy.personRoles.length > 0

export const isKioskBegun = ({ event }: Step): boolean =>
  event.type === 'kiosk.session' && event.state === 'started'

export const hasWalkedOn = ({ context, event }: Step): boolean =>
  event.type === 'visit.moved' && event.zone !== context.zone

export const isAllAnswered = ({ context }: { context: PromotionContext }): boolean =>
  context.playing.length === 0
