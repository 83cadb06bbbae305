/** Setting a flow, and what became of it: also of what was sent before somebody left this page and came back. */
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { type CommandLife, useLives, useSend } from '../../live/use-commands.ts'
import type { Order } from './model/draft.ts'

type Autonomy = LiveFlow['autonomy']
type SetParams = Extract<CommandLife['command'], { name: 'flow.set' }>['params']

export interface FlowLife {
  readonly life: CommandLife
  readonly params: SetParams
  readonly isUnderWay: boolean
}

const useFlowLife = (flow: string, isMeant: (params: SetParams) => boolean): FlowLife | undefined => {
  const lives = useLives()
  for (const life of [...lives].reverse()) {
    if (life.command.name !== 'flow.set') continue
    const { params } = life.command
    if (params.flow !== flow || !isMeant(params)) continue
    return { life, params, isUnderWay: life.state !== 'done' && life.state !== 'failed' }
  }
  return undefined
}

/** Only how it runs. */
export const useAutonomyLife = (flow: string): FlowLife | undefined =>
  useFlowLife(flow, ({ policy }) => policy === null)

/** Sent from the review. */
export const useReviewLife = (flow: string): FlowLife | undefined =>
  useFlowLife(flow, ({ policy }) => policy !== null)

export interface FlowCommands {
  readonly setAutonomy: (flow: { readonly id: string; readonly revision: number }, to: Autonomy) => void
  readonly sendOrder: (flow: string, order: Order, reason: string | null) => void
}

export const useFlowCommands = (): FlowCommands => {
  const send = useSend()
  return {
    setAutonomy: ({ id, revision }, autonomy) => {
      send({ name: 'flow.set', params: { flow: id, autonomy, policy: null, revision, reason: null } })
    },
    sendOrder: (flow, order, reason) => {
      send({ name: 'flow.set', params: { flow, ...order, reason } })
    },
  }
}
