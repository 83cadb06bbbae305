/**
 * Where a service is really done, by the bank's own system. The hub has no part in it and learns only how it ended.
 * A bank adds its services here, by their id; what has no entry asks for nothing beyond the form itself.
 */
export type CarriedOut =
  | { readonly done: true }
  | { readonly done: false; readonly reason: string; readonly mayBeDone: boolean }

type Entries = Readonly<Record<string, string>>

/** Stops at the signal: whoever it was for is gone, or it takes too long. */
export type Carrier = (entries: Entries, signal: AbortSignal) => Promise<CarriedOut>

export type CarryOut = (service: string, entries: Entries, signal: AbortSignal) => Promise<CarriedOut>

export const carriers: Readonly<Record<string, Carrier>> = {}

export const carryOutWithinMs = 60_000

/** Whatever goes wrong is an answer too: a visitor never waits for ever. */
export const createCarryOut =
  (carriers: Readonly<Record<string, Carrier>>, withinMs: number): CarryOut =>
  async (service, entries, signal) => {
    const carrier = carriers[service]
    if (carrier === undefined) return { done: true }
    const ending = new AbortController()
    const stop = () => ending.abort()
    signal.addEventListener('abort', stop, { once: true })
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<CarriedOut>((resolve) => {
      timer = setTimeout(() => resolve({ done: false, reason: 'timeout', mayBeDone: true }), withinMs)
    })
    try {
      return await Promise.race([carrier(entries, ending.signal), late])
    } catch {
      return { done: false, reason: 'carrier-failed', mayBeDone: true }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      stop()
    }
  }
