/**
 * Something on its way to the screens, from the file to where and when it is shown: what was typed, what is still wrong
 * with it, and what the hub is asked for. Kept in the tab, so that a reload loses nothing but a file that was not sent.
 */
import { z } from 'zod'
import { liveTemplates, Media, mandatoryKinds, type NewVersion } from '#protocol/content.ts'
import type { VersionTold } from '#protocol/desk/content-routes.ts'
import { dayMs, dayText } from '#protocol/local-time.ts'
import type { Tongue } from '../../../../ui/words.ts'
import { CampaignForm, newCampaignForm, runsTroubles, type Troubles } from './campaign-form.ts'
import { secondsUsual } from './playlist-form.ts'
import { anyTime, RunsForm } from './runs-form.ts'

export const sources = ['file', 'words', 'template'] as const
export const ways = ['campaign', 'loop', 'later'] as const

/** As the name of a playlist: one more of them. */
export const newPlaylist = ''

export const Draft = z.object({
  /** Of an item that there is: one more version of it. */
  item: z.string(),
  isNew: z.boolean(),
  source: z.enum(sources),
  media: Media.nullable(),
  fileName: z.string(),
  template: z.enum(liveTemplates),
  title: z.string(),
  words: z.record(z.string(), z.string()),
  productCode: z.string(),
  expiresOn: z.string(),
  /** That nobody chose. */
  expiresUsual: z.string(),
  mandatory: z.enum(mandatoryKinds).nullable(),
  /** As the item is now. */
  mandatoryNow: z.enum(mandatoryKinds).nullable().default(null),
  way: z.enum(ways),
  campaign: CampaignForm,
  loop: z.object({
    playlist: z.string(),
    seconds: z.number(),
    zones: z.array(z.string()),
    runs: RunsForm,
  }),
  /** It was sent before, and nobody knows what became of it. */
  tried: z.boolean(),
  /** The hub has the version; where and when is still to be set. */
  added: z.number().nullable(),
})
export type Draft = z.infer<typeof Draft>

const usualDays = 30

const daysAfter = (day: string, days: number): string =>
  dayText(Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs) + days)

export const newDraft = (today: string): Draft => ({
  item: '',
  isNew: true,
  source: 'file',
  media: null,
  fileName: '',
  template: 'queues',
  title: '',
  words: {},
  productCode: '',
  expiresOn: daysAfter(today, usualDays),
  expiresUsual: daysAfter(today, usualDays),
  mandatory: null,
  mandatoryNow: null,
  way: 'campaign',
  campaign: newCampaignForm,
  loop: { playlist: newPlaylist, seconds: secondsUsual, zones: [], runs: anyTime },
  tried: false,
  added: null,
})

export interface DraftOf {
  readonly id: string
  readonly title: string
  readonly mandatory: Draft['mandatory']
  readonly version: VersionTold | undefined
}

/** One more version of an item begins as the one before it. */
export const draftOfItem = ({ id, title, mandatory, version }: DraftOf, today: string): Draft => ({
  ...newDraft(today),
  item: id,
  isNew: false,
  source: version?.media == null ? (version?.template == null ? 'words' : 'template') : 'file',
  media: version?.media ?? null,
  template: version?.template ?? 'queues',
  title,
  words: { ...version?.words },
  productCode: version?.productCode ?? '',
  expiresOn: version?.expiresOn ?? '',
  expiresUsual: '',
  mandatory,
  mandatoryNow: mandatory,
  way: 'later',
})

/** What has to be shown runs everywhere and always, and does not end by itself unless somebody says so. */
export const withMandatory = (draft: Draft, mandatory: Draft['mandatory']): Draft => {
  if (mandatory === null)
    return {
      ...draft,
      mandatory,
      way: draft.mandatory === null || !draft.isNew ? draft.way : 'campaign',
      expiresOn: draft.expiresOn === '' ? draft.expiresUsual : draft.expiresOn,
    }
  return {
    ...draft,
    mandatory,
    way: 'later',
    expiresOn: draft.expiresOn === draft.expiresUsual ? '' : draft.expiresOn,
  }
}

type DraftTrouble =
  | 'file-missing'
  | 'title-missing'
  | 'words-missing'
  | 'words-language'
  | 'code-missing'
  | 'expired'

type DraftField = 'file' | 'title' | 'words' | 'productCode' | 'expiresOn'
export type DraftTroubles = Readonly<Partial<Record<DraftField, DraftTrouble>>> & Troubles

export const wordsIn = (words: Draft['words']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([language, text]) =>
      text.trim() === '' ? [] : [[language, text.trim()]],
    ),
  )

const wordsTrouble = ({ source, way, words, campaign }: Draft): DraftTrouble | undefined => {
  const said = wordsIn(words)
  const isSpoken = way === 'campaign'
  if (Object.keys(said).length === 0) return source === 'words' || isSpoken ? 'words-missing' : undefined
  return isSpoken && campaign.languages.some((language) => said[language] === undefined)
    ? 'words-language'
    : undefined
}

const runsOf = ({ way, campaign, loop }: Draft): RunsForm => {
  if (way === 'campaign') return campaign.runs
  return way === 'loop' && loop.playlist === newPlaylist ? loop.runs : anyTime
}

/** @param isFileComing a file is on its way, which will be there and, where there is no title, gives it one */
export const troublesOf = (draft: Draft, today: string, isFileComing = false): DraftTroubles => {
  const words = wordsTrouble(draft)
  const isWithoutFile = draft.source === 'file' && draft.media === null
  return {
    ...(isWithoutFile && !isFileComing && { file: 'file-missing' as const }),
    ...(draft.title.trim() === '' && !isFileComing && { title: 'title-missing' as const }),
    ...(words !== undefined && { words }),
    ...(draft.way === 'campaign' &&
      draft.productCode.trim() === '' && { productCode: 'code-missing' as const }),
    ...(draft.expiresOn !== '' && draft.expiresOn < today && { expiresOn: 'expired' as const }),
    ...runsTroubles(runsOf(draft), today),
  }
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

export const versionIn = (draft: Draft, tongue: Tongue): NewVersion => ({
  item: draft.item,
  ...(draft.isNew && { title: { [tongue]: draft.title.trim() } }),
  ...((draft.isNew || draft.mandatory !== draft.mandatoryNow) && { mandatory: draft.mandatory }),
  sha256: draft.source === 'file' ? (draft.media?.sha256 ?? null) : null,
  template: draft.source === 'template' ? draft.template : null,
  words: wordsIn(draft.words),
  productCode: orNull(draft.productCode),
  expiresOn: orNull(draft.expiresOn),
})

const isSame = (a: Draft['words'], b: Draft['words']): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([language, text]) => b[language] === text)

/** The answer to an earlier attempt was lost on its way: the hub has it already. */
export const alreadyThere = (
  asked: NewVersion,
  versions: readonly VersionTold[],
  who: string,
): number | undefined =>
  versions.find(
    (one) =>
      one.state === 'proposed' &&
      one.addedBy === who &&
      (one.media?.sha256 ?? null) === asked.sha256 &&
      one.template === asked.template &&
      one.productCode === asked.productCode &&
      one.expiresOn === asked.expiresOn &&
      one.mandatory === asked.mandatory &&
      isSame(one.words, asked.words),
  )?.version
