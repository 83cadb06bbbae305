/**
 * Where a service is really done, by the bank's own system. The hub has no part in it and learns only how it ended.
 * A bank adds its services here, by their id; what has no entry asks for nothing beyond the form itself.
 */
export type CarriedOut = { readonly done: true } | { readonly done: false; readonly reason: string }

/** Stops at the signal: whoever it was for is gone. */
export type Carrier = (entries: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<CarriedOut>

const carriers: Readonly<Record<string, Carrier>> = {}

const withinMs = 60_000

/** Whatever goes wrong is an answer too: a visitor never waits for ever. */
export const carryOut = async (
  service: string,
  entries: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<CarriedOut> => {
  const carrier = carriers[service]
  if (carrier === undefined) return { done: true }
  const late = new Promise<CarriedOut>((resolve) => {
    setTimeout(() => resolve({ done: false, reason: 'timeout' }), withinMs)
  })
  try {
    return await Promise.race([carrier(entries, signal), late])
  } catch {
    return { done: false, reason: 'carrier-failed' }
  }
}
