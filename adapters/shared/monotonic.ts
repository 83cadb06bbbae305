/** Durations are measured with a clock that nobody sets. */
import type { Clock } from '../sdk/ports.ts'

export const monotonic = (clock: Clock): number => (clock.monotonicMs ?? clock.now)()
