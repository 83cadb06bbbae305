/**
 * Campaigns are switched on and off by people. What they set outlives the branch file being read again, until the file
 * itself changes that campaign: then it is as the file says, which is on.
 */
import type { CampaignRow } from '#protocol/model.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { Turn } from '../engine/turn.ts'
import * as declared from './declared-rows.ts'
import type { BranchFile } from './file.ts'

type Item = BranchFile['campaigns'][number]

/** @param was the campaign in the file that was in force before. */
export const campaignFrom = (
  item: Item,
  known: CampaignRow | undefined,
  was: Item | undefined,
): CampaignRow => {
  const row = declared.campaignRow(item)
  const kept = known?.on === false && was !== undefined && canonicalJson(was) === canonicalJson(item)
  return kept ? { ...row, on: false } : row
}

export const setCampaign = (turn: Turn, id: string, { on, by }: { on: boolean; by: string }) => {
  const row = turn.state.campaigns.get(id)
  if (row === undefined || (row.on !== false) === on) return
  turn.state.campaigns.put(id, { ...row, on })
  turn.record({ kind: 'policy', code: on ? 'campaign.on' : 'campaign.off', params: { by, campaign: id } })
  turn.stir()
}
