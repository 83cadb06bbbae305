/**
 * The numbering of deltas, and the last ones for whoever was away for a moment. Bounded by number and by size: who was
 * away for longer begins anew with everything.
 */
import type { Hello, LiveDelta } from '#protocol/desk/live/line.ts'
import type { Changed } from './book.ts'

export interface Numbered {
  readonly run: string
  /** Of the last delta. */
  readonly n: number
  add(changed: Changed, at: number): LiveDelta
  /** What a page missed since; undefined: that is not known here any more. */
  since(have: Hello['have']): readonly LiveDelta[] | undefined
}

export interface NumberedLimits {
  readonly deltasMax: number
  readonly bytesMax: number
}

export const defaultNumberedLimits: NumberedLimits = { deltasMax: 2_000, bytesMax: 2 * 1024 * 1024 }

class LastDeltas implements Numbered {
  readonly run: string
  n = 0
  readonly #limits: NumberedLimits
  /** By number, consecutive, the oldest first. */
  readonly #kept = new Map<number, { readonly delta: LiveDelta; readonly bytes: number }>()
  #bytes = 0

  constructor(run: string, limits: NumberedLimits) {
    this.run = run
    this.#limits = limits
  }

  add({ changes, bytes }: Changed, at: number): LiveDelta {
    this.n += 1
    const delta = { run: this.run, n: this.n, at, changes }
    this.#kept.set(this.n, { delta, bytes })
    this.#bytes += bytes
    this.#makeRoom()
    return delta
  }

  since(have: Hello['have']): readonly LiveDelta[] | undefined {
    if (have === undefined || have.run !== this.run || have.n > this.n) return undefined
    const missed: LiveDelta[] = []
    for (let n = have.n + 1; n <= this.n; n++) {
      const kept = this.#kept.get(n)
      if (kept === undefined) return undefined
      missed.push(kept.delta)
    }
    return missed
  }

  #makeRoom() {
    const { deltasMax, bytesMax } = this.#limits
    for (const [n, { bytes }] of this.#kept) {
      if (this.#kept.size <= deltasMax && this.#bytes <= bytesMax) return
      this.#kept.delete(n)
      this.#bytes -= bytes
    }
  }
}

export const createNumbered = (run: string, limits = defaultNumberedLimits): Numbered =>
  new LastDeltas(run, limits)
