/**
 * Hub time never goes back and never jumps while the hub runs: it is the later of the last entry's time and the wall
 * clock at start, plus what a monotonic clock measured since. Steps of the wall clock become entries, not decisions.
 */

export interface Clock {
  /** Milliseconds since 1970; may step. */
  wallMs(): number
  /** Milliseconds since some fixed moment; never steps. */
  monotonicMs(): number
  /** Calls back once, not earlier than asked. @returns a way to call it off. */
  after(delayMs: number, callback: () => void): () => void
  /** Calls back once what has already arrived was looked at. */
  soon(callback: () => void): void
}

export interface HubTime {
  now(): number
  /** Milliseconds the wall clock stepped since the last look, 0 for less than five seconds. */
  step(): number
}

const stepNoticedMs = 5_000

export const createHubTime = (clock: Clock, lastEntryAt: number): HubTime => {
  const startedAt = clock.monotonicMs()
  const base = Math.max(lastEntryAt, clock.wallMs())
  let offset = clock.wallMs() - startedAt
  // A wall clock behind the last entry was set back while the hub was down (or was wrong before).
  let owed = lastEntryAt - clock.wallMs() > stepNoticedMs ? clock.wallMs() - lastEntryAt : 0
  return {
    now: () => Math.floor(base + clock.monotonicMs() - startedAt),
    step: () => {
      const drift = clock.wallMs() - clock.monotonicMs() - offset
      if (Math.abs(drift) > stepNoticedMs) {
        offset += drift
        owed += drift
      }
      const stepMs = Math.round(owed)
      owed = 0
      return stepMs
    },
  }
}

export const systemClock = (): Clock => ({
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    // Node fires at once for more than 2^31-1 ms; waking early is harmless, the due time is checked again.
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), 2_147_483_647))
    return () => clearTimeout(timer)
  },
  soon: (callback) => void setImmediate(callback),
})
