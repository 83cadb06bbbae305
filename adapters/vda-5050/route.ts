/** From the hub's spots to the robots' map: which place is meant, and over which places the way leads there. */
import type { Spot } from '#protocol/targets.ts'
import { DeviceBusy, DeviceUnsupported } from '../sdk/errors.ts'
import type { Place, Vda5050Config, Way } from './config.ts'
import type { Stop } from './wire/order.ts'
import type { RobotState } from './wire/robot-state.ts'

export type FloorPlan = Pick<Vda5050Config, 'places' | 'ways'>

export interface Target {
  readonly nodeId: string
  readonly position: NonNullable<Stop['position']>
}

/** A robot that stands nearer than this to a node stands on it. */
const onNodeMetres = 0.3

const metresBetween = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  Math.hypot(one.x - other.x, one.y - other.y)

const targetOf = ({ nodeId, zone: _, ...position }: Place): Target => ({ nodeId, position })

const poseTarget = ({ places }: FloorPlan, pose: NonNullable<Spot['pose']>): Target => {
  const known = Object.values(places).find(
    (place) => place.mapId === pose.map && metresBetween(place, pose) < onNodeMetres,
  )
  if (known !== undefined) return targetOf(known)
  const { map: mapId, x, y, theta } = pose
  return { nodeId: `usher-${x.toFixed(2)}-${y.toFixed(2)}`, position: { mapId, x, y, theta } }
}

const zoneTarget = ({ places }: FloorPlan, zone: string, at: string | undefined): Target | undefined => {
  const inZone = Object.values(places).filter((place) => place.zone === zone)
  const chosen = inZone.find(({ nodeId }) => nodeId === at) ?? inZone[0]
  return chosen === undefined ? undefined : targetOf(chosen)
}

/**
 * @param at the node where the robot is: of several places of a zone, that one.
 * @returns undefined where the spot names nothing but a zone that is not in the table.
 * @throws DeviceUnsupported `unknown-place`
 */
export const findTarget = (map: FloorPlan, spot: Spot, at?: string): Target | undefined => {
  const { place, pose, zone } = spot
  const row = place !== undefined && Object.hasOwn(map.places, place) ? map.places[place] : undefined
  if (row !== undefined) return targetOf(row)
  if (pose !== undefined) return poseTarget(map, pose)
  if (place !== undefined)
    throw new DeviceUnsupported(`The place ${place} is not in the table.`, { code: 'unknown-place' })
  return zone === undefined ? undefined : zoneTarget(map, zone, at)
}

/** The hub's name of a node. */
export const placeAt = ({ places }: FloorPlan, nodeId: string): string | undefined =>
  Object.entries(places).find(([, place]) => place.nodeId === nodeId)?.[0]

type Start = Pick<RobotState, 'lastNodeId' | 'position'>

/** Where the robot is: trivially reachable, as the first node of an order must be (6.6.2). */
export const hereOf = (
  { places }: FloorPlan,
  { lastNodeId, position }: Start,
): Target | { nodeId: string } => {
  const row = Object.values(places).find(({ nodeId }) => nodeId === lastNodeId)
  const isOnIt =
    row !== undefined &&
    (position === undefined || (row.mapId === position.mapId && metresBetween(row, position) < onNodeMetres))
  if (isOnIt) {
    const { theta: _, ...target } = targetOf(row).position
    return { nodeId: lastNodeId, position: target }
  }
  if (position === undefined && lastNodeId === '')
    throw new DeviceBusy('The robot does not know where it is.', { code: 'position-unknown' })
  if (position === undefined) return { nodeId: lastNodeId }
  const { x, y, mapId } = position
  return { nodeId: lastNodeId === '' ? 'usher-here' : lastNodeId, position: { x, y, mapId } }
}

interface Leg {
  readonly to: string
  readonly edgeId: string | undefined
}

const legsFrom = (ways: readonly Way[], place: string): Leg[] =>
  ways.flatMap(({ from, to, edgeId, oneWay }) => {
    if (from === place) return [{ to, edgeId }]
    return to === place && !oneWay ? [{ to: from, edgeId }] : []
  })

/** The shortest way, by metres. The tables are small, so every place is looked at. */
const shortest = (map: FloorPlan, from: string, to: string): readonly Leg[] | undefined => {
  const open = new Map<string, { metres: number; legs: readonly Leg[] }>([[from, { metres: 0, legs: [] }]])
  const seen = new Set<string>()
  for (;;) {
    const [nearest] = [...open].sort(([, a], [, b]) => a.metres - b.metres)
    if (nearest === undefined) return undefined
    const [place, { metres, legs }] = nearest
    if (place === to) return legs
    open.delete(place)
    seen.add(place)
    for (const leg of legsFrom(map.ways, place)) {
      const length = lengthOf(map, place, leg.to)
      const known = open.get(leg.to)?.metres ?? Number.POSITIVE_INFINITY
      if (!seen.has(leg.to) && metres + length < known)
        open.set(leg.to, { metres: metres + length, legs: [...legs, leg] })
    }
  }
}

const lengthOf = ({ places }: FloorPlan, from: string, to: string) => {
  const start = places[from]
  const end = places[to]
  return start === undefined || end === undefined ? 0 : metresBetween(start, end)
}

const nearestPlace = ({ places }: FloorPlan, { lastNodeId, position }: Start): string | undefined => {
  const named = Object.entries(places).find(([, { nodeId }]) => nodeId === lastNodeId)
  if (named !== undefined || position === undefined) return named?.[0]
  const near = Object.entries(places)
    .filter(([, { mapId }]) => mapId === position.mapId)
    .sort(([, a], [, b]) => metresBetween(a, position) - metresBetween(b, position))
  return near[0]?.[0]
}

type Bare = Omit<Stop, 'actions'>

const overPlaces = (map: FloorPlan, legs: readonly Leg[]): Bare[] =>
  legs.flatMap(({ to, edgeId }) => {
    const place = map.places[to]
    return place === undefined ? [] : [{ ...targetOf(place), ...(edgeId !== undefined && { edgeId }) }]
  })

/**
 * From where the robot is to the target, without what is done on the way.
 * @throws DeviceUnsupported `no-route`, DeviceBusy `position-unknown`
 */
export const routeTo = (map: FloorPlan, start: Start, target: Target): readonly Bare[] => {
  const here: Bare = hereOf(map, start)
  if (here.nodeId === target.nodeId && isThere(here, target)) return [here]
  const to = placeAt(map, target.nodeId)
  const from = nearestPlace(map, start)
  if (map.ways.length === 0 || to === undefined || from === undefined) return [here, target]
  const legs = shortest(map, from, to)
  if (legs === undefined)
    throw new DeviceUnsupported(`No way leads from ${from} to ${to}.`, { code: 'no-route' })
  const first = map.places[from]
  const isAtFirst = first?.nodeId === here.nodeId
  return [here, ...(isAtFirst || first === undefined ? [] : [targetOf(first)]), ...overPlaces(map, legs)]
}

const isThere = ({ position }: Bare, target: Target) =>
  position === undefined || metresBetween(position, target.position) < onNodeMetres
