/** Ticket numbers of a series follow each other: one that is left out was issued, and nobody told of it. */

const numbered = /^(.*?)(\d{1,6})$/
/** A larger step is a new series, or a ticket printed by hand. */
const jumpMax = 50
const seriesMax = 256

interface Series {
  readonly first: number
  last: number
  /** Number → since when it is missing. */
  readonly missing: Map<number, number>
}

export const createNumbers = () => {
  const all = new Map<string, Series>()
  const find = (ticket: string) => {
    const [, prefix = '', digits] = numbered.exec(ticket) ?? []
    return digits === undefined ? undefined : { prefix, number: Number(digits), series: all.get(prefix) }
  }
  return {
    issued(ticket: string, now: number) {
      const found = find(ticket)
      if (found === undefined) return
      const { prefix, number, series } = found
      if (series === undefined || number > series.last + jumpMax || number < series.first) {
        if (all.size < seriesMax || series !== undefined)
          all.set(prefix, { first: number, last: number, missing: new Map() })
        return
      }
      series.missing.delete(number)
      for (let one = series.last + 1; one < number; one += 1) series.missing.set(one, now)
      series.last = Math.max(series.last, number)
    },
    /** Told of by anything else than its issue: it is no longer missing without a word. */
    heard(ticket: string) {
      const found = find(ticket)
      found?.series?.missing.delete(found.number)
    },
    /** Whether it was issued before anybody here listened. */
    isFromBefore(ticket: string) {
      const found = find(ticket)
      return found?.series === undefined || found.number < found.series.first
    },
    /** @returns how many have been missing for so long, each once. */
    missed(now: number, settleMs: number): number {
      let count = 0
      for (const { missing } of all.values())
        for (const [number, since] of missing)
          if (now - since >= settleMs) {
            missing.delete(number)
            count += 1
          }
      return count
    },
  }
}
