/** The kiosks as people find them: free, in use, promised to somebody on the way, or out of order. */
import type { KioskUse } from '../devices/kiosk-use.ts'
import type { FleetDevice } from '../fleet.ts'
import type { DayClock } from './day-clock.ts'

export type KioskEnd = 'finished' | 'abandoned' | 'failed'

export interface Kiosks {
  /** @returns the wanted one if it is free, else another that is promised to nobody else. */
  take(wanted: string | undefined): string | undefined
  /** @returns takes the promise back. */
  promise(kiosk: string): () => void
  use(kiosk: string, use: KioskUse, ended: (how: KioskEnd) => void): void
  /** From the device's own log. */
  hear(kiosk: string, state: KioskEnd | 'started'): void
  setOutage(kiosk: string, out: boolean): void
}

interface Deps {
  readonly ids: readonly string[]
  readonly clock: DayClock
  readonly device: (id: string) => FleetDevice | undefined
  readonly promisedMs: number
  readonly repairMs: number
}

/** A device that died never says how a session ended: its user gives up after this much more than the session takes. */
const deadAfterMs = 60_000

export const createKiosks = (deps: Deps): Kiosks => new KioskRow(deps)

class KioskRow implements Kiosks {
  readonly #deps: Deps
  readonly #sessions = new Map<string, { ended: (how: KioskEnd) => void; cancel: () => void }>()
  readonly #taken = new Set<string>()
  /** How many promises are open for each. */
  readonly #promised = new Map<string, number>()
  readonly #broken = new Set<string>()
  readonly #outages = new Set<string>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  take(wanted: string | undefined) {
    const { ids } = this.#deps
    const isFree = (id: string) =>
      !this.#taken.has(id) && !this.#sessions.has(id) && !this.#broken.has(id) && !this.#outages.has(id)
    const kiosk =
      wanted !== undefined && ids.includes(wanted) && isFree(wanted)
        ? wanted
        : ids.find((id) => isFree(id) && (this.#promised.get(id) ?? 0) === 0)
    if (kiosk !== undefined) this.#taken.add(kiosk)
    return kiosk
  }

  promise(kiosk: string) {
    let kept = true
    const release = () => {
      if (kept) this.#keep(kiosk, -1)
      kept = false
    }
    this.#keep(kiosk, 1)
    this.#deps.clock.after(this.#deps.promisedMs, release)
    return release
  }

  use(kiosk: string, use: KioskUse, ended: (how: KioskEnd) => void) {
    const { clock, device } = this.#deps
    const breaks = use.breaks !== undefined
    const lastsMs = use.abandons === true || breaks ? use.forMs / 2 : use.forMs
    const how: KioskEnd = breaks ? 'failed' : use.abandons === true ? 'abandoned' : 'finished'
    this.#taken.delete(kiosk)
    const played = device(kiosk)
    const cancel =
      played === undefined
        ? clock.after(lastsMs, () => this.#end(kiosk, how))
        : clock.after(use.forMs + deadAfterMs, () => this.#end(kiosk, 'failed'))
    this.#sessions.set(kiosk, { ended, cancel })
    played?.use(use)
  }

  hear(kiosk: string, state: KioskEnd | 'started') {
    if (state !== 'started') this.#end(kiosk, state)
  }

  setOutage(kiosk: string, out: boolean) {
    if (out) this.#outages.add(kiosk)
    else this.#outages.delete(kiosk)
    const played = this.#deps.device(kiosk)
    played?.setFault(out ? 'outage' : undefined)
    // A device says so itself.
    if (out && played === undefined) this.#end(kiosk, 'failed')
  }

  #keep(kiosk: string, by: number) {
    this.#promised.set(kiosk, (this.#promised.get(kiosk) ?? 0) + by)
  }

  #end(kiosk: string, how: KioskEnd) {
    const session = this.#sessions.get(kiosk)
    if (session === undefined) return
    this.#sessions.delete(kiosk)
    session.cancel()
    if (how === 'failed') {
      this.#broken.add(kiosk)
      this.#deps.clock.after(this.#deps.repairMs, () => void this.#broken.delete(kiosk))
    }
    session.ended(how)
  }
}
