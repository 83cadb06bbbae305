/** Two clocks: one that journeys go by, which is never set, and one for people, which somebody may set at any time. */
export interface Clock {
  /** Milliseconds since some moment; never goes back while the page lives. */
  now(): number
  /** When that was, as the clock on the wall has it: milliseconds since 1970. */
  wall(at: number): number
  /** @returns ends it. */
  every(ms: number, call: () => void): () => void
}

export const pageClock = (): Clock => ({
  now: () => performance.now(),
  wall: (at) => Date.now() - (performance.now() - at),
  every: (ms, call) => {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
})
