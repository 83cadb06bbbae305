/** Setting a flow, and what became of it: also of what was sent before somebody left this page and came back. */
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { isUnderWay } from '../../live/send-once.ts'
import { type CommandLife, useLastLife, useLives, useSendOnce } from '../../live/use-commands.ts'
import type { Order } from './model/draft.ts'

type Autonomy = LiveFlow['autonomy']
type ParamsOf<Name> = Extract<CommandLife['command'], { name: Name }>['params']
type OrderParams = ParamsOf<'flow.set'> | ParamsOf<'flow.propose'>

export interface FlowLife {
  readonly life: CommandLife
  readonly params: OrderParams
  readonly isUnderWay: boolean
}

const useFlowLife = (flow: string, isMeant: (params: OrderParams) => boolean): FlowLife | undefined => {
  const lives = useLives()
  for (const life of [...lives].reverse()) {
    if (life.command.name !== 'flow.set' && life.command.name !== 'flow.propose') continue
    const { params } = life.command
    if (params.flow !== flow || !isMeant(params)) continue
    return { life, params, isUnderWay: isUnderWay(life) }
  }
  return undefined
}

/** Only how it runs. */
export const useAutonomyLife = (flow: string): FlowLife | undefined =>
  useFlowLife(flow, ({ policy }) => policy === null)

/** Sent from the review, to be set or to be agreed to. */
export const useReviewLife = (flow: string): FlowLife | undefined =>
  useFlowLife(flow, ({ policy }) => policy !== null)

export interface ProposalLife {
  readonly life: CommandLife
  readonly isUnderWay: boolean
}

/** What somebody decided here on what waits for a second person. */
export const useProposalLife = (proposal: string | undefined): ProposalLife | undefined => {
  const life = useLastLife(
    ({ command }) =>
      (command.name === 'flow.approve' ||
        command.name === 'flow.decline' ||
        command.name === 'flow.withdraw') &&
      command.params.proposal === proposal,
  )
  return life && { life, isUnderWay: isUnderWay(life) }
}

interface Proposed {
  readonly flow: string
  readonly proposal: string
}

export interface FlowCommands {
  readonly setAutonomy: (flow: { readonly id: string; readonly revision: number }, to: Autonomy) => void
  readonly sendOrder: (flow: string, order: Order, reason: string | null) => void
  readonly propose: (flow: string, order: Order, reason: string) => void
  readonly approve: (proposed: Proposed) => void
  readonly decline: (proposed: Proposed, reason: string | null) => void
  readonly withdraw: (proposed: Proposed) => void
}

export const useFlowCommands = (): FlowCommands => {
  const send = useSendOnce()
  return {
    setAutonomy: ({ id, revision }, autonomy) => {
      send({ name: 'flow.set', params: { flow: id, autonomy, policy: null, revision, reason: null } })
    },
    sendOrder: (flow, order, reason) => {
      send({ name: 'flow.set', params: { flow, ...order, reason } })
    },
    propose: (flow, order, reason) => {
      send({ name: 'flow.propose', params: { flow, ...order, reason } })
    },
    approve: (proposed) => {
      send({ name: 'flow.approve', params: proposed })
    },
    decline: (proposed, reason) => {
      send({ name: 'flow.decline', params: { ...proposed, reason } })
    },
    withdraw: (proposed) => {
      send({ name: 'flow.withdraw', params: proposed })
    },
  }
}
