/** The plan in metres: what a zone covers, and what the whole branch does. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What of a zone can be drawn. */
export interface ZoneShape {
  readonly id: string
  readonly corners: readonly Point[]
  /** Only its middle is known: the square around it is a guess, and looks like one. */
  readonly isGuess: boolean
}

const guessMaxMetres = 3
const guessMinMetres = 0.75
/** Guessed zones do not touch. */
const guessShare = 0.45

const squareDistance = (a: Point, b: Point) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))

const square = ({ x, y }: Point, half: number): Point[] => [
  { x: x - half, y: y - half },
  { x: x + half, y: y - half },
  { x: x + half, y: y + half },
  { x: x - half, y: y + half },
]

/** Zones without any position are not among them. */
export const zoneShapes = (
  zones: readonly Pick<LiveRow<'zones'>, 'id' | 'area' | 'at'>[],
): readonly ZoneShape[] => {
  const middles = zones.flatMap(({ at }) => (at === null ? [] : [at]))
  return zones.flatMap(({ id, area, at }): ZoneShape[] => {
    if (area !== null) return [{ id, corners: area, isGuess: false }]
    if (at === null) return []
    const gaps = middles.filter((other) => other !== at).map((other) => squareDistance(at, other))
    const half = Math.min(guessMaxMetres, Math.max(guessMinMetres, guessShare * Math.min(...gaps)))
    return [{ id, corners: square(at, half), isGuess: true }]
  })
}

/** undefined: there is no point. */
export const boxAround = (points: readonly Point[]): Box | undefined => {
  if (points.length === 0) return undefined
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, right, bottom }
}

export const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
})

/** Even-odd, as SVG fills it. */
export const isInside = ({ x, y }: Point, corners: readonly Point[]): boolean => {
  let inside = false
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i], corners[j]]
    if (a === undefined || b === undefined) continue
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

export const pathOf = (corners: readonly Point[]): string =>
  `M${corners.map(({ x, y }) => `${x} ${y}`).join('L')}Z`

/** Where its title begins: the corner that is furthest to the upper left. */
export const titleCorner = (corners: readonly Point[]): Point =>
  corners.reduce((best, corner) => (corner.x + corner.y < best.x + best.y ? corner : best))

/** The middle of its box, or of itself where that is outside. */
export const middleOf = (corners: readonly Point[]): Point => {
  const box = boxAround(corners)
  if (box === undefined) return { x: 0, y: 0 }
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  if (isInside(middle, corners)) return middle
  const sum = corners.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 })
  return { x: sum.x / corners.length, y: sum.y / corners.length }
}
