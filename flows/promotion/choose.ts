/** When nothing is promoted at all, what one visitor or each idle zone is shown, and who is held out. Pure. */
import { unitHash } from '#protocol/hash.ts'
import type { Weighed } from '#protocol/intents.ts'
import { promotedMark } from '../promoted.ts'
import type { PromotionPolicy } from './policy.ts'
import { type Considered, ranked, weighedOf } from './rank.ts'
import type { Occasion } from './rules.ts'
import type { PromotionView, QueueSeen } from './view.ts'

/** Names of what a visit remembers about promotion; they die with the visit. */
export const markOf = {
  ...promotedMark,
  /** Why it was last left in peace, so that lingering on is not put on record again and again. */
  why: 'promotion.why',
  response: (campaign: string) => `promotion.response.${campaign}`,
}

const isKnown = (queue: QueueSeen) => queue.waitMs !== null || queue.waiting !== null

/** Why nothing is promoted to anybody now, or undefined: who waits for long wants to be served, not sold to. */
export const silence = (view: PromotionView, policy: PromotionPolicy): string | undefined => {
  const pressed = view.queues.some(
    (queue) =>
      (queue.waitMs ?? 0) > policy.silentAboveWaitMs || (queue.waiting ?? 0) > policy.silentAboveWaiting,
  )
  if (pressed) return 'queue-pressure'
  return policy.silentWhenUnknown && !view.queues.every(isKnown) ? 'queue-unknown' : undefined
}

export interface Choice {
  readonly best: Considered | undefined
  readonly weighed: Weighed
}

export const choose = (view: PromotionView, policy: PromotionPolicy, occasion: Occasion): Choice => {
  const considered = ranked({ view, policy, occasion })
  return { best: considered.find(({ out }) => out === null), weighed: weighedOf(considered) }
}

/** Held out: shown nothing of this campaign, so that its effect can be measured. The same answer in every replay. */
export const isHeldOut = (
  campaign: { readonly id: string; readonly holdoutShare: number },
  visit: string,
  seed: string,
): boolean => unitHash(seed, visit, `holdout/${campaign.id}`) < campaign.holdoutShare

export interface Fill {
  readonly zone: string
  readonly campaign: string
  readonly weighed: Weighed
}

/** What to play in each idle zone; never what needs a person, and only what is meant for everybody. */
export const fillZones = (
  view: PromotionView,
  policy: PromotionPolicy,
  playing: readonly { readonly zone: string }[],
): readonly Fill[] => {
  const filled: Fill[] = []
  for (const { zone, ...idle } of view.idle) {
    if (playing.some((each) => each.zone === zone)) continue
    // What is planned here counts as well; what plays already is in the hub's count.
    const planned = (id: string) => filled.filter(({ campaign }) => campaign === id).length
    const campaigns = view.campaigns.map((one) => ({ ...one, taken: one.taken + planned(one.id) }))
    const occasion = { zone, visitor: null, printer: null, idle }
    const { best, weighed } = choose({ ...view, campaigns }, policy, occasion)
    if (best !== undefined) filled.push({ zone, campaign: best.id, weighed })
  }
  return filled
}
