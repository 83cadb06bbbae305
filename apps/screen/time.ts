/** Time as a page has it; given, so that a day can be played in a minute. */

export interface Time {
  /** Milliseconds since 1970, by a clock that somebody may set. */
  now(): number
  /** Milliseconds since some moment; never goes back. */
  elapsedMs(): number
  /** @returns cancels the call. */
  after(ms: number, call: () => void): () => void
}

export const pageTime = (): Time => ({
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
})

export const pause = (time: Time, ms: number): Promise<void> =>
  new Promise((resolve) => {
    time.after(ms, resolve)
  })

/** @returns ends it. The next round begins when the last is over, and so long after it. */
export const repeat = (time: Time, everyMs: number, round: () => void | Promise<void>): (() => void) => {
  let isOver = false
  let cancel = () => {}
  const next = () => {
    cancel = time.after(everyMs, () => void turn())
  }
  const turn = async () => {
    await round()
    if (!isOver) next()
  }
  next()
  return () => {
    isOver = true
    cancel()
  }
}
