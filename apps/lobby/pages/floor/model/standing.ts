/** Where what stands still is drawn: as it was measured, at its place, or along the walls of its zone. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import { boxAround, isInside, middleOf, titleCorner, type ZoneShape } from './geometry.ts'

export interface Standing extends Point {
  readonly id: string
  readonly theta: number | null
  /** Only its zone is known. */
  readonly isGuess: boolean
}

type Device = Pick<LiveRow<'devices'>, 'id' | 'kind' | 'zone' | 'place' | 'at'>
type Place = Pick<LiveRow<'places'>, 'id' | 'zone' | 'kind' | 'at'>
type Counter = Pick<LiveRow<'counters'>, 'id' | 'zone'>

/** On a large floor what has no position of its own stands further apart: all of it is seen from further away. */
const stepsAcross = 20
const stepLeastMetres = 1
const wallShare = 0.6
/** There stands the zone's title. */
const titleSteps = { x: 3, y: 1.2 }

const stepOf = (shapes: readonly ZoneShape[]): number => {
  const box = boxAround(shapes.flatMap(({ corners }) => corners))
  return box === undefined ? stepLeastMetres : Math.max(stepLeastMetres, (box.right - box.left) / stepsAcross)
}

const isFree = (point: Point, taken: readonly Point[], clearMetres: number) =>
  taken.every(({ x, y }) => Math.hypot(x - point.x, y - point.y) >= clearMetres)

/** Along the walls first, from the far end of the title on: screens and cameras hang there. */
const slotsIn = ({ corners }: ZoneShape, step: number): readonly Point[] => {
  const box = boxAround(corners)
  if (box === undefined) return []
  const title = titleCorner(corners)
  const edge = wallShare * step
  const isRoomy = box.right - box.left > (titleSteps.x + 2) * step
  const slots: { point: Point; wall: number; isTitle: boolean }[] = []
  for (let y = box.top + edge; y <= box.bottom - edge + 0.01; y += step)
    for (let x = box.right - edge; x >= box.left + edge - 0.01; x -= step) {
      const point = { x, y }
      const isTitle = x < title.x + titleSteps.x * step && y < title.y + titleSteps.y * step
      if ((isTitle && isRoomy) || !isInside(point, corners)) continue
      const wall = Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y)
      slots.push({ point, wall: Math.floor(wall / step), isTitle })
    }
  return (
    slots
      // In a narrow zone only what finds no other room stands where the title does.
      .sort(
        (a, b) =>
          Number(a.isTitle) - Number(b.isTitle) ||
          a.wall - b.wall ||
          a.point.y - b.point.y ||
          b.point.x - a.point.x,
      )
      .map(({ point }) => point)
  )
}

const closer = 0.85
const stepMinMetres = 0.4

/** Free slots for so many, as far apart as the zone allows; fewer only where it is fuller than any zone should be. */
const slotsFor = (shape: ZoneShape, many: number, { taken, most }: Crowding): readonly Point[] => {
  for (let step = most; ; step *= closer) {
    const free = slotsIn(shape, step).filter((slot) => isFree(slot, taken, 0.9 * step))
    if (free.length >= many || step < stepMinMetres) return free
  }
}

interface Crowding {
  readonly taken: readonly Point[]
  /** How far apart where there is room. */
  readonly most: number
}

const numberIn = (id: string) => /(\d+)$/.exec(id)?.[1]

/** At its own place where the plan has one, else in a row along the longer far side of its zone. */
export const counterPoints = (
  counters: readonly Counter[],
  places: readonly Place[],
  shapes: readonly ZoneShape[],
): ReadonlyMap<string, Point> => {
  const points = new Map<string, Point>()
  const step = stepOf(shapes)
  const rows = new Map<string, string[]>()
  for (const { id, zone } of counters) {
    const own = places.find(
      (place) =>
        place.kind === 'counter' &&
        (place.id === id || (place.zone === zone && numberIn(place.id) === numberIn(id))),
    )
    if (own?.at != null) points.set(id, own.at)
    else if (zone !== null) rows.set(zone, [...(rows.get(zone) ?? []), id])
  }
  for (const [zone, ids] of rows) {
    const box = boxAround(shapes.find((shape) => shape.id === zone)?.corners ?? [])
    if (box === undefined) continue
    const isTall = box.bottom - box.top >= box.right - box.left
    ids.forEach((id, index) => {
      const share = (index + 0.5) / ids.length
      points.set(
        id,
        isTall
          ? { x: box.right - step, y: box.top + step + share * (box.bottom - box.top - step) }
          : { x: box.left + share * (box.right - box.left), y: box.bottom - 0.7 * step },
      )
    })
  }
  return points
}

/** Those whose zone is not on the plan either are left out. @param taken what already stands somewhere */
export const deviceStandings = (
  devices: readonly Device[],
  places: readonly Place[],
  { shapes, taken }: { shapes: readonly ZoneShape[]; taken: readonly Point[] },
): ReadonlyMap<string, Standing> => {
  const standings = new Map<string, Standing>()
  // A counter is as wide as two marks.
  const used: Point[] = taken.flatMap((point) => [point, { ...point, x: point.x - stepOf(shapes) }])
  const left: Device[] = []
  for (const device of devices) {
    const { id, place, at } = device
    const own = places.find((one) => one.id === place)?.at
    const point = at ?? own
    if (point == null) {
      left.push(device)
      continue
    }
    const theta = at?.theta ?? null
    standings.set(id, { id, x: point.x, y: point.y, theta, isGuess: false })
    // Who walks about keeps nothing free where it happens to be: what hangs on the walls would wander with it.
    if (own != null) used.push(own)
    else if (device.kind !== 'robot') used.push(point)
  }
  const most = stepOf(shapes)
  for (const shape of shapes) {
    const here = left.filter(({ zone }) => zone === shape.id)
    if (here.length === 0) continue
    const slots = slotsFor(shape, here.length, { taken: used, most })
    here.forEach(({ id }, index) => {
      const point = slots[index % Math.max(slots.length, 1)] ?? middleOf(shape.corners)
      standings.set(id, { id, x: point.x, y: point.y, theta: null, isGuess: true })
    })
  }
  return standings
}
