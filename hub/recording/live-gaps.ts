/** Whoever is not heard or seen while a sale is recorded: noticed within seconds, and told once more when it went on. */
import type { Span } from './coverage.ts'

export interface Heard {
  readonly participant: string
  readonly audioAt: number | null
  readonly videoAt: number | null
}

export interface LiveGapsParts {
  readonly onGap: (gap: Span & { readonly participant: string; readonly isOver: boolean }) => void
}

/** A network that hiccups is none; what is longer is told while it lasts. */
const afterMs = 2_500
/** From the order to record to the first frame. */
const graceMs = 3_000

export class LiveGaps {
  readonly #parts: LiveGapsParts
  readonly #open = new Map<string, number>()
  /** By participant: when both were there last, whichever run of the recorder heard it. */
  readonly #last: Map<string, number>
  #since: number | undefined

  /** @param baseline what was there already when a hub that started again goes on */
  constructor(parts: LiveGapsParts, baseline: ReadonlyMap<string, number>) {
    this.#parts = parts
    this.#last = new Map(baseline)
  }

  /** @param at null: nothing is recorded now */
  recording(at: number | null): void {
    if (at === null) this.#since = undefined
    else this.#since ??= at
    if (at === null) this.#open.clear()
  }

  get isOpen(): boolean {
    return this.#open.size > 0
  }

  look(nowMs: number, wanted: readonly string[], heard: readonly Heard[]): void {
    const since = this.#since
    if (since === undefined || nowMs - since < graceMs) return
    for (const participant of wanted) {
      const own = heard.find((one) => one.participant === participant)
      const before = this.#last.get(participant) ?? since
      const last = Math.max(since, before, Math.min(own?.audioAt ?? since, own?.videoAt ?? since))
      this.#last.set(participant, last)
      const from = this.#open.get(participant)
      if (nowMs - last > afterMs) {
        if (from !== undefined) continue
        this.#open.set(participant, last)
        this.#parts.onGap({ participant, from: last, to: nowMs, isOver: false })
      } else if (from !== undefined) {
        this.#open.delete(participant)
        this.#parts.onGap({ participant, from, to: last, isOver: true })
      }
    }
  }
}
