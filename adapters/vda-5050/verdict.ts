/**
 * What a robot's state says about an order of ours. VDA 5050 knows no failed and no cancelled order, so both are derived:
 * from its errors, the states of its actions, and what was asked of it.
 */
import type { ActionStatus, RobotError, RobotState } from './wire/robot-state.ts'

export interface OrderInHand {
  readonly orderId: string
  /** Of each time it was sent. */
  readonly headerIds: readonly number[]
  readonly targetNodeId: string
  readonly nodes: number
  readonly actionIds: readonly string[]
  /** The robot has named it as its order. */
  readonly isTaken: boolean
}

export type Verdict =
  /** It does not speak of it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'rejected'; readonly code: string; readonly note: string }
  | { readonly kind: 'underway'; readonly percent: number; readonly step: string }
  | { readonly kind: 'finished' }
  /** `isOver`: nothing is left to be cancelled. */
  | { readonly kind: 'failed'; readonly code: string; readonly note: string; readonly isOver: boolean }

const refersTo = (error: RobotError, order: Pick<OrderInHand, 'orderId' | 'headerIds'>) => {
  const value = (key: string) => error.references.find((one) => one.key === key)?.value
  const named = value('orderId')
  if (named !== undefined) return named === order.orderId
  const topic = value('topic')
  const headerId = value('headerId')
  return topic === 'order' && headerId !== undefined && order.headerIds.includes(Number(headerId))
}

/** What the hub records: the standard's own words where it has some. */
export const rejections: Readonly<Record<string, string>> = {
  'no-route-error': 'no-route',
  'validation-error': 'order-invalid',
  'order-error': 'order-rejected',
  'order-update-error': 'order-rejected',
}

const rejectionOf = (order: OrderInHand, { errors }: RobotState): Verdict | undefined => {
  // The newest stands last.
  const error = errors.findLast((one) => refersTo(one, order))
  if (error === undefined) return undefined
  return {
    kind: 'rejected',
    code: rejections[error.type] ?? 'order-rejected',
    note: error.text || error.type,
  }
}

const isOver = (status: ActionStatus | undefined) => status === 'FINISHED' || status === 'FAILED'

const statusesOf = (order: OrderInHand, { actions }: RobotState) =>
  order.actionIds.map((id) => actions.get(id)?.status)

/** Whether nothing of it is left to do. */
export const isOrderOver = (order: OrderInHand, state: RobotState): boolean =>
  state.orderId === order.orderId &&
  state.nodesLeft === 0 &&
  state.edgesLeft === 0 &&
  statusesOf(order, state).every(isOver)

const takesOrders = new Set(['AUTOMATIC', 'SEMIAUTOMATIC'])

export const isInControl = ({ operatingMode }: RobotState) => takesOrders.has(operatingMode)

const troubleOf = (order: OrderInHand, state: RobotState): { code: string; note: string } | undefined => {
  const failed = order.actionIds.find((id) => state.actions.get(id)?.status === 'FAILED')
  if (failed !== undefined)
    return { code: 'action-failed', note: state.actions.get(failed)?.result || 'An action failed.' }
  const fatal = state.errors.find(({ level }) => level === 'fatal')
  if (fatal !== undefined) return { code: fatal.type || 'robot-error', note: fatal.text || fatal.type }
  if (!isInControl(state)) return { code: 'taken-over', note: `The robot is in ${state.operatingMode}.` }
  return undefined
}

export const judge = (order: OrderInHand, state: RobotState): Verdict => {
  if (state.orderId !== order.orderId) {
    if (!order.isTaken) return rejectionOf(order, state) ?? { kind: 'unknown' }
    return { kind: 'failed', code: 'order-lost', note: 'The robot has another order now.', isOver: true }
  }
  const isDone = isOrderOver(order, state)
  const trouble = troubleOf(order, state)
  if (trouble !== undefined && !(isDone && trouble.code !== 'action-failed'))
    return { kind: 'failed', ...trouble, isOver: isDone }
  if (!isDone) return { kind: 'underway', percent: percentOf(order, state), step: stepOf(order, state) }
  if (state.lastNodeId !== order.targetNodeId)
    return { kind: 'failed', code: 'wrong-place', note: `It ended at ${state.lastNodeId}.`, isOver: true }
  return { kind: 'finished' }
}

/** Nodes and actions, each a step. */
const percentOf = (order: OrderInHand, state: RobotState) => {
  const steps = order.nodes + order.actionIds.length
  const left = state.nodesLeft + statusesOf(order, state).filter((status) => !isOver(status)).length
  return Math.min(99, Math.max(0, Math.round((100 * (steps - left)) / steps)))
}

const stepOf = (order: OrderInHand, state: RobotState) => {
  if (state.isPaused) return 'paused'
  if (state.isStopped || state.isFieldViolated) return 'stopped'
  if (state.isDriving) return 'driving'
  return statusesOf(order, state).includes('RUNNING') ? 'acting' : 'waiting'
}

export type CancelVerdict = 'stopped' | 'refused' | 'waiting'

/** What became of cancelOrder. An order that is over needs no answer to it. */
export const judgeCancel = (order: OrderInHand, state: RobotState, actionId: string): CancelVerdict => {
  const status = state.actions.get(actionId)?.status
  if (isOrderOver(order, state) || status === 'FINISHED') return 'stopped'
  const isOurs = state.orderId === order.orderId
  const answer = state.errors.findLast(({ references }) =>
    references.some(({ key, value }) => key === 'actionId' && value === actionId),
  )
  if (!isOurs && (order.isTaken || answer?.type === 'no-order-to-cancel')) return 'stopped'
  return status === 'FAILED' || answer !== undefined ? 'refused' : 'waiting'
}

/** What became of an instant action. */
export const judgeInstant = (
  state: RobotState,
  actionId: string,
): { readonly kind: 'waiting' | 'begun' | 'finished' | 'failed' | 'rejected'; readonly note: string } => {
  const action = state.actions.get(actionId)
  if (action?.status === 'FINISHED') return { kind: 'finished', note: action.result }
  if (action?.status === 'FAILED') return { kind: 'failed', note: action.result || 'The action failed.' }
  if (action !== undefined) return { kind: 'begun', note: '' }
  const answer = state.errors.findLast(({ references }) =>
    references.some(({ key, value }) => key === 'actionId' && value === actionId),
  )
  return answer === undefined
    ? { kind: 'waiting', note: '' }
    : { kind: 'rejected', note: answer.text || answer.type }
}
