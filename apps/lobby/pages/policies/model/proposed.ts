/** What waits for a second person, held against what is in force, and against what somebody still types. */
import type { FlowTold, ProposalTold } from '#protocol/desk/look/flows.ts'
import { autonomyKey, type Difference, type Draft, isSame, type Order } from './draft.ts'
import type { Values } from './fields.ts'

export const valuesOf = ({ policy, autonomy }: Pick<ProposalTold, 'policy' | 'autonomy'>): Values => ({
  ...policy,
  [autonomyKey]: autonomy,
})

export const proposedChanges = (
  { policy, autonomy }: Pick<FlowTold, 'policy' | 'autonomy'>,
  proposal: Pick<ProposalTold, 'policy' | 'autonomy'>,
): readonly Difference[] => {
  const now: Values = { ...policy, [autonomyKey]: autonomy }
  return Object.entries(valuesOf(proposal))
    .filter(([name, is]) => !isSame(is, now[name]))
    .map(([name, is]) => ({ name, was: now[name] ?? null, is }))
}

/** As it would be tried. */
export const proposedOrder = (
  flow: Pick<FlowTold, 'policy' | 'autonomy' | 'revision'>,
  proposal: Pick<ProposalTold, 'policy' | 'autonomy'>,
): Order => {
  const changes = proposedChanges(flow, proposal).filter(({ name }) => name !== autonomyKey)
  return {
    autonomy: proposal.autonomy === flow.autonomy ? null : proposal.autonomy,
    policy: Object.fromEntries(changes.map(({ name, is }) => [name, is])),
    revision: flow.revision,
  }
}

/** All of it has been given to a second person: there is nothing left to be sent. */
export const isAskedFor = ({ changes }: Draft, proposal: Pick<ProposalTold, 'policy' | 'autonomy'>) => {
  const values = valuesOf(proposal)
  const wanted = Object.entries(changes)
  return wanted.length > 0 && wanted.every(([name, is]) => isSame(is, values[name]))
}
