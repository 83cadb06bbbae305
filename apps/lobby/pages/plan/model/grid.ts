/** Lengths and outlines on the plan, in metres: what lies on the grid, what an outline encloses, and whether it crosses itself. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'

export const gridMetres = 0.5
/** Walls of a branch are measured to the centimetre. */
const exactMetres = 0.01

const to = (value: number, step: number) => {
  const steps = Math.round(value / step)
  // Never -0: it would be another number in what is sent.
  return steps === 0 ? 0 : Number((steps * step).toFixed(2))
}

export const snap = (value: number): number => to(value, gridMetres)
export const snapPoint = ({ x, y }: Point): Point => ({ x: snap(x), y: snap(y) })
export const exact = (value: number): number => to(value, exactMetres)

export const shifted = <P extends Point>(point: P, by: Point): P => ({
  ...point,
  x: exact(point.x + by.x),
  y: exact(point.y + by.y),
})

/** Whichever way it was drawn: from the upper left, clockwise. */
export const rectangle = (a: Point, b: Point): readonly Point[] => {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

/** Which side of a→b the point is on: 0 on the line itself. */
const side = (a: Point, b: Point, p: Point) =>
  Math.sign(Number(((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)).toFixed(6)))

const isBetween = (a: Point, b: Point, p: Point) =>
  p.x >= Math.min(a.x, b.x) &&
  p.x <= Math.max(a.x, b.x) &&
  p.y >= Math.min(a.y, b.y) &&
  p.y <= Math.max(a.y, b.y)

const isOnWall = (a: Point, b: Point, p: Point) => side(a, b, p) === 0 && isBetween(a, b, p)

/** Also where they only touch. */
export const doMeet = ([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean => {
  if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return true
  return isOnWall(a, b, c) || isOnWall(a, b, d) || isOnWall(c, d, a) || isOnWall(c, d, b)
}

const wallsOf = (corners: readonly Point[]) =>
  corners.map((a, index): readonly [Point, Point] => [a, corners[(index + 1) % corners.length] ?? a])

const foldsBack = ([a, b]: readonly [Point, Point], [, c]: readonly [Point, Point]) =>
  side(a, b, c) === 0 && (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0

/** Two of its walls meet elsewhere than in the corner that they share, or run over each other. */
export const crossesItself = (corners: readonly Point[]): boolean => {
  const walls = wallsOf(corners)
  return walls.some((wall, i) =>
    walls.some((other, j) => {
      if (j <= i) return false
      if (j === i + 1) return foldsBack(wall, other)
      if (i === 0 && j === walls.length - 1) return foldsBack(other, wall)
      return doMeet(wall, other)
    }),
  )
}

/** In square metres. */
export const surfaceOf = (corners: readonly Point[]): number =>
  Math.abs(wallsOf(corners).reduce((sum, [a, b]) => sum + a.x * b.y - b.x * a.y, 0)) / 2

export const isOnEdge = (point: Point, corners: readonly Point[]): boolean =>
  wallsOf(corners).some(([a, b]) => isOnWall(a, b, point))
