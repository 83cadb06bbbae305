/** Which time a recording covers, and which it does not. */

export interface Span {
  readonly from: number
  readonly to: number
}

/** Moments closer to each other than `toleranceMs` are one span. */
export class Coverage {
  readonly #toleranceMs: number
  readonly #spans: { from: number; to: number }[] = []

  constructor(toleranceMs: number) {
    this.#toleranceMs = toleranceMs
  }

  /** Mostly in order; a moment before the last one is put where it belongs. */
  add(from: number, to: number = from): void {
    const last = this.#spans.at(-1)
    if (last !== undefined && from >= last.from && from <= last.to + this.#toleranceMs)
      last.to = Math.max(last.to, to)
    else if (last === undefined || from > last.to) this.#spans.push({ from, to })
    else this.#insert(from, to)
  }

  get spans(): readonly Span[] {
    return this.#spans
  }

  #insert(from: number, to: number) {
    const all = [...this.#spans, { from, to }].toSorted((a, b) => a.from - b.from)
    this.#spans.length = 0
    for (const span of all) this.add(span.from, span.to)
  }
}

/** What of the wanted time is in none of the spans, where more than `toleranceMs` is missing at once. */
export const gapsIn = (
  wanted: readonly Span[],
  spans: readonly Span[],
  toleranceMs: number,
): readonly Span[] => {
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  return wanted.flatMap(({ from, to }) => {
    const gaps: Span[] = []
    let covered = from
    for (const span of sorted) {
      if (span.to < from || span.from > to) continue
      if (span.from - covered > toleranceMs) gaps.push({ from: covered, to: span.from })
      covered = Math.max(covered, span.to)
    }
    if (to - covered > toleranceMs) gaps.push({ from: covered, to })
    return gaps
  })
}
