/** Which campaign fits whom, where and when; and when nothing is promoted at all. Pure. */
import { unitHash } from '#protocol/hash.ts'
import { isWithin, type LocalTime } from '#protocol/local-time.ts'
import type { CampaignRow } from '#protocol/model.ts'
import { numberMark, promotedMark } from '../promoted.ts'
import { inLanguage } from '../words.ts'
import type { PromotionPolicy } from './policy.ts'
import type { PromotionView, QueueSeen } from './view.ts'

type Campaign = PromotionView['campaigns'][number]
type Visitor = NonNullable<PromotionView['visitor']>

/** Names of what a visit remembers about promotion; they die with the visit. */
export const markOf = {
  ...promotedMark,
  /** Why it was last left in peace, so that lingering on is not put on record again and again. */
  why: 'promotion.why',
  heldOut: (campaign: string) => `promotion.held-out.${campaign}`,
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

const isRunning = (campaign: CampaignRow, { day, time }: LocalTime): boolean =>
  (campaign.from === null || day >= campaign.from) &&
  (campaign.to === null || day <= campaign.to) &&
  (campaign.hours === null || isWithin(time, campaign.hours))

const isFor = (campaign: Campaign, zone: string, view: PromotionView): boolean =>
  isRunning(campaign, view.now) &&
  campaign.playsToday < campaign.perDay &&
  (campaign.zones.length === 0 || campaign.zones.includes(zone))

/** In the visitor's own language when it is known; else in any language of the branch. */
const isReadable = (campaign: CampaignRow, language: string | null, branch: readonly string[]): boolean =>
  language === null
    ? branch.some((each) => inLanguage(campaign.words, each) !== undefined)
    : inLanguage(campaign.words, language) !== undefined

/** The most important first; among equals the one played least today. */
const byMerit = (a: Campaign, b: Campaign): number =>
  b.priority - a.priority || a.playsToday - b.playsToday || (a.id < b.id ? -1 : 1)

export const campaignsFor = (view: PromotionView, policy: PromotionPolicy, visitor: Visitor): Campaign[] =>
  view.campaigns
    .filter(
      (campaign) =>
        visitor.zone !== null &&
        isFor(campaign, visitor.zone, view) &&
        campaign.segments.includes(visitor.segment) &&
        isReadable(campaign, visitor.language, view.languages) &&
        numberMark(visitor.marks, markOf.shown(campaign.id)) < campaign.perVisit &&
        visitor.marks[markOf.heldOut(campaign.id)] !== true &&
        (!campaign.needsPerson || policy.personRoles.length > 0),
    )
    .toSorted(byMerit)

/** Held out: shown nothing of this campaign, so that its effect can be measured. The same answer in every replay. */
export const isHeldOut = (campaign: CampaignRow, visit: string, seed: string): boolean =>
  unitHash(seed, visit, `holdout/${campaign.id}`) < campaign.holdoutShare

/** What to play in each idle zone; never what needs a person, and only what is meant for everybody. */
export const fillZones = (
  view: PromotionView,
  playing: readonly { readonly zone: string; readonly campaign: string }[],
): { zone: string; campaign: string }[] => {
  const filled: { zone: string; campaign: string }[] = []
  const planned = (campaign: string) =>
    [...playing, ...filled].filter((each) => each.campaign === campaign).length
  for (const zone of view.idleZones) {
    if (playing.some((each) => each.zone === zone)) continue
    const [best] = view.campaigns
      .map((campaign) => ({ ...campaign, playsToday: campaign.playsToday + planned(campaign.id) }))
      .filter(
        (campaign) =>
          !campaign.needsPerson &&
          campaign.segments.includes('personal') &&
          isFor(campaign, zone, view) &&
          isReadable(campaign, null, view.languages),
      )
      .toSorted(byMerit)
    if (best !== undefined) filled.push({ zone, campaign: best.id })
  }
  return filled
}
