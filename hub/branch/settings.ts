/**
 * How each flow is set: off, on suggestion or automatic, and its policy. A change keeps what it does not name, and
 * carries a revision, so that of two editors the second sees that the first was there.
 */
import type { Autonomy, FlowSettingRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { overtakeProposal } from './proposal-rows.ts'
import { keepFlow } from './versions-kept.ts'

export interface FlowChange {
  readonly autonomy: Autonomy | null
  readonly policy: Readonly<Record<string, unknown>> | null
  readonly by: string
  readonly reason?: string | null | undefined
  /** The second person, where one was needed. */
  readonly approvedBy?: string
}

/** What holds for a flow that nobody has set: automatic, with the defaults of its policy schema. */
const blank = (flow: string): FlowSettingRow => ({
  id: flow,
  autonomy: 'automatic',
  policy: {},
  revision: 0,
  setBy: 'default',
  setAt: 0,
})

export const setFlow = (turn: Turn, flow: string, change: FlowChange) => {
  const { autonomy, policy, by, reason = null, approvedBy = null } = change
  const row = turn.state.flowSettings.get(flow) ?? blank(flow)
  const next: FlowSettingRow = {
    ...row,
    autonomy: autonomy ?? row.autonomy,
    policy: policy === null ? row.policy : { ...row.policy, ...policy },
    revision: row.revision + 1,
    setBy: by,
    setAt: turn.at,
    reason,
    approvedBy,
  }
  turn.state.flowSettings.put(flow, next)
  keepFlow(turn, next, row)
  turn.record({
    kind: 'policy',
    flow,
    code: 'policy.set',
    params: {
      by,
      revision: next.revision,
      autonomy: next.autonomy,
      ...(reason !== null && { reason }),
      ...(approvedBy !== null && { approvedBy }),
    },
    more: { policy: next.policy },
  })
  overtakeProposal(turn, flow, by)
  turn.stir()
}
