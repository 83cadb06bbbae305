/** What one visitor, or the idle screens, are shown next, and what is remembered of it. Pure. */
import type { Seen } from '#protocol/flow-events.ts'
import { numberMark } from '../promoted.ts'
import { type Choice, choose, type Fill, fillZones, isHeldOut, markOf, silence } from './choose.ts'
import type { PromotionPolicy } from './policy.ts'
import type { Occasion, Way } from './rules.ts'
import { type PromotionView, screensKey, type VisitorSeen } from './view.ts'

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
  /** The machine that prints it on the ticket that it issued. */
  readonly printer: string | null
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
  printer: null,
  playing: [],
  giveUpMs: patienceMs,
})

/** Why this visitor is left in peace, or undefined. */
const peace = (visitor: VisitorSeen, { event }: Step): string | undefined => {
  const { policy, at } = event
  if (visitor.served) return 'being-served'
  if (visitor.busy) return 'attention-taken'
  const count = numberMark(visitor.marks, markOf.count)
  if (count >= policy.perVisitMax) return 'enough-this-visit'
  const last = numberMark(visitor.marks, markOf.at)
  return count > 0 && at - last < policy.pauseMs ? 'shown-recently' : undefined
}

/** Of whom, where, and printed by which machine; undefined: not even worth a record. */
const occasionOf = (event: PromotionEvent): (Occasion & { visitor: VisitorSeen }) | undefined => {
  const { view, policy } = event
  const { visitor } = view
  if (visitor === null) return undefined
  if (event.type === 'ticket.issued') {
    const printer = event.device ?? null
    const zone = printer === null ? undefined : view.printers[printer]
    if (printer === null || zone === undefined || !policy.ticketSlips || !hasSlips(view)) return undefined
    return { visitor, zone, printer, idle: null }
  }
  const isTooShort = event.type === 'zone.dwelled' && event.dwellMs < policy.dwellMs
  if (isTooShort || visitor.zoneKind === null || !policy.zoneKinds.includes(visitor.zoneKind))
    return undefined
  return { visitor, zone: visitor.zone, printer: null, idle: null }
}

const hasSlips = ({ campaigns }: PromotionView) =>
  campaigns.some(({ on, channels }) => on !== false && channels?.includes('ticket-slip') === true)

/** Else the machine would look at it and end without a word. */
export const isWorthAThought = (event: PromotionEvent, key: string): boolean =>
  key === screensKey || occasionOf(event) !== undefined

/** What there was to choose among for a visitor. */
export const choiceFor = ({ event }: Pick<Step, 'event'>): Choice | undefined => {
  const occasion = occasionOf(event)
  return occasion && choose(event.view, event.policy, occasion)
}

/** How long it takes at the most, from the wish to the end. */
const lastsMs = ({ by }: Way, { showForMs }: PromotionPolicy) =>
  by === 'person' ? personRunsForMs + personExpiresInMs : showForMs

const considerVisitor = (step: Step): PromotionContext => {
  const { context, event } = step
  const { view, policy } = event
  const occasion = occasionOf(event)
  if (occasion === undefined) return context
  const { visitor, zone, printer } = occasion
  const about = { ...context, visit: visitor.id, zone, printer }
  const hold = silence(view, policy) ?? peace(visitor, step)
  const best = hold === undefined ? choose(view, policy, occasion).best : undefined
  if (best?.way == null) {
    const why = hold ?? 'no-campaign-fits'
    // A ticket without a promotion is an ordinary ticket: nobody asks why.
    const isSilent = printer !== null || visitor.marks[markOf.why] === why
    return { ...about, plan: isSilent ? 'nothing' : 'hold', why }
  }
  const heldOut = isHeldOut(best.campaign, visitor.id, policy.seed)
  return {
    ...about,
    plan: heldOut ? 'held-out' : 'show',
    why: heldOut ? 'holdout' : printer === null ? 'visitor-lingers' : 'ticket-taken',
    campaign: best.id,
    byPerson: best.way.by === 'person',
    giveUpMs: lastsMs(best.way, policy) + patienceMs,
  }
}

/** What idle screens play next; nothing while a queue is under pressure. */
export const nextFills = ({ context, event }: Step): readonly (Playing & Fill)[] => {
  const { view, policy } = event
  if (!policy.idleScreens || silence(view, policy) !== undefined) return []
  return fillZones(view, policy, context.playing).map((fill) => ({ ...fill, ref: `screen-${fill.zone}` }))
}

const playingOf = ({ ref, zone, campaign }: Playing): Playing => ({ ref, zone, campaign })

const considerScreens = (step: Step): PromotionContext => {
  const { context, event } = step
  const fills = nextFills(step)
  if (fills.length === 0) return context
  return {
    ...context,
    plan: 'fill',
    why: 'screen-idle',
    playing: fills.map(playingOf),
    giveUpMs: event.policy.showForMs + patienceMs,
  }
}

export const consider = (step: Step): PromotionContext =>
  step.context.key === screensKey ? considerScreens(step) : considerVisitor(step)

export const rememberFills = (step: Step): PromotionContext => ({
  ...step.context,
  playing: [...step.context.playing, ...nextFills(step).map(playingOf)],
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

/** A ticket goes with its holder. */
export const hasWalkedOn = ({ context, event }: Step): boolean =>
  event.type === 'visit.moved' && context.printer === null && event.zone !== context.zone

export const isAllAnswered = ({ context }: { context: PromotionContext }): boolean =>
  context.playing.length === 0
