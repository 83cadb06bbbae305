/**
 * A campaign that a person promotes by hand: what is shown of it, and whether its caps leave room for it. Beyond a cap it
 * is shown only with the person's reason, which goes on record with the task.
 */
import { numberMark, promotedMark, promotedWords } from '#flows/promoted.ts'
import { UsherError } from '#protocol/errors.ts'
import type { FactTypes } from '#protocol/flow-events.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { BranchView, CampaignRow, VisitRow } from '#protocol/model.ts'

type Asked = Pick<FactTypes['work.asked'], 'campaign' | 'beyondCap'>

export interface CampaignWish {
  readonly campaign: string
  readonly visit: VisitRow | undefined
  readonly beyondCap: string | undefined
}

/** What is on its way to this visit counts as seen. */
const timesSeen = (view: BranchView, campaign: string, { id, marks }: VisitRow): number =>
  numberMark(marks, promotedMark.shown(campaign)) + (view.isPromotedTo(id, campaign) ? 1 : 0)

const capReached = (
  view: BranchView,
  { id, perDay, perVisit }: CampaignRow,
  visit: VisitRow | undefined,
): string | undefined => {
  if (view.taken(id) >= perDay) return 'cap-day'
  return visit !== undefined && timesSeen(view, id, visit) >= perVisit ? 'cap-visit' : undefined
}

/** @throws UsherError where it is not there, off, not approved, or capped and nobody says why it is shown all the same */
export const campaignAsked = (view: BranchView, { campaign, visit, beyondCap }: CampaignWish): Asked => {
  const row = view.campaigns().find(({ id }) => id === campaign)
  if (row === undefined) throw new UsherError('campaign.unknown', campaign)
  if (row.on === false) throw new UsherError('campaign.off', campaign)
  const content = row.item == null ? null : view.content(row.item)
  if (content === undefined) throw new UsherError('campaign.no-content', campaign)
  const cap = capReached(view, row, visit)
  if (cap !== undefined && beyondCap === undefined)
    throw new UsherError('campaign.capped', `${campaign}: ${cap}`)
  const { id, product, needsPerson } = row
  const words = promotedWords(content, row)
  return {
    campaign: { id, product, words, needsPerson, ...(content !== null && { content }) },
    ...(cap !== undefined && beyondCap !== undefined && { beyondCap }),
  }
}

/** Whoever gave a reason once need not give it again. */
export const checkPromotedAgain = (view: BranchView, { capability, subject, because }: TaskIntent): void => {
  if (capability !== 'promote' || subject.campaign === undefined) return
  const why = because.code === 'asked-beyond-cap' ? because.params?.['why'] : undefined
  campaignAsked(view, {
    campaign: subject.campaign,
    visit: subject.visit === undefined ? undefined : view.visit(subject.visit),
    beyondCap: typeof why === 'string' ? why : undefined,
  })
}
