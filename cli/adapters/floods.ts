/** Whether a device sends more than it may for so long that it is no burst: then somebody is told, and again when it is over. */
import type { Clock } from '#hub/engine/hub-time.ts'

export interface Floods {
  /** The hub had to slow it down just now. */
  slowed(device: string): void
  isFlooding(device: string): boolean
}

/** What a device has kept while the line was down may take that long. */
const burstMs = 5_000
/** Not slowed for so long, and this flood is over. */
const calmMs = 30_000

interface Flood {
  readonly since: number
  last: number
  isTold: boolean
}

export const createFloods = (parts: {
  readonly clock: Clock
  readonly onFlood: (device: string, is: boolean) => void
}): Floods => {
  const { clock, onFlood } = parts
  const floods = new Map<string, Flood>()
  const lookLater = (device: string, flood: Flood): void => {
    clock.after(calmMs, () => {
      if (clock.monotonicMs() - flood.last < calmMs) return lookLater(device, flood)
      floods.delete(device)
      if (flood.isTold) onFlood(device, false)
    })
  }
  return {
    slowed(device) {
      const now = clock.monotonicMs()
      const known = floods.get(device)
      if (known === undefined) {
        const flood = { since: now, last: now, isTold: false }
        floods.set(device, flood)
        return lookLater(device, flood)
      }
      known.last = now
      if (known.isTold || now - known.since < burstMs) return
      known.isTold = true
      onFlood(device, true)
    },
    isFlooding: (device) => floods.get(device)?.isTold ?? false,
  }
}
