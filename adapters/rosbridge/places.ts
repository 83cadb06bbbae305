/** The branch's places as poses on the robot's map. */
import type { Spot } from '#protocol/targets.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import { rowOf, spotOfRow } from '../shared/spots.ts'
import type { Place, RosbridgeConfig } from './config.ts'
import { type FloorPose, quaternionOf } from './wire/ros-messages.ts'

export interface Target {
  readonly x: number
  readonly y: number
  readonly yaw: number
  readonly dock?: string | undefined
}

type FloorPlan = Pick<RosbridgeConfig, 'places' | 'frame' | 'map'>

/** A robot that stands nearer than this to a place stands there. */
const atPlaceMetres = 0.5

export const metresBetween = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  Math.hypot(one.x - other.x, one.y - other.y)

/** @throws DeviceUnsupported `unknown-place` */
export const targetOf = (plan: FloorPlan, spot: Spot, how: { readonly zoneWill: boolean }): Target => {
  const { places, map } = plan
  const named = rowOf(places, spot, { zoneWill: false })
  if (named !== undefined) return named
  const { pose } = spot
  if (pose !== undefined && pose.map === map) return { x: pose.x, y: pose.y, yaw: pose.theta ?? 0 }
  const around = rowOf(places, spot, how)
  if (around !== undefined) return around
  throw new DeviceUnsupported('The spot is not in the table, and has no pose on the robot’s map.', {
    code: 'unknown-place',
  })
}

/** Where in the branch that is. */
export const spotAt = ({ places, frame, map }: FloorPlan, pose: FloorPose): Spot => {
  if (pose.frame !== frame) return {}
  const near = Object.entries(places)
    .map((row) => ({ row, metres: metresBetween(row[1], pose) }))
    .filter(({ metres }) => metres < atPlaceMetres)
    .sort((one, other) => one.metres - other.metres)[0]
  const { x, y, yaw: theta } = pose
  return { ...(near !== undefined && spotOfRow(near.row)), pose: { map, x, y, theta } }
}

/** The goal of NavigateToPose. Time zero: the newest transform that the robot has. */
export const poseStamped = ({ frame }: FloorPlan, { x, y, yaw }: Pick<Place, 'x' | 'y' | 'yaw'>) => ({
  header: { frame_id: frame, stamp: { sec: 0, nanosec: 0 } },
  pose: { position: { x, y, z: 0 }, orientation: quaternionOf(yaw) },
})
