/** For whom something is shown, as it stands in fields while somebody fills them in. */
import { z } from 'zod'
import type { CampaignTold, NewCampaign } from '#protocol/desk/content-routes.ts'
import type { Tongue } from '../../../../ui/words.ts'
import { productOf } from './names.ts'
import {
  anyTime,
  daysTrouble,
  hoursTrouble,
  RunsForm,
  type RunsTrouble,
  runsFormOf,
  runsIn,
} from './runs-form.ts'
import type { ForWhom, Segment } from './sentence.ts'

export const segments = ['personal', 'corporate', 'priority'] as const satisfies readonly Segment[]

export const CampaignForm = z.object({
  title: z.string(),
  item: z.string(),
  /** What it is about, as the hub names it; empty: taken from the product code. */
  product: z.string(),
  /** Empty: all. */
  zones: z.array(z.string()),
  segments: z.array(z.enum(segments)),
  languages: z.array(z.string()),
  runs: RunsForm,
  perVisit: z.number(),
  perDay: z.number(),
  /** In hundredths. */
  holdout: z.number(),
  needsPerson: z.boolean(),
  priority: z.number(),
  on: z.boolean(),
})
export type CampaignForm = z.infer<typeof CampaignForm>

/** A tenth sees nothing of it: without them nobody could say later what it brought. */
const usualHoldout = 10

export const newCampaignForm: CampaignForm = {
  title: '',
  item: '',
  product: '',
  zones: [],
  segments: [],
  languages: [],
  runs: anyTime,
  perVisit: 1,
  perDay: 1_000,
  holdout: usualHoldout,
  needsPerson: false,
  priority: 5,
  on: true,
}

const titleIn = (title: Readonly<Record<string, string>>, tongue: Tongue): string =>
  title[tongue] ?? Object.values(title)[0] ?? ''

export const campaignFormOf = (campaign: CampaignTold, tongue: Tongue): CampaignForm => ({
  title: titleIn(campaign.title, tongue),
  item: campaign.item ?? '',
  product: campaign.product,
  zones: [...campaign.zones],
  segments: campaign.segments.length === segments.length ? [] : [...campaign.segments],
  languages: [...campaign.languages],
  runs: runsFormOf(campaign.runs),
  perVisit: campaign.perVisit,
  perDay: campaign.perDay,
  holdout: Math.round(campaign.holdoutShare * 100),
  needsPerson: campaign.needsPerson,
  priority: campaign.priority,
  on: campaign.on,
})

const chosenSegments = (chosen: readonly Segment[]): Segment[] =>
  chosen.length === 0 ? [...segments] : segments.filter((one) => chosen.includes(one))

export const forWhom = (form: CampaignForm): ForWhom => ({
  zones: form.zones,
  runs: runsIn(form.runs),
  segments: chosenSegments(form.segments),
  languages: form.languages,
  perVisit: form.perVisit,
  needsPerson: form.needsPerson,
})

export interface CampaignAsked {
  readonly campaign: string
  readonly title: Record<string, string>
  readonly item: string
  readonly productCode: string
  readonly revision: number
}

export const campaignIn = (
  form: CampaignForm,
  { campaign, title, item, productCode, revision }: CampaignAsked,
): NewCampaign => ({
  ...forWhom(form),
  segments: chosenSegments(form.segments),
  languages: [...form.languages],
  zones: [...form.zones],
  campaign,
  title,
  item,
  product: form.product === '' ? productOf(productCode, item) : form.product,
  perDay: form.perDay,
  holdoutShare: form.holdout / 100,
  priority: form.priority,
  on: form.on,
  revision,
})

export interface Troubles {
  readonly hours?: RunsTrouble
  readonly days?: RunsTrouble
}

export const runsTroubles = (runs: RunsForm, today: string): Troubles => {
  const hours = hoursTrouble(runs)
  const days = daysTrouble(runs, today)
  return { ...(hours !== undefined && { hours }), ...(days !== undefined && { days }) }
}

/** The same, on or off; undefined: it shows nothing of the library, and is not kept by the app. */
export const campaignSwitched = (campaign: CampaignTold, on: boolean): NewCampaign | undefined => {
  const { id, origin: _, playsToday: __, item, runs, ...rest } = campaign
  if (item === null) return undefined
  return { ...rest, campaign: id, item, runs: { ...runs }, on }
}
