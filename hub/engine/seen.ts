/**
 * Which numbered messages of a sender are already committed. The window is written in the entry's own transaction, so
 * that a repeat after a crash gets its acknowledgement and nothing else; after a restore from a backup it is older,
 * and what the devices still hold is taken as the news it is.
 */
import type { Input, Numbering } from './entry.ts'
import type { SeenBoot, SeenRow } from './state.ts'

/** A device starts anew now and then; a person counts anew with each page that he opens. */
const bootsMax = { device: 4, person: 64 }
const rangesMax = 64

/** @returns who counts, or undefined where nobody does. */
export const senderOf = ({ body, numbering }: Pick<Input, 'body' | 'numbering'>): string | undefined =>
  numbering?.sender ?? ('device' in body ? body.device : undefined)

type Ranges = SeenBoot['ranges']
type Range = Ranges[number]

/** Devices count through telemetry that is never journalled, so gaps are normal: ranges, not a single number. */
const insert = (ranges: Ranges, n: number): Range[] => {
  const last = ranges.at(-1)
  if (last === undefined || n > last[1] + 1) return [...ranges, [n, n]]
  if (n === last[1] + 1) return [...ranges.slice(0, -1), [last[0], n]]
  return insertBetween(ranges, n)
}

const insertBetween = (ranges: Ranges, n: number): Range[] => {
  const next: Range[] = []
  let from = n
  let to = n
  let placed = false
  for (const [low, high] of ranges) {
    if (high < from - 1) next.push([low, high])
    else if (low > to + 1) {
      if (!placed) next.push([from, to])
      placed = true
      next.push([low, high])
    } else {
      from = Math.min(from, low)
      to = Math.max(to, high)
    }
  }
  if (!placed) next.push([from, to])
  return next
}

/** Of a device: what it did not send by then was telemetry, so that the oldest gap may close. */
const closeGaps = (ranges: Range[]): Ranges => {
  while (ranges.length > rangesMax) {
    const first = ranges.shift()
    const second = ranges[0]
    if (first !== undefined && second !== undefined) ranges[0] = [first[0], second[1]]
  }
  return ranges
}

/**
 * Of a person: in a gap stands what was refused, and a refusal is no entry. A gap that closed would call it done, so the
 * oldest numbers are let go instead, and from then on it is owned that nobody knows about them.
 */
const letGo = (ranges: Range[], forgottenTo = -1): Pick<SeenBoot, 'ranges' | 'forgottenTo'> => {
  let to = forgottenTo
  while (ranges.length > rangesMax) to = Math.max(to, ranges.shift()?.[1] ?? to)
  return { ranges, ...(to >= 0 && { forgottenTo: to }) }
}

export const isSeen = (row: SeenRow | undefined, { boot, n }: Numbering): boolean => {
  const ranges = row?.boots.find((entry) => entry.boot === boot)?.ranges ?? []
  const last = ranges.at(-1)
  // Nearly every number is a new one, after all others.
  if (last === undefined || n > last[1]) return false
  return ranges.some(([low, high]) => n >= low && n <= high)
}

/** Whether nobody can say any more if this was committed: neither to be done, for it may have been, nor called done. */
export const isForgotten = (row: SeenRow | undefined, numbering: Numbering): boolean => {
  const to = row?.boots.find(({ boot }) => boot === numbering.boot)?.forgottenTo
  return to !== undefined && numbering.n <= to
}

/** @returns the window with this number in it; the most recent boots are kept. */
export const remember = (
  row: SeenRow | undefined,
  device: string,
  { boot, n, sender }: Numbering,
): SeenRow => {
  const isDevice = sender === undefined
  const boots = row?.boots ?? []
  const known = boots.find((entry) => entry.boot === boot)
  const ranges = insert(known?.ranges ?? [], n)
  const window = isDevice ? { ranges: closeGaps(ranges) } : letGo(ranges, known?.forgottenTo)
  const rest = boots.filter((entry) => entry.boot !== boot)
  return {
    device,
    boots: [{ boot, ...window }, ...rest].slice(0, isDevice ? bootsMax.device : bootsMax.person),
  }
}
