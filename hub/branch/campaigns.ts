/**
 * Campaigns are switched on and off by people. What they set outlives the branch file being read again, until the file
 * itself changes that campaign: then it is as the file says, which is on.
 */
import type { CampaignRow } from '#protocol/model.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { Turn } from '../engine/turn.ts'
import * as declared from './declared-rows.ts'
import { refreshConfigs } from './device-config.ts'
import type { BranchFile } from './file.ts'

type Item = BranchFile['campaigns'][number]

/** @param was the campaign in the file that was in force before. */
const campaignFrom = (item: Item, known: CampaignRow | undefined, was: Item | undefined): CampaignRow => {
  const row = declared.campaignRow(item)
  const kept = known?.on === false && was !== undefined && canonicalJson(was) === canonicalJson(item)
  return kept ? { ...row, on: false } : row
}

export const setCampaign = (turn: Turn, id: string, { on, by }: { on: boolean; by: string }) => {
  const row = turn.state.campaigns.get(id)
  if (row === undefined || (row.on !== false) === on) return
  const { revision } = row
  turn.state.campaigns.put(id, { ...row, on, ...(revision !== undefined && { revision: revision + 1 }) })
  turn.record({ kind: 'policy', code: on ? 'campaign.on' : 'campaign.off', params: { by, campaign: id } })
  if (row.item != null) refreshConfigs(turn)
  turn.stir()
}

/** The branch file says which campaigns there are; those made in the app stay, but for one whose name the file takes. */
export const applyCampaigns = (turn: Turn, file: BranchFile, before: BranchFile | undefined) => {
  const { campaigns } = turn.state
  for (const item of file.campaigns) {
    const known = campaigns.get(item.id)
    const was = before?.campaigns.find(({ id }) => id === item.id)
    if (known?.origin === 'desk')
      turn.record({ kind: 'policy', code: 'campaign.replaced', params: { campaign: item.id } })
    campaigns.put(item.id, campaignFrom(item, known?.origin === 'desk' ? undefined : known, was))
  }
  const listed = new Set(file.campaigns.map(({ id }) => id))
  for (const { id, origin } of campaigns.values())
    if (origin !== 'desk' && !listed.has(id)) campaigns.drop(id)
}
