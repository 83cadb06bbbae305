/** How well a member that may do a task fits it: parts that add up, so that an explanation can show each. */
import type { TaskIntent } from '#protocol/intents.ts'
import type { MemberRow } from './rows.ts'
import { canSpeak } from './traits.ts'

/** The most each part can give. Being near and being the right kind outweigh everything that only spares a member. */
const weights = { distance: 40, fit: 30, load: 15, battery: 10, language: 10, recency: 5 } as const
/** At this distance half of the points for it are gone. */
const halfDistanceM = 10
const memoryMs = 600_000
/**
 * What a member on probation has less: one with firmware that people trust goes first, unless it is clearly farther or
 * was asked more often. Enough to prefer, too little to leave a visitor without anybody.
 */
const probationPoints = -10

export interface Fitness {
  readonly at: number
  readonly intent: TaskIntent
  readonly member: MemberRow | undefined
  /** Metres; undefined: not known. */
  readonly distance: number | undefined
  /** null: runs on mains, or is a person. */
  readonly battery: number | null
  readonly languages: readonly string[] | undefined
  /** Its firmware is new, and nobody has approved it yet. */
  readonly onProbation?: boolean
  /** Place in the flow's order of kinds, and how many there are. */
  readonly rank: { readonly place: number; readonly of: number }
}

const round = (value: number) => Math.round(value * 100) / 100

/** Offers of the last ten minutes. */
export const recentOffers = (member: MemberRow | undefined, at: number): number =>
  member === undefined ? 0 : member.offers.filter((offeredAt) => offeredAt > at - memoryMs).length

export const remembered = (member: MemberRow | undefined, id: string, at: number): MemberRow => ({
  id,
  lastAt: at,
  offers: [...(member?.offers ?? []).filter((offeredAt) => offeredAt > at - memoryMs), at].slice(-32),
})

const languagePart = ({ intent, languages }: Fitness) => {
  const wanted = intent.who.language
  if (wanted === undefined) return 0
  if (languages === undefined) return weights.language / 2
  return canSpeak(languages, wanted) ? weights.language : 0
}

export const scoreParts = (fitness: Fitness): Readonly<Record<string, number>> => {
  const { at, member, distance, battery, rank } = fitness
  const idleMs = member === undefined ? memoryMs : Math.min(memoryMs, Math.max(0, at - member.lastAt))
  return {
    distance: round(
      distance === undefined ? weights.distance / 4 : weights.distance / (1 + distance / halfDistanceM),
    ),
    fit: round(weights.fit * (1 - rank.place / Math.max(1, rank.of))),
    load: round(weights.load / (1 + recentOffers(member, at))),
    battery: round(battery === null ? weights.battery : (weights.battery * battery) / 100),
    language: languagePart(fitness),
    recency: round((weights.recency * idleMs) / memoryMs),
    ...(fitness.onProbation === true && { probation: probationPoints }),
  }
}

export const total = (parts: Readonly<Record<string, number>>): number =>
  round(Object.values(parts).reduce((sum, part) => sum + part, 0))
