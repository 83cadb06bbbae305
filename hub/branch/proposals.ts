/**
 * Beyond head office's bounds a setting needs a second person and a reason. Who asked never agrees to it himself, from
 * whichever page: looked at before it becomes an entry, and once more in the entry, where what slipped through changes nothing.
 */
import { UsherError } from '#protocol/errors.ts'
import type { FlowProposalRow } from '#protocol/model.ts'
import type { Command } from '../engine/entry.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { beyondBounds, sayBeyond } from './bounds.ts'
import { conflict } from './other-revision.ts'
import { endProposal, openProposal, putProposal } from './proposal-rows.ts'
import { setFlow } from './settings.ts'

export type ProposalCommand = Extract<
  Command,
  { name: 'flow.propose' | 'flow.approve' | 'flow.decline' | 'flow.withdraw' }
>
type Of<Name extends ProposalCommand['name']> = Extract<ProposalCommand, { name: Name }>

export const isProposal = (command: Command): command is ProposalCommand =>
  command.name === 'flow.propose' ||
  command.name === 'flow.approve' ||
  command.name === 'flow.decline' ||
  command.name === 'flow.withdraw'

const refuseMoved = (state: BranchState, flow: string, revision: number): UsherError | undefined => {
  const current = state.flowSettings.get(flow)?.revision ?? 0
  return conflict(revision, current)
}

/** What one person may set himself is set, not proposed: an act of one never goes under the name of an act of two. */
const refusePropose = (state: BranchState, command: Of<'flow.propose'>): UsherError | undefined => {
  const { flow, revision } = command
  const moved = refuseMoved(state, flow, revision)
  if (moved !== undefined) return moved
  const waiting = openProposal(state, flow)
  if (waiting !== undefined)
    return new UsherError('proposal.waits', `${waiting.id}, asked for by ${waiting.askedBy}.`)
  return beyondBounds(state, command).length > 0 ? undefined : new UsherError('proposal.needless', flow)
}

const refuseApprove = (state: BranchState, row: FlowProposalRow, by: string): UsherError | undefined =>
  by === row.askedBy
    ? new UsherError('proposal.own', `${row.id} was asked for by ${row.askedBy}.`)
    : refuseMoved(state, row.flow, row.revision)

/** @returns why this person may not do this with this proposal now, or undefined. */
export const refuseProposal = (state: BranchState, command: ProposalCommand): UsherError | undefined => {
  if (command.name === 'flow.propose') return refusePropose(state, command)
  const { name, flow, proposal, by } = command
  const row = state.flowProposals.get(flow)
  if (row?.id !== proposal) return new UsherError('proposal.unknown', proposal)
  if (row.state === 'overtaken' && name === 'flow.approve')
    return new UsherError('config.conflict', `${row.endedBy} has changed it since.`)
  if (row.state !== 'open') return new UsherError('proposal.ended', `${row.id}: ${row.state}.`)
  if (name === 'flow.approve') return refuseApprove(state, row, by)
  const isOwn = by === row.askedBy
  if (name === 'flow.withdraw')
    return isOwn ? undefined : new UsherError('proposal.others', `asked for by ${row.askedBy}.`)
  return isOwn ? new UsherError('proposal.own', row.id) : undefined
}

const propose = (turn: Turn, command: Of<'flow.propose'>): void => {
  const { flow, autonomy, policy, revision, reason, by } = command
  const beyond = beyondBounds(turn.state, command)
  const row = putProposal(turn, { flow, autonomy, policy, revision, beyond, reason, askedBy: by })
  turn.record({
    kind: 'policy',
    flow,
    code: 'proposal.made',
    params: { by, proposal: row.id, reason, beyond: sayBeyond(beyond), until: row.endsAt },
    more: { policy, autonomy, revision, beyond },
  })
}

/** His wish, and his reason, with the second person's name beside it. */
const approve = (turn: Turn, row: FlowProposalRow, by: string): void => {
  const { flow, autonomy, policy, askedBy, reason } = row
  endProposal(turn, row, { state: 'approved', by })
  setFlow(turn, flow, { autonomy, policy, by: askedBy, reason, approvedBy: by })
}

export const onProposal = (turn: Turn, command: ProposalCommand): void => {
  if (refuseProposal(turn.state, command) !== undefined) return
  if (command.name === 'flow.propose') return propose(turn, command)
  const row = openProposal(turn.state, command.flow)
  if (row === undefined) return
  const { by } = command
  switch (command.name) {
    case 'flow.approve':
      return approve(turn, row, by)
    case 'flow.decline':
      return endProposal(turn, row, { state: 'declined', by, reason: command.reason })
    case 'flow.withdraw':
      return endProposal(turn, row, { state: 'withdrawn', by })
  }
}
