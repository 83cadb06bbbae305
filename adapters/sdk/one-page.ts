/** One page at a time is the device: a second tab with the same memory would do again what the first has begun. */
import type { Log } from './ports.ts'

interface Locks {
  request(name: string, options: { signal?: AbortSignal }, work: () => Promise<void>): Promise<void>
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>
}

/** Resolves when it is this page's turn. @returns lets the next one have it; so does closing the page. */
export const untilAlone = async (name: string, log: Log, signal?: AbortSignal): Promise<() => void> => {
  const { locks } = (globalThis as { navigator?: { locks?: Locks } }).navigator ?? {}
  // Browsers have locks on secure pages only; without them, one page for each device is the integrator's care.
  if (locks === undefined) return () => {}
  const { held = [] } = await locks.query()
  if (held.some((lock) => lock.name === name))
    log.warn('another page is this device: this one waits for its end')
  return await new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release))
    locks.request(name, signal === undefined ? {} : { signal }, hold).catch(reject)
  })
}
