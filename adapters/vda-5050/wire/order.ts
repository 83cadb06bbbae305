/** Orders and instant actions as a robot reads them. */
import { type Dialect, type Header, isThree } from './dialect.ts'

export interface Stop {
  readonly nodeId: string
  readonly position?:
    | {
        readonly x: number
        readonly y: number
        readonly mapId: string
        readonly theta?: number | undefined
        readonly allowedDeviationXY?: number | undefined
        readonly allowedDeviationTheta?: number | undefined
      }
    | undefined
  /** The edge that leads here; none for the first. */
  readonly edgeId?: string
  readonly actions: readonly OrderAction[]
}

export interface OrderAction {
  readonly actionId: string
  readonly actionType: string
  readonly parameters: Readonly<Record<string, string | number | boolean>>
}

type Position = NonNullable<Stop['position']>

/** From 3.0 on the deviation is an ellipse, before it was a radius. */
const deviationOf = (dialect: Dialect, metres: number) =>
  isThree(dialect) ? { a: metres, b: metres, theta: 0 } : metres

const positionOf = (dialect: Dialect, position: Position) => ({
  x: position.x,
  y: position.y,
  mapId: position.mapId,
  ...(position.theta !== undefined && { theta: position.theta }),
  ...(position.allowedDeviationXY !== undefined && {
    allowedDeviationXY: deviationOf(dialect, position.allowedDeviationXY),
  }),
  ...(position.allowedDeviationTheta !== undefined && {
    allowedDeviationTheta: position.allowedDeviationTheta,
  }),
})

const wireAction = ({ actionId, actionType, parameters }: OrderAction, blockingType: 'HARD' | 'NONE') => ({
  actionId,
  actionType,
  blockingType,
  actionParameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
})

/** Everything released at once: the hub's tasks are short and end at their last node. */
export const orderMessage = (
  dialect: Dialect,
  header: Header,
  { orderId, stops }: { readonly orderId: string; readonly stops: readonly Stop[] },
) => ({
  ...header,
  orderId,
  orderUpdateId: 0,
  nodes: stops.map(({ nodeId, position, actions }, index) => ({
    nodeId,
    sequenceId: index * 2,
    released: true,
    ...(position !== undefined && { nodePosition: positionOf(dialect, position) }),
    actions: actions.map((action) => wireAction(action, 'HARD')),
  })),
  edges: stops.slice(1).map(({ nodeId, edgeId }, index) => ({
    edgeId: edgeId ?? `${orderId}-${index * 2 + 1}`,
    sequenceId: index * 2 + 1,
    released: true,
    startNodeId: stops[index]?.nodeId ?? '',
    endNodeId: nodeId,
    actions: [],
  })),
})

export const instantMessage = (dialect: Dialect, header: Header, action: OrderAction) => {
  const actions = [wireAction(action, 'NONE')]
  const { instantActionsKey: key } = dialect
  return {
    ...header,
    ...(key !== 'instantActions' && { actions }),
    ...(key !== 'actions' && { instantActions: actions }),
  }
}
