/** Waiting for something, but not for ever. */
import type { Clock } from '../sdk/ports.ts'

/** @returns undefined when it took too long */
export const within = async <T>(
  what: Promise<T>,
  { clock, ms }: { readonly clock: Clock; readonly ms: number },
): Promise<T | undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const cancel = clock.after(ms, () => resolve(undefined))
  // Nobody is left to hear of it when it fails too late.
  what.catch(() => {})
  try {
    return await Promise.race([what, promise])
  } finally {
    cancel()
  }
}

/** Resolves after so long, or as soon as the signal is aborted. */
export const pause = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve()
      return
    }
    const end = () => {
      cancel()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal?.addEventListener('abort', end)
  })
