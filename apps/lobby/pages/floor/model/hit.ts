/** What a finger meant: the nearest thing within reach of it. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'

/** Half of the smallest target. */
export const reachPixels = 24

export interface Spot extends Point {
  readonly id: string
}

/** @param reach in the unit of the points */
export const nearest = (spots: Iterable<Spot>, { x, y }: Point, reach: number): Spot | undefined => {
  let best: Spot | undefined
  let bestDistance = reach
  for (const spot of spots) {
    const distance = Math.hypot(spot.x - x, spot.y - y)
    if (distance > bestDistance) continue
    best = spot
    bestDistance = distance
  }
  return best
}
