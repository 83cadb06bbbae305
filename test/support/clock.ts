/** A clock that moves only when told: wall and monotonic time, delays, and what was put off to "soon". */
import type { Clock } from '#hub/engine/hub-time.ts'

export interface TestClock extends Clock {
  /** Moves both clocks on, calling back in order of time; `soon` callbacks run in between. */
  advance(byMs: number): void
  /** Steps the wall clock alone. */
  stepWall(byMs: number): void
  /** Runs what is put off to "soon" until nothing is left. */
  flush(): void
  pending(): number
}

interface Delay {
  readonly at: number
  readonly order: number
  readonly callback: () => void
}

export const createTestClock = (startMs = Date.UTC(2026, 9, 12, 1, 0, 0)): TestClock => {
  let monotonic = 0
  let wall = startMs
  let order = 0
  let delays: Delay[] = []
  let soon: (() => void)[] = []
  const flush = () => {
    while (soon.length > 0) for (const callback of soon.splice(0)) callback()
  }
  const nextBy = (limit: number) =>
    delays.filter((delay) => delay.at <= limit).toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    after: (delayMs, callback) => {
      const delay = { at: monotonic + Math.max(0, delayMs), order: order++, callback }
      delays.push(delay)
      return () => {
        delays = delays.filter((one) => one !== delay)
      }
    },
    soon: (callback) => void soon.push(callback),
    advance: (byMs) => {
      const end = monotonic + byMs
      flush()
      for (let next = nextBy(end); next !== undefined; next = nextBy(end)) {
        wall += next.at - monotonic
        monotonic = next.at
        delays = delays.filter((one) => one !== next)
        next.callback()
        flush()
      }
      wall += end - monotonic
      monotonic = end
    },
    stepWall: (byMs) => {
      wall += byMs
    },
    flush,
    pending: () => delays.length + soon.length,
  }
}
