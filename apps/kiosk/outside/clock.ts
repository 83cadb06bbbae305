/** The time that journeys go by: near the wall clock, and never set back while the page lives. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** @returns ends it. */
  every(ms: number, call: () => void): () => void
}

export const pageClock = (): Clock => ({
  now: () => performance.timeOrigin + performance.now(),
  every: (ms, call) => {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
})
