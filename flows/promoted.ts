/** What a visit remembers of promotions, whichever flow makes them: the hub counts them, the flows keep to the caps. */
import type { CampaignRow, ContentInForce, MarkValue } from '#protocol/model.ts'
import type { Content, Words } from '#protocol/targets.ts'

const shownPrefix = 'promotion.shown.'
const offeredPrefix = 'promotion.offered.'
const heldOutPrefix = 'promotion.held-out.'

/** Names of the marks; they die with the visit. */
export const promotedMark = {
  /** Promotions that this visit has seen, or may have, over all campaigns; and of this one. */
  count: 'promotion.count',
  shown: (campaign: string) => `${shownPrefix}${campaign}`,
  /** When the last one was over. */
  at: 'promotion.at',
  /** Which arm of the comparison it belongs to: drawn once, when a campaign is chosen for it for the first time. */
  offered: (campaign: string) => `${offeredPrefix}${campaign}`,
  heldOut: (campaign: string) => `${heldOutPrefix}${campaign}`,
}

type Marks = Readonly<Record<string, MarkValue>>

export const numberMark = (marks: Marks, name: string): number => {
  const value = marks[name]
  return typeof value === 'number' ? value : 0
}

/** @returns the campaign and the arm that a mark says, or undefined: it is another mark. */
export const armOfMark = (name: string): { campaign: string; arm: 'shown' | 'held-out' } | undefined => {
  if (name.startsWith(offeredPrefix)) return { campaign: name.slice(offeredPrefix.length), arm: 'shown' }
  if (name.startsWith(heldOutPrefix)) return { campaign: name.slice(heldOutPrefix.length), arm: 'held-out' }
  return undefined
}

const united = (name: string, from: MarkValue | undefined, into: MarkValue): MarkValue => {
  if (typeof from !== 'number' || typeof into !== 'number') return into
  if (name === promotedMark.count || name.startsWith(shownPrefix)) return from + into
  return name === promotedMark.at ? Math.max(from, into) : into
}

/** Of two visits that turn out to be one: what both have seen, the one has seen. */
export const unitedMarks = (from: Marks, into: Marks): Marks => ({
  ...from,
  ...Object.fromEntries(Object.entries(into).map(([name, value]) => [name, united(name, from[name], value)])),
})

type Phrase = Readonly<Record<string, string>>

const hasWords = (words: Phrase | undefined): boolean => words !== undefined && Object.keys(words).length > 0

/** The words that were agreed to with the item; beside a picture without words those of the campaign, or its name. */
export const promotedWords = (
  content: Pick<ContentInForce, 'words'> | null,
  campaign: Partial<Pick<CampaignRow, 'words' | 'title'>>,
): Phrase => [content?.words, campaign.words, campaign.title].find(hasWords) ?? {}

/** What a promotion shows: what is in force of the campaign's item, or the campaign's own words alone. */
export const promotionContent = (content: ContentInForce | null, words: Words[]): Content => ({
  ...(content !== null && { item: content.item }),
  ...(content?.media != null && { media: content.media }),
  template: 'promotion',
  words,
})
