/** Whether a flow may act at all now: its autonomy, a pause, its behaviour in the branch's mode. A person has the last word. */
import type { ModeBehaviour, Resting } from '#flows/define.ts'
import type { Autonomy, Mode } from '#protocol/model.ts'
import { isWatching, restingCode } from '../branch/resting.ts'
import type { Turn } from '../engine/turn.ts'
import type { Origin } from './origin.ts'

/** What the dispatcher needs to know of a flow. */
export interface FlowTraits {
  readonly pausable: boolean
  readonly resting?: Resting
  readonly modes: Readonly<Record<Mode, ModeBehaviour>>
}

export type FlowTable = Pick<ReadonlyMap<string, FlowTraits>, 'get'>

export const autonomyOf = (turn: Pick<Turn, 'state'>, flow: string): Autonomy =>
  turn.state.flowSettings.get(flow)?.autonomy ?? 'automatic'

/** @returns why the flow may not act now, or null. */
export const gateOf = (turn: Pick<Turn, 'state' | 'view'>, flows: FlowTable, flow: string): string | null => {
  const traits = flows.get(flow)
  const { mode, paused } = turn.view.branch
  if (autonomyOf(turn, flow) === 'off') return 'flow-off'
  if (paused !== null && traits?.pausable !== false) return 'paused'
  if (traits !== undefined && traits.modes[mode] !== 'run') return `mode.${mode}`
  return null
}

/** @returns why what this instance wants to begin may not begin, or null. What was begun before goes on. */
export const gateToBegin = (
  turn: Pick<Turn, 'state' | 'view'>,
  flows: FlowTable,
  { flow, instance }: Origin,
): string | null => {
  const gate = gateOf(turn, flows, flow)
  const resting = flows.get(flow)?.resting
  if (gate !== null || resting === undefined) return gate
  return isWatching(turn.state, { id: flow, resting }, instance) ? restingCode : null
}
