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

/** Devices count through telemetry that is never journalled, so gaps are normal: ranges, not a single number. */
const insert = (ranges: SeenBoot['ranges'], n: number): SeenBoot['ranges'] => {
  const next: [number, number][] = []
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
  while (next.length > rangesMax) {
    const first = next.shift()
    const second = next[0]
    if (first !== undefined && second !== undefined) next[0] = [first[0], second[1]]
  }
  return next
}

export const isSeen = (row: SeenRow | undefined, { boot, n }: Numbering): boolean => {
  const known = row?.boots.find((entry) => entry.boot === boot)
  return known?.ranges.some(([low, high]) => n >= low && n <= high) ?? false
}

/** @returns the window with this number in it; the most recent boots are kept. */
export const remember = (
  row: SeenRow | undefined,
  device: string,
  { boot, n, sender }: Numbering,
): SeenRow => {
  const kept = sender === undefined ? bootsMax.device : bootsMax.person
  const boots = row?.boots ?? []
  const known = boots.find((entry) => entry.boot === boot)
  const ranges = insert(known?.ranges ?? [], n)
  const rest = boots.filter((entry) => entry.boot !== boot)
  return { device, boots: [{ boot, ranges }, ...rest].slice(0, kept) }
}
