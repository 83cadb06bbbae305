/** Everything that can be done to a plan. Each leaves the plan that it was given as it was, so that it can be undone. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { middleOf } from '../../floor/model/geometry.ts'
import { exact, rectangle, shifted, snapPoint } from './grid.ts'
import { type Place, type Placement, type Plan, soundOf, withMiddle, type Zone } from './plan.ts'

const replaced = <One extends { readonly id: string }>(
  all: readonly One[],
  id: string,
  by: (one: One) => One,
): readonly One[] => all.map((one) => (one.id === id ? by(one) : one))

/** `zone-3`: the first that is not taken. */
export const freeId = (kind: string, taken: readonly { readonly id: string }[]): string => {
  let nth = 1
  while (taken.some(({ id }) => id === `${kind}-${nth}`)) nth++
  return `${kind}-${nth}`
}

export const setZone = (plan: Plan, id: string, by: (zone: Zone) => Zone): Plan => ({
  ...plan,
  zones: replaced(plan.zones, id, (zone) => withMiddle(by(zone))),
})

/** What stands in it comes along. */
export const moveZone = (plan: Plan, id: string, by: Point): Plan => ({
  ...plan,
  zones: replaced(plan.zones, id, (zone) => ({
    ...zone,
    ...(zone.at !== undefined && { at: shifted(zone.at, by) }),
    ...(zone.area !== undefined && { area: zone.area.map((corner) => shifted(corner, by)) }),
  })),
  places: plan.places.map((place) =>
    place.zone === id && place.at !== undefined ? { ...place, at: shifted(place.at, by) } : place,
  ),
})

export const setCorners = (plan: Plan, id: string, area: readonly Point[]): Plan =>
  setZone(plan, id, (zone) => ({ ...zone, area: [...area] }))

export const moveCorner = (
  plan: Plan,
  { id, nth }: { readonly id: string; readonly nth: number },
  to: Point,
): Plan =>
  setZone(plan, id, (zone) => ({
    ...zone,
    ...(zone.area !== undefined && {
      area: zone.area.map((corner, index) => (index === nth ? { x: exact(to.x), y: exact(to.y) } : corner)),
    }),
  }))

/** In the middle of the wall that begins at this corner. */
export const addCorner = (plan: Plan, id: string, nth: number): Plan =>
  setZone(plan, id, (zone) => {
    const [a, b] = [zone.area?.[nth], zone.area?.[(nth + 1) % zone.area.length]]
    if (zone.area === undefined || a === undefined || b === undefined) return zone
    const between = { x: exact((a.x + b.x) / 2), y: exact((a.y + b.y) / 2) }
    return { ...zone, area: [...zone.area.slice(0, nth + 1), between, ...zone.area.slice(nth + 1)] }
  })

export const removeCorner = (plan: Plan, id: string, nth: number): Plan =>
  setZone(plan, id, (zone) =>
    zone.area === undefined || zone.area.length <= 3
      ? zone
      : { ...zone, area: zone.area.filter((_, at) => at !== nth) },
  )

/** @returns the plan, and the name under which the zone is in it */
export const addZone = (plan: Plan, a: Point, b: Point): { readonly plan: Plan; readonly id: string } => {
  const id = freeId('zone', plan.zones)
  const area = [...rectangle(a, b)]
  const zone: Zone = {
    id,
    kind: 'other',
    title: {},
    keepClear: [],
    staffOnly: false,
    at: middleOf(area),
    area,
  }
  return { plan: { ...plan, zones: [...plan.zones, zone] }, id }
}

/** Its places go with it; devices that were there belong nowhere until they are given a zone. */
export const removeZone = (plan: Plan, id: string): Plan => {
  const gone = plan.places.filter(({ zone }) => zone === id)
  const without = gone.reduce((so, place) => removePlace(so, place.id), plan)
  return {
    ...without,
    zones: without.zones.filter((zone) => zone.id !== id),
    devices: without.devices.map((device) => (device.zone === id ? { ...device, zone: null } : device)),
  }
}

export const addPlace = (plan: Plan, zone: Zone): { readonly plan: Plan; readonly id: string } => {
  const id = freeId('place', plan.places)
  const at = zone.at ?? (zone.area === undefined ? { x: 0, y: 0 } : middleOf(zone.area))
  const place: Place = { id, zone: zone.id, kind: 'other', at: snapPoint(at) }
  return { plan: { ...plan, places: [...plan.places, place] }, id }
}

export const setPlace = (plan: Plan, id: string, by: (place: Place) => Place): Plan => ({
  ...plan,
  places: replaced(plan.places, id, by),
})

export const setKeptClear = (
  plan: Plan,
  { zone, place }: { readonly zone: string; readonly place: string },
  isKept: boolean,
): Plan =>
  setZone(plan, zone, (one) => ({
    ...one,
    keepClear: [...one.keepClear.filter((id) => id !== place), ...(isKept ? [place] : [])],
  }))

/** What is kept clear stays so: nobody waits in a door because it belongs to the next room now. */
export const putPlace = (plan: Plan, id: string, zone: string): Plan => {
  const was = plan.places.find((one) => one.id === id)?.zone
  const moved = setPlace(plan, id, (place) => ({ ...place, zone }))
  if (was === undefined || was === zone) return moved
  if (plan.zones.find((one) => one.id === was)?.keepClear.includes(id) !== true) return moved
  const left = setKeptClear(moved, { zone: was, place: id }, false)
  return setKeptClear(left, { zone, place: id }, true)
}

/** What only the place knows stays: the way it faces, and its map. */
export const movePlace = (plan: Plan, id: string, to: Point): Plan =>
  setPlace(plan, id, (place) => ({ ...place, at: { ...place.at, x: exact(to.x), y: exact(to.y) } }))

export const removePlace = (plan: Plan, id: string): Plan => ({
  zones: plan.zones.map((zone) =>
    zone.keepClear.includes(id) ? { ...zone, keepClear: zone.keepClear.filter((one) => one !== id) } : zone,
  ),
  places: plan.places.filter((place) => place.id !== id),
  devices: plan.devices.map((device) => (device.place === id ? { ...device, place: null } : device)),
})

export const placeDevice = (plan: Plan, to: Placement): Plan => ({
  ...plan,
  devices: replaced(plan.devices, to.id, () => to),
})

/** Who is heard with whom stays, also where a sound zone bears the old name, or the new one. */
const renamedZones = (zones: readonly Zone[], id: string, name: string): readonly Zone[] => {
  const isItsOwn = zones.some((zone) => zone.id === id && soundOf(zone) === id)
  const others = zones.map(soundOf).filter((sound) => sound !== id)
  const sound = others.includes(name)
    ? freeId(
        name,
        others.map((one) => ({ id: one })),
      )
    : name
  return zones.map((zone) => ({
    ...zone,
    ...(zone.id === id && { id: name }),
    // Its own name need not be said.
    ...(isItsOwn && soundOf(zone) === id && (zone.sound ?? name) !== sound && { sound }),
  }))
}

/** Whatever names it follows. */
export const renameZone = (plan: Plan, id: string, name: string): Plan => ({
  zones: renamedZones(plan.zones, id, name),
  places: plan.places.map((place) => (place.zone === id ? { ...place, zone: name } : place)),
  devices: plan.devices.map((device) => (device.zone === id ? { ...device, zone: name } : device)),
})

export const renamePlace = (plan: Plan, id: string, name: string): Plan => ({
  zones: plan.zones.map((zone) => ({
    ...zone,
    keepClear: zone.keepClear.map((one) => (one === id ? name : one)),
  })),
  places: replaced(plan.places, id, (place) => ({ ...place, id: name })),
  devices: plan.devices.map((device) => (device.place === id ? { ...device, place: name } : device)),
})

/** Without an empty one: a language without words is not there. */
export const setTitle = (zone: Zone, language: string, words: string): Zone => {
  const { [language]: _, ...others } = zone.title as Record<string, string>
  return { ...zone, title: words === '' ? others : { ...others, [language]: words } }
}

export const setLimit = ({ limit: _, ...zone }: Zone, limit: number | undefined): Zone =>
  limit === undefined ? zone : { ...zone, limit }
