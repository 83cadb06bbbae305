import type { Clock } from '../sdk/ports.ts'

/** A while, or until the signal. */
export const pause = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    if (signal?.aborted === true) done()
    else signal?.addEventListener('abort', done, { once: true })
  })
