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
 * simulated world waits for the real event loop, so whatever was promised is settled then, without a turn of it. Put off
 * from within such a call it would come before the microtasks of that call: hence the way through one of them.
 */
const onceSettled = (next: () => void) => queueMicrotask(() => process.nextTick(next))
/** A real turn now and then lets signals and progress through. */
const breathe = (next: () => void) => void setImmediate(next)
const breatheEvery = 4_096

const createPauses = () => {
  let count = 0
  return (next: () => void) => {
    count += 1
    if (count % breatheEvery === 0) breathe(next)
    else onceSettled(next)
  }
}

export const createSimClock = (startMs: number): SimClock => {
  let now = 0
  let wallStep = 0
  const delays = createDelays()
  const afterwards = createPauses()
  let soon: (() => void)[] = []
  const add = (atMs: number, callback: () => void) => delays.add(Math.max(now, atMs), callback)
  const doSoon = () => {
    const due = soon
    soon = []
    for (const callback of due) callback()
  }
  /** @returns whether there was anything to do. */
  const doNext = (untilMs: number): boolean => {
    if (soon.length > 0) doSoon()
    else {
      const next = delays.next(untilMs)
      if (next === undefined) return false
      now = next.at
      next.callback?.()
      doSoon()
    }
    return true
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
    // One promise for the whole run, not some for each of a day's many thousand steps.
    run: (untilMs) =>
      new Promise((resolve, reject) => {
        const go = () => {
          try {
            if (doNext(untilMs)) return afterwards(go)
            now = Math.max(now, untilMs)
            resolve()
          } catch (error) {
            reject(error)
          }
        }
        doSoon()
        afterwards(go)
      }),
  }
}
