/** Time of the simulated day: milliseconds since local midnight, whatever the clock behind it shows. */
import type { Clock } from '../devices/ports.ts'

export interface DayClock {
  now(): number
  /** @returns calls it off. */
  after(ms: number, call: () => void): () => void
  at(dayMs: number, call: () => void): () => void
  stop(): void
  readonly stopped: () => boolean
}

export const createDayClock = (clock: Clock, startMs: number): DayClock => {
  const startedAt = clock.now()
  let stopped = false
  const now = () => Math.round(clock.now() - startedAt) + startMs
  // Whole milliseconds, so that every clock shows the same times.
  const after = (ms: number, call: () => void) =>
    clock.after(Math.max(0, Math.round(ms)), () => void (stopped || call()))
  return {
    now,
    after,
    at: (dayMs, call) => after(dayMs - now(), call),
    stop() {
      stopped = true
    },
    stopped: () => stopped,
  }
}
