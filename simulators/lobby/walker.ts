/** One body on the floor plan: where it is, how it walks, and the heat it leaves; a change of mind ends what was begun. */
import type { Point } from './branch.ts'
import type { DayClock } from './day-clock.ts'
import type { Floor } from './floor.ts'
import type { Heat } from './heat.ts'

interface Leg {
  readonly from: Point
  readonly to: Point
  readonly sinceMs: number
  readonly untilMs: number
}

interface Deps {
  readonly clock: DayClock
  readonly floor: Floor
  readonly heat: Heat
  readonly people: number
  readonly metresPerSecond: number
}

export interface Walker {
  position(): Point
  /** Goes there; what was planned before is not done any more. */
  go(to: Point, then: () => void): void
  /** Waits; what was planned before is not done any more. */
  later(ms: number, then: () => void): void
  /** Has walked there with somebody else. */
  beAt(to: Point): void
  /** Stays where it is: nothing that was planned is done any more. */
  halt(): void
}

export const createWalker = (deps: Deps, start: Point): Walker => {
  const { clock, floor, heat, people, metresPerSecond } = deps
  let at = start
  let leg: Leg | undefined
  let sinceMs = clock.now()
  let cancel: () => void = () => {}

  const position = (): Point => {
    if (leg === undefined) return at
    const { from, to } = leg
    const lasts = leg.untilMs - leg.sinceMs
    const done = lasts <= 0 ? 1 : Math.min(1, (clock.now() - leg.sinceMs) / lasts)
    return { x: from.x + (to.x - from.x) * done, y: from.y + (to.y - from.y) * done }
  }
  const settle = () => {
    const now = clock.now()
    const personSeconds = (people * (now - sinceMs)) / 1_000
    const here = position()
    if (leg === undefined) heat.stay(here, personSeconds)
    else heat.walk(leg.from, here, personSeconds)
    at = here
    leg = undefined
    sinceMs = now
  }
  const halt = () => {
    cancel()
    settle()
  }
  return {
    position,
    halt,
    beAt(to) {
      cancel()
      leg = { from: at, to, sinceMs, untilMs: clock.now() }
      settle()
      at = to
    },
    later(ms, then) {
      halt()
      cancel = clock.after(ms, then)
    },
    go(to, then) {
      halt()
      const ms = Math.round((floor.metres(at, to) / metresPerSecond) * 1_000)
      leg = { from: at, to, sinceMs, untilMs: sinceMs + ms }
      cancel = clock.after(ms, () => {
        settle()
        at = to
        then()
      })
    },
  }
}
