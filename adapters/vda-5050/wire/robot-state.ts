/**
 * What a robot says about itself, in one form for all versions. What decides (order, nodes and actions left) must be there
 * and right, or the message is refused: a list that is missing must not be taken for a list that is empty.
 */
import { z } from 'zod'

export type ActionStatus =
  | 'WAITING'
  | 'INITIALIZING'
  | 'RUNNING'
  | 'PAUSED'
  | 'RETRIABLE'
  | 'FINISHED'
  | 'FAILED'

export interface RobotError {
  /** In one spelling: `noRouteError` and `NO_ROUTE_ERROR` are `no-route-error`. */
  readonly type: string
  readonly level: 'warning' | 'fatal'
  readonly text: string
  readonly references: readonly { readonly key: string; readonly value: string }[]
}

export interface RobotState {
  readonly headerId: number
  readonly sentAt: number | undefined
  readonly orderId: string
  readonly lastNodeId: string
  readonly nodesLeft: number
  readonly edgesLeft: number
  /** Of the order and instant ones, by their id. */
  readonly actions: ReadonlyMap<string, { readonly status: ActionStatus; readonly result: string }>
  readonly isDriving: boolean
  readonly isPaused: boolean
  readonly battery: { readonly percent: number; readonly charging: boolean } | undefined
  readonly position:
    | { readonly x: number; readonly y: number; readonly theta: number; readonly mapId: string }
    | undefined
  /** As the robot names it; orders are taken in `AUTOMATIC`, and gone on with in `SEMIAUTOMATIC`. */
  readonly operatingMode: string
  readonly errors: readonly RobotError[]
  readonly isStopped: boolean
  readonly isFieldViolated: boolean
}

const word = z.string().max(4_000)

const ActionState = z.object({
  actionId: word,
  actionStatus: z.enum(['WAITING', 'INITIALIZING', 'RUNNING', 'PAUSED', 'RETRIABLE', 'FINISHED', 'FAILED']),
  resultDescription: word.optional().catch(undefined),
  actionResult: word.optional().catch(undefined),
})

const WireError = z.object({
  errorType: word,
  errorLevel: word.catch('WARNING'),
  errorDescription: word.catch(''),
  errorReferences: z.array(z.unknown()).catch([]),
})
const Reference = z.object({ referenceKey: word, referenceValue: z.union([word, z.number()]) })

const Position = z.object({ x: z.number(), y: z.number(), theta: z.number(), mapId: word })

const Wire = z.object({
  headerId: z.int().min(0),
  timestamp: word.optional().catch(undefined),
  orderId: word,
  lastNodeId: word,
  nodeStates: z.array(z.unknown()),
  edgeStates: z.array(z.unknown()),
  actionStates: z.array(ActionState),
  instantActionStates: z.array(ActionState).default([]),
  driving: z.boolean().catch(false),
  paused: z.boolean().catch(false),
  batteryState: z.object({ batteryCharge: z.number(), charging: z.boolean() }).optional().catch(undefined),
  powerSupply: z.object({ stateOfCharge: z.number(), charging: z.boolean() }).optional().catch(undefined),
  agvPosition: Position.extend({ positionInitialized: z.boolean().catch(true) })
    .optional()
    .catch(undefined),
  mobileRobotPosition: Position.extend({ localized: z.boolean().catch(true) })
    .optional()
    .catch(undefined),
  operatingMode: word,
  errors: z.array(z.unknown()),
  // Required by every version. Whoever leaves it out may stand still for a reason that is not known here.
  safetyState: z.object({
    eStop: word.optional(),
    activeEmergencyStop: word.optional(),
    fieldViolation: z.boolean(),
  }),
})
type Wire = z.infer<typeof Wire>

export const inOneSpelling = (type: string) =>
  type
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)

/** FATAL, and from 3.0 on CRITICAL: it does not go on without somebody's hands. */
const levelOf = (level: string) => (level === 'FATAL' || level === 'CRITICAL' ? 'fatal' : 'warning')

const errorOf = (given: unknown): RobotError[] => {
  const error = WireError.safeParse(given).data
  if (error === undefined) return []
  return [
    {
      type: inOneSpelling(error.errorType),
      level: levelOf(error.errorLevel),
      text: error.errorDescription,
      references: error.errorReferences.flatMap((one) => {
        const reference = Reference.safeParse(one).data
        return reference === undefined
          ? []
          : [{ key: reference.referenceKey, value: String(reference.referenceValue) }]
      }),
    },
  ]
}

const batteryOf = ({ batteryState, powerSupply }: Wire) => {
  const percent = powerSupply?.stateOfCharge ?? batteryState?.batteryCharge
  if (percent === undefined) return undefined
  const charging = powerSupply?.charging ?? batteryState?.charging ?? false
  return { percent: Math.min(100, Math.max(0, percent)), charging }
}

const positionIn = ({ agvPosition, mobileRobotPosition }: Wire) => {
  const isKnown = mobileRobotPosition?.localized ?? agvPosition?.positionInitialized ?? false
  const position = mobileRobotPosition ?? agvPosition
  if (position === undefined || !isKnown) return undefined
  const { x, y, theta, mapId } = position
  return { x, y, theta, mapId }
}

/** Milliseconds since 1970; undefined where it is no time. */
export const timeOf = (timestamp: string | undefined): number | undefined => {
  const at = timestamp === undefined ? Number.NaN : Date.parse(timestamp)
  return Number.isNaN(at) ? undefined : at
}

/** @returns undefined when it is not what a robot must say. */
export const readState = (given: unknown): RobotState | undefined => {
  const wire = Wire.safeParse(given).data
  if (wire === undefined) return undefined
  const { eStop, activeEmergencyStop, fieldViolation } = wire.safetyState
  return {
    headerId: wire.headerId,
    sentAt: timeOf(wire.timestamp),
    orderId: wire.orderId,
    lastNodeId: wire.lastNodeId,
    nodesLeft: wire.nodeStates.length,
    edgesLeft: wire.edgeStates.length,
    actions: new Map(
      [...wire.actionStates, ...wire.instantActionStates].map((action) => [
        action.actionId,
        { status: action.actionStatus, result: action.resultDescription ?? action.actionResult ?? '' },
      ]),
    ),
    isDriving: wire.driving,
    isPaused: wire.paused,
    battery: batteryOf(wire),
    position: positionIn(wire),
    operatingMode: wire.operatingMode,
    errors: wire.errors.flatMap(errorOf),
    isStopped: (activeEmergencyStop ?? eStop ?? 'NONE') !== 'NONE',
    isFieldViolated: fieldViolation,
  }
}

const isOver = (status: ActionStatus) => status === 'FINISHED' || status === 'FAILED'

/**
 * Whether it has an order that is not over.
 * @param instant ids of instant actions: up to 2.1 they stand in one list with those of the order.
 */
export const isUnderWay = (state: RobotState, instant: ReadonlySet<string>): boolean =>
  state.orderId !== '' &&
  (state.nodesLeft > 0 ||
    state.edgesLeft > 0 ||
    [...state.actions].some(([id, { status }]) => !instant.has(id) && !isOver(status)))
