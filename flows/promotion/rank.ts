/**
 * Which of the campaigns that may be shown is the best: a weighted sum of five goals in whole numbers, so that the same
 * situation gives the same choice on every machine and in every replay (docs/decisions/0024). Pure.
 */
import type { Option, Weighed } from '#protocol/intents.ts'
import { optionsMax } from '#protocol/intents.ts'
import { numberMark, promotedMark } from '../promoted.ts'
import type { PromotionPolicy } from './policy.ts'
import { against, needsMs, type Sight, type Way, wayOf } from './rules.ts'
import type { CampaignSeen } from './view.ts'

/** Ten thousandths: what a goal is worth where it is met in full. */
const whole = 10_000
const highestPriority = 9
const defaultValue = 50
const defaultBurden = 20
/** Less wait than that many times what it takes is little. */
const tightTimes = 4

const share = (part: number, of: number): number => Math.trunc((whole * part) / of)

const freshness = ({ id, taken, perDay }: CampaignSeen, { occasion }: Sight): number => {
  const seen = numberMark(occasion.visitor?.marks ?? {}, promotedMark.shown(id))
  return Math.trunc(whole / 2 / (1 + seen)) + Math.trunc(share(Math.max(0, perDay - taken), perDay) / 2)
}

/** What it spares the customer: it weighs more with each they have seen, and when little of their wait is left. */
const ease = (campaign: CampaignSeen, way: Way, sight: Sight): number => {
  const { visitor } = sight.occasion
  const seen = numberMark(visitor?.marks ?? {}, promotedMark.count)
  const left = visitor?.waitLeftMs ?? null
  const isTight = left !== null && left < tightTimes * needsMs(way, sight)
  const strain = (campaign.burden ?? defaultBurden) * 50 * (1 + seen + (isTight ? 1 : 0))
  return whole - Math.min(whole, strain)
}

export const goals = ['value', 'priority', 'freshness', 'capacity', 'ease'] as const
export type Goal = (typeof goals)[number]

export const weightsOf = (policy: PromotionPolicy): Readonly<Record<Goal, number>> => ({
  value: policy.valueWeight,
  priority: policy.priorityWeight,
  freshness: policy.freshnessWeight,
  capacity: policy.capacityWeight,
  ease: policy.easeWeight,
})

/** How far each goal is met, in ten thousandths. */
const met = (campaign: CampaignSeen, way: Way, sight: Sight): Readonly<Record<Goal, number>> => ({
  value: (campaign.value ?? defaultValue) * 100,
  priority: share(campaign.priority, highestPriority),
  freshness: freshness(campaign, sight),
  capacity: share(way.free, way.all),
  ease: ease(campaign, way, sight),
})

export interface Considered extends Option {
  readonly campaign: CampaignSeen
  /** null where it may not be shown. */
  readonly way: Way | null
  /** How many rules it kept: of those that may not be shown, the nearest is told first. */
  readonly passed: number
}

const consider = (campaign: CampaignSeen, sight: Sight): Considered => {
  const { id } = campaign
  const broken = against(campaign, sight)
  const way = broken === undefined ? wayOf(campaign, sight) : null
  if (broken !== undefined || way === null) {
    const { code, passed } = broken ?? { code: 'no-channel', passed: 0 }
    return { id, campaign, way: null, score: null, parts: null, out: code, passed }
  }
  const weights = weightsOf(sight.policy)
  const shares = met(campaign, way, sight)
  const parts = Object.fromEntries(
    goals.map((goal) => [goal, Math.trunc((weights[goal] * shares[goal]) / 100)]),
  )
  const score = Object.values(parts).reduce((total, points) => total + points, 0)
  return { id, campaign, way, score, parts, out: null, passed: Number.MAX_SAFE_INTEGER }
}

/** The best first; among equals the one that took less of today, then by name; those passed over behind, the nearest first. */
const byMerit = (a: Considered, b: Considered): number =>
  (b.score ?? -1) - (a.score ?? -1) ||
  b.passed - a.passed ||
  a.campaign.taken - b.campaign.taken ||
  (a.id < b.id ? -1 : 1)

export const ranked = (sight: Sight): readonly Considered[] =>
  sight.view.campaigns.map((campaign) => consider(campaign, sight)).toSorted(byMerit)

/** For the record: the first eight as they are, the rest as counts of their reasons. */
export const weighedOf = (considered: readonly Considered[]): Weighed => {
  const rest: Record<string, number> = {}
  for (const { out } of considered.slice(optionsMax)) rest[out ?? 'scored'] = (rest[out ?? 'scored'] ?? 0) + 1
  const options = considered
    .slice(0, optionsMax)
    .map(({ id, score, parts, out }): Option => ({ id, score, parts, out }))
  return { what: 'campaign', options, rest }
}
