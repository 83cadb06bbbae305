/** A clock that stands until a test moves it. */
import type { Clock } from '#hub/engine/hub-time.ts'

export interface ManualClock extends Clock {
  /** Calls what is due on the way, in order. */
  advance(ms: number): void
}

export const createManualClock = (startMs = 1_700_000_000_000): ManualClock => {
  let now = 0
  let order = 0
  const timers = new Map<number, { at: number; callback: () => void }>()
  const next = (until: number) =>
    [...timers].filter(([, { at }]) => at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
  return {
    wallMs: () => startMs + now,
    monotonicMs: () => now,
    after: (delayMs, callback) => {
      const id = order++
      timers.set(id, { at: now + Math.max(0, delayMs), callback })
      return () => void timers.delete(id)
    },
    soon: (callback) => queueMicrotask(callback),
    advance: (ms) => {
      const until = now + ms
      for (let due = next(until); due !== undefined; due = next(until)) {
        const [id, { at, callback }] = due
        timers.delete(id)
        now = at
        callback()
      }
      now = until
    },
  }
}
