/** What the hub is told of a robot's condition, from what it reports. */
import { idPattern } from '#protocol/ids.ts'
import type { DeviceState } from '#protocol/messages.ts'
import { type FloorPlan, placeAt } from './route.ts'
import { isInControl } from './verdict.ts'
import type { RobotState } from './wire/robot-state.ts'

/** Answers to what was asked of it: they say nothing about the robot's health. */
const answers = new Set([
  'order-error',
  'order-update-error',
  'no-route-error',
  'no-order-to-cancel',
  'validation-error',
  'instant-action-error',
  'order-action-error',
])

const reasonsMax = 8

/** Beside those, errors are told by the robot's own names. */
export const ownReasons = {
  stop: 'emergency-stop',
  field: 'protective-field',
  nameless: 'robot-error',
} as const

const healthOf = (state: RobotState): NonNullable<DeviceState['health']> => {
  const own = state.errors.filter(({ type }) => !answers.has(type))
  const reasons = [
    ...(state.isStopped ? [ownReasons.stop] : []),
    ...(state.isFieldViolated ? [ownReasons.field] : []),
    ...new Set(own.map(({ type }) => type || ownReasons.nameless)),
  ].slice(0, reasonsMax)
  if (own.some(({ level }) => level === 'fatal')) return { level: 'faulted', reasons }
  return reasons.length === 0 ? { level: 'ok' } : { level: 'degraded', reasons }
}

const spotOf = (map: FloorPlan, { lastNodeId, position, isDriving }: RobotState): DeviceState['spot'] => {
  const place = isDriving ? undefined : placeAt(map, lastNodeId)
  const zone = place === undefined ? undefined : map.places[place]?.zone
  const pose =
    position !== undefined && idPattern.test(position.mapId)
      ? { map: position.mapId, x: position.x, y: position.y, theta: position.theta }
      : undefined
  return {
    ...(place !== undefined && { place }),
    ...(zone !== undefined && { zone }),
    ...(pose !== undefined && { pose }),
  }
}

export const unwilling = ['emergency-stop', 'semi-automatic', 'not-automatic', 'robot-paused'] as const

/** Why it would not take an order now, in a code; undefined: it would. */
export const unwillingness = (state: RobotState): (typeof unwilling)[number] | undefined => {
  if (state.isStopped) return 'emergency-stop'
  if (state.operatingMode !== 'AUTOMATIC') return isInControl(state) ? 'semi-automatic' : 'not-automatic'
  return state.isPaused ? 'robot-paused' : undefined
}

export const conditionOf = (
  map: FloorPlan,
  state: RobotState,
  { isForeign }: { readonly isForeign: boolean },
): Omit<DeviceState, 'boot' | 'n'> => ({
  health: healthOf(state),
  ...(state.battery !== undefined && { battery: state.battery }),
  spot: spotOf(map, state),
  busy: isForeign,
  blocked: state.isStopped || state.isFieldViolated,
  willing: unwillingness(state) === undefined,
})
