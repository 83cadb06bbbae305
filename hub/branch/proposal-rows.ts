/**
 * Settings that wait for a second person, as rows: one for each flow, with what became of the last one for a day. They end
 * by a person, by a stored timer, or because what was to be agreed to is not what it was any more.
 */
import type { FlowProposalRow, ProposalState } from '#protocol/model.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { beyondBounds } from './bounds.ts'

export const proposalPrefix = 'branch/proposal/'
const ownerOf = (flow: string) => `${proposalPrefix}${flow}`

/** A shift later somebody else leads the branch; a day later nobody means it any more. */
const openForMs = 24 * 3_600_000
/** So long who asked can see what became of it. */
const rememberMs = 24 * 3_600_000

export const openProposal = (state: BranchState, flow: string): FlowProposalRow | undefined => {
  const row = state.flowProposals.get(flow)
  return row?.state === 'open' ? row : undefined
}

export type Proposed = Pick<
  FlowProposalRow,
  'flow' | 'autonomy' | 'policy' | 'revision' | 'beyond' | 'reason' | 'askedBy'
>

export const putProposal = (turn: Turn, proposed: Proposed): FlowProposalRow => {
  const row: FlowProposalRow = {
    ...proposed,
    id: turn.id('proposal'),
    askedAt: turn.at,
    endsAt: turn.at + openForMs,
    state: 'open',
    endedBy: null,
    endedAt: null,
    endReason: null,
  }
  const owner = ownerOf(row.flow)
  turn.state.flowProposals.put(row.flow, row)
  turn.clearTimer(owner, 'forget')
  // A person is meant to answer, but a time that was told is kept: no grace after a start.
  turn.setTimer(owner, 'ends', { deadline: row.endsAt, graced: false })
  return row
}

interface End {
  readonly state: Exclude<ProposalState, 'open'>
  readonly by: string | null
  readonly reason?: string | null
}

export const endProposal = (turn: Turn, row: FlowProposalRow, { state, by, reason = null }: End): void => {
  const owner = ownerOf(row.flow)
  turn.state.flowProposals.put(row.flow, {
    ...row,
    state,
    endedBy: by,
    endedAt: turn.at,
    endReason: reason,
  })
  turn.clearTimer(owner, 'ends')
  turn.setTimer(owner, 'forget', { deadline: turn.at + rememberMs, graced: false })
  const { id, flow, askedBy } = row
  turn.record({
    kind: 'policy',
    flow,
    code: `proposal.${state}`,
    params: { proposal: id, askedBy, ...(by !== null && { by }), ...(reason !== null && { reason }) },
  })
}

/** The flow was set otherwise, or is another version now: what waits was held against what is gone. */
export const overtakeProposal = (turn: Turn, flow: string, by: string): void => {
  const row = openProposal(turn.state, flow)
  if (row !== undefined) endProposal(turn, row, { state: 'overtaken', by })
}

/** Bounds are part of what a second person agrees to: drawn otherwise around what waits, it is asked anew. */
export const followBounds = (turn: Turn, by: string): void => {
  for (const row of turn.state.flowProposals.values()) {
    if (row.state !== 'open') continue
    if (canonicalJson(beyondBounds(turn.state, row)) !== canonicalJson(row.beyond))
      endProposal(turn, row, { state: 'overtaken', by })
  }
}

export const onProposalEnds = (turn: Turn, flow: string): void => {
  const row = openProposal(turn.state, flow)
  if (row !== undefined) endProposal(turn, row, { state: 'expired', by: null })
}

export const forgetProposal = (turn: Turn, flow: string): void => {
  if (openProposal(turn.state, flow) === undefined) turn.state.flowProposals.drop(flow)
}
