/** People who walk about a floor, and robots among them: where each is at a time, the same for the same number. */
import type { LivePositions } from '#protocol/desk/live/line.ts'
import { trackOf } from './lobby-rows.ts'

export interface WalkPlan {
  readonly people: number
  /** Ids of devices that move. */
  readonly movers: readonly string[]
  readonly wide: number
  readonly high: number
}

/** A round of one to two minutes at a walking pace. */
const along = (number: number, seconds: number, length: number) => {
  const middle = length * (0.1 + 0.8 * ((number * 0.618) % 1))
  const reach = Math.min(length * 0.25, middle, length - middle)
  return middle + reach * Math.sin(seconds / (5 + (number % 7)) + number)
}

const spot = (number: number, seconds: number, { wide, high }: WalkPlan) => ({
  x: along(number, seconds, wide),
  y: along(number * 1.37 + 11, seconds * 0.8, high),
})

export const positionsAt = (plan: WalkPlan, seconds: number, at: number): LivePositions => ({
  at,
  people: Array.from({ length: plan.people }, (_, index) => {
    const { x, y } = spot(index, seconds, plan)
    return [trackOf(index), x, y]
  }),
  devices: plan.movers.map((id, index) => {
    const { x, y } = spot(1_000 + index, seconds, plan)
    return [id, x, y, seconds % 6]
  }),
})
