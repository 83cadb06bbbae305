/** Time that runs faster or slower than the clock behind it: a day in an hour, or a minute to look at closely. */
import type { Clock } from './ports.ts'

export const createScaledClock = (clock: Clock, speed: number): Clock => {
  const startedAt = clock.now()
  return {
    now: () => Math.round(startedAt + (clock.now() - startedAt) * speed),
    after: (ms, call) => clock.after(ms / speed, call),
  }
}
