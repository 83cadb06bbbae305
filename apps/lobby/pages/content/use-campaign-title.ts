/** What a campaign is called: one of the branch file has no title, and goes by what it says. */
import { campaignName } from '#protocol/campaign-name.ts'
import type { CampaignTold } from '#protocol/desk/content-routes.ts'
import { titleIn, useTongue } from '../../../ui/words.ts'
import { useTable } from '../../live/use-live.ts'

export const useCampaignTitle = (): ((campaign: CampaignTold) => string) => {
  const tongue = useTongue()
  const rows = useTable('campaigns')
  return ({ id, title, product }) => {
    const words = rows.find((row) => row.id === id)?.words ?? {}
    return titleIn(title, tongue) || campaignName(titleIn(words, tongue)) || product
  }
}
