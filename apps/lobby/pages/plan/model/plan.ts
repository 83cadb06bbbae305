/** What the editor changes: zones, places, and where each device belongs. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { PlanPlace, PlanZone } from '#protocol/plan.ts'
import { isInside, middleOf } from '../../floor/model/geometry.ts'
import { isOnEdge } from './grid.ts'

export type Zone = PlanChange['zones'][number]
export type Place = PlanChange['places'][number]
export type Placement = PlanChange['devices'][number]

export interface Plan {
  readonly zones: readonly Zone[]
  readonly places: readonly Place[]
  readonly devices: readonly Placement[]
}

export type Device = PlanAnswer['devices'][number]
export type Kind = 'zone' | 'place' | 'device'

/** What one works at. */
export interface Picked {
  readonly kind: Kind
  readonly id: string
}

export const zoneKinds = PlanZone.shape.kind.options
export const placeKinds = PlanPlace.shape.kind.unwrap().options

/** Without a name of its own a zone is its own sound zone. */
export const soundOf = ({ id, sound }: Zone): string => sound ?? id

export const planOf = ({
  zones,
  places,
  devices,
}: Pick<PlanAnswer, 'zones' | 'places' | 'devices'>): Plan => ({
  zones,
  places,
  devices: devices.map(({ id, zone, place }) => ({ id, zone, place })),
})

/** The same whatever the order in which an object names its parts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

export const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

export const covers = (corners: readonly Point[], point: Point): boolean =>
  isInside(point, corners) || isOnEdge(point, corners)

/** Where somebody who goes to the zone arrives: kept while it lies inside, otherwise the middle. */
export const withMiddle = (zone: Zone): Zone =>
  zone.area === undefined || (zone.at !== undefined && covers(zone.area, zone.at))
    ? zone
    : { ...zone, at: middleOf(zone.area) }

/** What is sent: zones and places whole, and of the devices those that move. */
export const changeOf = (plan: Plan, { base, revision }: { base: Plan; revision: number }): PlanChange => ({
  revision,
  zones: [...plan.zones],
  places: [...plan.places],
  devices: plan.devices.filter((one) => !base.devices.some((was) => isSame(was, one))),
})

/** It is in force what was sent, whether or not that was answered. */
export const holds = ({ zones, places, devices }: Plan, sent: PlanChange): boolean =>
  isSame(zones, sent.zones) &&
  isSame(places, sent.places) &&
  sent.devices.every((one) => devices.some((is) => isSame(is, one)))

/** A device of which a plan says nothing: where it is, as far as the plan has that. */
export const stayed = (
  { id, zone, place }: Placement,
  { zones, places }: Pick<Plan, 'zones' | 'places'>,
): Placement => {
  const spot = places.find((one) => one.id === place)
  const isThere = spot !== undefined || zones.some((one) => one.id === zone)
  // A place may be of another zone there than it was here.
  return { id, zone: zone !== null && isThere ? (spot?.zone ?? zone) : null, place: spot?.id ?? null }
}

/** An earlier plan brought back. It knows nothing of devices that came since. */
export const broughtBack = (earlier: Plan, now: Plan): Plan => ({
  ...earlier,
  devices: earlier.devices.map((one) => {
    const here = now.devices.find(({ id }) => id === one.id)
    return one.zone !== null || one.place !== null || here === undefined ? one : stayed(here, earlier)
  }),
})
