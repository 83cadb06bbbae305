/**
 * The rules that no score outweighs: which campaign may be shown to whom, where, when, by whom and how often. Each that
 * a campaign breaks has a code; the first is the reason on record. Pure.
 */
import type { CampaignChannel } from '#protocol/campaign.ts'
import { isWithin } from '#protocol/local-time.ts'
import { numberMark, promotedMark } from '../promoted.ts'
import type { Phrase } from '../setting.ts'
import { inLanguage } from '../words.ts'
import type { PromotionPolicy } from './policy.ts'
import {
  type CampaignSeen,
  type Capacity,
  type PromotionView,
  type ShownOn,
  shownOn,
  type VisitorSeen,
} from './view.ts'

/** Where something may be promoted, and to whom; null: to everybody who stands before an idle screen. */
export interface Occasion {
  readonly zone: string | null
  readonly visitor: VisitorSeen | null
  /** The machine that prints it on the ticket that it issued. */
  readonly printer: string | null
  /** Of screens in that zone, where it is for everybody. */
  readonly idle: Capacity | null
}

export interface Sight {
  readonly view: PromotionView
  readonly policy: PromotionPolicy
  readonly occasion: Occasion
}

const isAmong = <T>(listed: readonly T[] | undefined, value: T): boolean =>
  listed === undefined || listed.length === 0 || listed.includes(value)

const base = (language: string): string => language.split('-', 1)[0] ?? language

/** What of its words may be read: in the languages it is meant for. */
export const phraseOf = ({ words, languages = [] }: CampaignSeen): Phrase =>
  languages.length === 0
    ? words
    : Object.fromEntries(
        Object.entries(words).filter(([language]) => languages.some((one) => base(one) === base(language))),
      )

/** In the visitor's own language when it is known; else in any language of the branch. */
const isReadable = (campaign: CampaignSeen, { view, occasion }: Sight): boolean => {
  const phrase = phraseOf(campaign)
  const own = occasion.visitor?.language ?? null
  return (own === null ? view.languages : [own]).some((each) => inLanguage(phrase, each) !== undefined)
}

const machinesOf = ({ channels = [] }: CampaignSeen): readonly ShownOn[] =>
  channels.length === 0 ? shownOn : shownOn.filter((kind) => channels.includes(kind))

const sum = (capacities: readonly Capacity[]): Capacity => ({
  free: capacities.reduce((total, { free }) => total + free, 0),
  all: capacities.reduce((total, { all }) => total + all, 0),
})

const capacityOfPeople = ({ view, policy }: Sight): Capacity => {
  const wanted: readonly string[] = policy.personRoles
  const fit = view.people.filter(({ roles }) => roles.some((role) => wanted.includes(role)))
  return { free: fit.filter(({ isFree }) => isFree).length, all: fit.length }
}

/** By which way a campaign would reach this visitor now, and how much of that way is free. */
export interface Way extends Capacity {
  readonly by: 'devices' | 'person' | 'slip'
  readonly kinds: readonly ShownOn[]
}

const wayOfSlip = (campaign: CampaignSeen): Way | null =>
  campaign.needsPerson || campaign.channels?.includes('ticket-slip') !== true
    ? null
    : { by: 'slip', kinds: [], free: 1, all: 1 }

/** What needs a person has no other way; else a machine goes first, and a person speaks only where none can. */
const wayInLobby = (campaign: CampaignSeen, sight: Sight): Way | null => {
  const { needsPerson, channels = [] } = campaign
  const kinds = needsPerson ? [] : machinesOf(campaign)
  const devices = sum(kinds.map((kind) => sight.view.devices[kind]))
  if (devices.all > 0) return { by: 'devices', kinds, ...devices }
  if (needsPerson || channels.includes('person' satisfies CampaignChannel)) {
    const people = capacityOfPeople(sight)
    if (people.all > 0) return { by: 'person', kinds: [], ...people }
  }
  return null
}

export const wayOf = (campaign: CampaignSeen, sight: Sight): Way | null => {
  const { printer, idle } = sight.occasion
  if (printer !== null) return wayOfSlip(campaign)
  if (idle === null) return wayInLobby(campaign, sight)
  const onScreens = !campaign.needsPerson && machinesOf(campaign).includes('screen')
  return onScreens ? { by: 'devices', kinds: ['screen'], ...idle } : null
}

/** What nothing can be said about is not promised to be short. */
export const needsMs = (way: Way, { policy }: Sight): number =>
  way.by === 'slip' ? 0 : way.by === 'person' ? policy.personNeedsMs : policy.showForMs

const namesOf = ({ id, product }: CampaignSeen) => [id, product]

/** Whichever of the two says so, and whichever came first. */
const isAgainst = (one: CampaignSeen, other: CampaignSeen): boolean =>
  [
    [one, other],
    [other, one],
  ].some(([a, b]) => (a?.conflicts ?? []).some((name) => b !== undefined && namesOf(b).includes(name)))

const seenBy = ({ occasion }: Sight, campaign: string): number =>
  numberMark(occasion.visitor?.marks ?? {}, promotedMark.shown(campaign))

const conflictsHere = (campaign: CampaignSeen, sight: Sight): boolean =>
  sight.view.campaigns.some(
    (other) => other.id !== campaign.id && seenBy(sight, other.id) > 0 && isAgainst(campaign, other),
  )

const isInTime = (campaign: CampaignSeen, sight: Sight): boolean => {
  const left = sight.occasion.visitor?.waitLeftMs ?? null
  const way = wayOf(campaign, sight)
  return left === null || way === null || left >= needsMs(way, sight)
}

type Rule = (campaign: CampaignSeen, sight: Sight) => boolean

/** What must hold, in the order in which it is told; the code is the reason where it does not. */
const rules: readonly (readonly [string, Rule])[] = [
  ['campaign-off', ({ on }) => on !== false],
  ['content-not-approved', ({ item, content }) => item == null || content !== null],
  [
    'campaign-not-running',
    ({ from, to }, { view }) =>
      (from === null || view.now.day >= from) && (to === null || view.now.day <= to),
  ],
  ['campaign-weekday', ({ weekdays }, { view }) => isAmong(weekdays, view.now.weekday)],
  ['campaign-hours', ({ hours }, { view }) => hours === null || isWithin(view.now.time, hours)],
  ['campaign-zone', ({ zones }, { occasion }) => occasion.zone !== null && isAmong(zones, occasion.zone)],
  [
    'campaign-segment',
    ({ segments }, { occasion }) => segments.includes(occasion.visitor?.segment ?? 'personal'),
  ],
  ['campaign-language', isReadable],
  ['no-channel', (campaign, sight) => wayOf(campaign, sight) !== null],
  ['holdout', ({ id }, { occasion }) => occasion.visitor?.marks[promotedMark.heldOut(id)] !== true],
  ['campaign-conflict', (campaign, sight) => !conflictsHere(campaign, sight)],
  ['cap-visit', ({ id, perVisit }, sight) => seenBy(sight, id) < perVisit],
  ['cap-day', ({ taken, perDay }) => taken < perDay],
  ['no-time-left', isInTime],
]

/** @returns the code of the first rule that stands against it, and how far it came; undefined: it may be shown. */
export const against = (
  campaign: CampaignSeen,
  sight: Sight,
): { readonly code: string; readonly passed: number } | undefined => {
  const broken = rules.findIndex(([, holds]) => !holds(campaign, sight))
  return broken === -1 ? undefined : { code: rules[broken]?.[0] ?? '', passed: broken }
}
