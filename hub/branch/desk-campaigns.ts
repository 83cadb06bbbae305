/** Campaigns that are made in the app and kept by the hub: the branch file being read again leaves them alone. */
import type { NewCampaign } from '#protocol/desk/content-routes.ts'
import type { CampaignRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import type { ContentCommandOf as Of } from './content-commands.ts'

type Chosen = Pick<CampaignRow, 'value' | 'burden' | 'conflicts' | 'channels' | 'service'>

/** What nobody said is as it was: a page that does not know of it takes nothing away. */
const chosenBy = (wish: Partial<NewCampaign>, known: CampaignRow | undefined): Chosen => {
  const { value = known?.value, burden = known?.burden, conflicts = known?.conflicts } = wish
  const { channels = known?.channels, service = known?.service } = wish
  return {
    ...(value != null && { value }),
    ...(burden != null && { burden }),
    ...(conflicts != null && { conflicts }),
    ...(channels != null && { channels }),
    ...(service != null && { service }),
  }
}

/** Its words are those of the item, as they are in force at that moment. */
export const campaignFromDesk = (
  { campaign, runs, ...wish }: NewCampaign,
  known: CampaignRow | undefined,
): CampaignRow => ({
  id: campaign,
  product: wish.product,
  needsPerson: wish.needsPerson,
  segments: wish.segments,
  words: {},
  zones: wish.zones,
  from: runs.from,
  to: runs.to,
  hours: runs.hours,
  weekdays: runs.weekdays,
  perVisit: wish.perVisit,
  perDay: wish.perDay,
  holdoutShare: wish.holdoutShare,
  priority: wish.priority,
  on: wish.on,
  item: wish.item,
  origin: 'desk',
  title: wish.title,
  languages: wish.languages,
  revision: wish.revision + 1,
  ...chosenBy(wish, known),
})

export const putCampaign = (turn: Turn, { campaign, by }: Of<'campaign.put'>): void => {
  const row = campaignFromDesk(campaign, turn.state.campaigns.get(campaign.campaign))
  turn.state.campaigns.put(row.id, row)
  const { id, item, revision = 0, on = true } = row
  turn.record({
    kind: 'policy',
    code: 'campaign.put',
    params: { by, campaign: id, item: item ?? '', revision, on },
    more: { campaign: row },
  })
}

/** How often it was shown today is kept: made anew under its name it is still the same for who has seen it. */
export const dropCampaign = (turn: Turn, { campaign, by }: Of<'campaign.drop'>): void => {
  turn.state.campaigns.drop(campaign)
  turn.record({ kind: 'policy', code: 'campaign.dropped', params: { by, campaign } })
}
