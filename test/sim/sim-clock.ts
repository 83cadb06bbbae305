/**
 * Time of a simulated world. It moves from one delay to the next, and between two of them everything that was promised
 * is settled, so that a run with the same seed does the same things in the same order.
 */
import type { Clock } from '#hub/engine/hub-time.ts'

interface Delay {
  readonly at: number
  readonly order: number
  readonly callback: () => void
}

export interface SimClock {
  /** One process's view of time; after `kill` its callbacks never come. */
  process(): Clock & { kill(): void }
  /** World time since the start, in ms. */
  nowMs(): number
  /** Steps the wall clock alone. */
  stepWall(byMs: number): void
  at(ms: number, callback: () => void): void
  run(untilMs: number): Promise<void>
}

/** A turn of the real event loop runs every microtask that is left. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

const earlier = (a: Delay, b: Delay) => (a.at === b.at ? a.order < b.order : a.at < b.at)

/** Sorted by insertion: few delays are open at a time, and most are added near the end. */
const insert = (delays: Delay[], delay: Delay) => {
  let index = delays.length
  while (index > 0 && earlier(delay, delays[index - 1] as Delay)) index--
  delays.splice(index, 0, delay)
}

export const createSimClock = (startMs: number): SimClock => {
  let now = 0
  let order = 0
  let wallStep = 0
  const delays: Delay[] = []
  let soon: (() => void)[] = []
  const add = (atMs: number, callback: () => void) => {
    const delay = { at: Math.max(now, atMs), order: order++, callback }
    insert(delays, delay)
    return () => {
      const index = delays.indexOf(delay)
      if (index >= 0) delays.splice(index, 1)
    }
  }
  const quiet = async () => {
    do {
      for (const callback of soon.splice(0)) callback()
      await settle()
    } while (soon.length > 0)
  }
  return {
    nowMs: () => now,
    stepWall: (byMs) => {
      wallStep += byMs
    },
    at: (ms, callback) => void add(ms, callback),
    process: () => {
      let alive = true
      const guard = (callback: () => void) => () => {
        if (alive) callback()
      }
      return {
        wallMs: () => startMs + now + wallStep,
        monotonicMs: () => now,
        after: (delayMs, callback) => add(now + Math.ceil(Math.max(0, delayMs)), guard(callback)),
        soon: (callback) => void soon.push(guard(callback)),
        kill: () => {
          alive = false
        },
      }
    },
    run: async (untilMs) => {
      await quiet()
      for (let next = delays[0]; next !== undefined && next.at <= untilMs; next = delays[0]) {
        delays.shift()
        now = next.at
        next.callback()
        await quiet()
      }
      now = Math.max(now, untilMs)
    },
  }
}
