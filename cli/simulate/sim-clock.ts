/**
 * Time of a simulated world. It moves from one delay to the next, and between two of them everything that was promised
 * is settled, so that a run with the same seed does the same things in the same order.
 */
import type { Clock } from '#hub/engine/hub-time.ts'
import { createDelays } from './delays.ts'

export interface SimClock {
  /** One process's view of time; after `kill` its callbacks never come. */
  process(): Clock & { kill(): void }
  /** World time since the start, in ms. */
  nowMs(): number
  /** Steps the wall clock alone. */
  stepWall(byMs: number): void
  /** @returns calls it off. */
  at(ms: number, callback: () => void): () => void
  run(untilMs: number): Promise<void>
}

/**
 * Node runs what was put off with `nextTick` once no microtask is left, however many each of them adds. Nothing in a
 * simulated world waits for the real event loop, so this settles everything without a turn of it.
 */
const settle = () => new Promise<void>((resolve) => process.nextTick(resolve))
/** A real turn now and then lets signals and progress through. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))
const breatheEvery = 4_096

export const createSimClock = (startMs: number): SimClock => {
  let now = 0
  let wallStep = 0
  let settled = 0
  const delays = createDelays()
  let soon: (() => void)[] = []
  const add = (atMs: number, callback: () => void) => delays.add(Math.max(now, atMs), callback)
  const quiet = async () => {
    do {
      const due = soon
      soon = []
      for (const callback of due) callback()
      settled += 1
      await (settled % breatheEvery === 0 ? breathe() : settle())
    } while (soon.length > 0)
  }
  return {
    nowMs: () => now,
    stepWall: (byMs) => {
      wallStep += byMs
    },
    at: add,
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
      for (let next = delays.next(untilMs); next !== undefined; next = delays.next(untilMs)) {
        now = next.at
        next.callback?.()
        await quiet()
      }
      now = Math.max(now, untilMs)
    },
  }
}
