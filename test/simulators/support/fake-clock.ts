/** Time that passes only when a test says so. */
import type { Clock } from '#simulators/devices/ports.ts'

export interface FakeClock extends Clock {
  /** Runs everything due within that time, in order, and lets promises settle in between. */
  pass(ms: number): Promise<void>
  /** Sets the wall clock forward or back; durations are not touched. */
  step(ms: number): void
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

export const createFakeClock = (startAt = 1_000_000): FakeClock => {
  let now = startAt
  let count = 0
  let stepped = 0
  const due: { at: number; order: number; call: () => void }[] = []
  return {
    now: () => now + stepped,
    monotonicMs: () => now,
    step(ms) {
      stepped += ms
    },
    after(ms, call) {
      count += 1
      const timer = { at: now + Math.max(0, ms), order: count, call }
      due.push(timer)
      return () => {
        const index = due.indexOf(timer)
        if (index >= 0) due.splice(index, 1)
      }
    },
    async pass(ms) {
      const until = now + ms
      await settled()
      for (;;) {
        due.sort((a, b) => a.at - b.at || a.order - b.order)
        const next = due[0]
        if (next === undefined || next.at > until) break
        due.shift()
        now = next.at
        next.call()
        await settled()
      }
      now = until
    },
  }
}
