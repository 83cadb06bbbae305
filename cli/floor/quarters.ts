/** A day in quarters of an hour, and stretches of time shared out among them. */
export const quarterMs = 900_000

export interface Span {
  readonly from: number
  readonly until: number
}

/** Which quarter a moment falls into, counted from the day's midnight. */
export const quarterOf = (at: number, dayFrom: number): number => Math.floor((at - dayFrom) / quarterMs)

/** The part of a stretch in each quarter it touches. */
export const share = ({ from, until }: Span, dayFrom: number): readonly { quarter: number; ms: number }[] => {
  const parts: { quarter: number; ms: number }[] = []
  for (let at = from; at < until; ) {
    const quarter = quarterOf(at, dayFrom)
    const end = Math.min(until, dayFrom + (quarter + 1) * quarterMs)
    parts.push({ quarter, ms: end - at })
    at = end
  }
  return parts
}

/** Overlap of two sets of stretches, each without overlaps of its own and in order. */
export const overlap = (first: readonly Span[], second: readonly Span[]): readonly Span[] =>
  first.flatMap((one) =>
    second
      .map((other) => ({ from: Math.max(one.from, other.from), until: Math.min(one.until, other.until) }))
      .filter(({ from, until }) => until > from),
  )

/** Stretches that touch or overlap become one. */
export const united = (spans: readonly Span[]): readonly Span[] => {
  const made: { from: number; until: number }[] = []
  for (const { from, until } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = made.at(-1)
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until)
    else made.push({ from, until })
  }
  return made
}

/** What of the first is not in the second. */
export const without = (first: readonly Span[], second: readonly Span[]): readonly Span[] =>
  first.flatMap(({ from, until }) => {
    const left: Span[] = []
    let at = from
    for (const cut of united(second)) {
      if (cut.until <= at || cut.from >= until) continue
      if (cut.from > at) left.push({ from: at, until: cut.from })
      at = Math.max(at, cut.until)
    }
    return at < until ? [...left, { from: at, until }] : left
  })
