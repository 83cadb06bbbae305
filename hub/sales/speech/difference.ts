/** What the inspector makes of a sale now, against what the journal has of it: only what differs becomes an entry. */
import { findingsMax } from '#protocol/recording/missing.ts'
import type { Finding, SaleRow } from '#protocol/recording/sale.ts'
import { sameMs } from '../inspect/lines.ts'
import type { Finds, Held, Verdict } from '../inspect/verdict.ts'
import type { Found, Inspected } from '../inspected.ts'

type Known = Pick<Finding, 'code' | 'about' | 'at'>

/** After a restart the same words may be told again, and are a little later. */
export const isSameFound = (one: Known, other: Known): boolean =>
  one.code === other.code && one.about === other.about && Math.abs(one.at - other.at) < sameMs

/** More than a sale keeps would be said again with each line, and never be kept. */
const foundIn = ({ findings }: SaleRow, { found }: Verdict): readonly Found[] => {
  let left = findingsMax - findings.length
  return found.flatMap((one: Finds) => {
    const before = findings.find((row) => isSameFound(row, one))
    if (before === undefined) return left-- > 0 ? [one] : []
    // What a person has settled stays settled.
    return before.settled?.by === 'speech' ? [{ ...one, at: before.at }] : []
  })
}

interface Listened {
  readonly verdict: Verdict
  /** What the journal had when this inspector began. */
  readonly base: Held
  /** What this inspector itself found so far: of what was found before it, it knows nothing. */
  readonly reported: readonly Found[]
}

const isDone = ({ verdict, base }: Listened, item: string): boolean =>
  verdict.heard.has(item) || (base.has(item) && !verdict.takenBack.has(item))

const clearedIn = (sale: SaleRow, listened: Listened): readonly Found[] =>
  sale.findings.flatMap(({ code, about, at, speaker, settled }) => {
    if (settled !== null || (code !== 'forbidden' && code !== 'out-of-order' && code !== 'declined'))
      return []
    const one = { code, about, at, speaker }
    if (code === 'out-of-order' && isDone(listened, about)) return [one]
    const isOurs = listened.reported.some((other) => isSameFound(other, one))
    return isOurs && !listened.verdict.found.some((other) => isSameFound(other, one)) ? [one] : []
  })

export const differenceOf = (sale: SaleRow, listened: Listened): Inspected => {
  const { verdict } = listened
  const stateOf = new Map(sale.items.map(({ id, state }) => [id, state]))
  return {
    heard: [...verdict.heard]
      .filter(([item]) => stateOf.get(item) !== 'heard')
      .map(([item, at]) => ({ item, at })),
    unheard:
      sale.sold === null
        ? [...stateOf].flatMap(([item, state]) =>
            state === 'heard' && !isDone(listened, item) ? [item] : [],
          )
        : [],
    found: foundIn(sale, verdict),
    cleared: clearedIn(sale, listened),
  }
}

export const isNothing = ({ heard, unheard, found, cleared }: Inspected): boolean =>
  heard.length + unheard.length + found.length + cleared.length === 0
