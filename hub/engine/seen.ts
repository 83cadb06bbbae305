/**
 * Which numbered messages of a sender are already committed. The window is written in the entry's own transaction, so
 * that a repeat after a crash gets its acknowledgement and nothing else; after a restore from a backup it is older,
 * and what the devices still hold is taken as the news it is.
 */
import type { Input, Numbering } from './entry.ts'
import { closeOldestGaps, hasNumber, type NumberRange, withNumber } from './number-ranges.ts'
import type { SeenBoot, SeenRow } from './state.ts'

/** A device starts anew now and then; a person counts anew with each page that he opens. */
const bootsMax = { device: 4, person: 64 }
const rangesMax = 64

/** @returns who counts, or undefined where nobody does. */
export const senderOf = ({ body, numbering }: Pick<Input, 'body' | 'numbering'>): string | undefined =>
  numbering?.sender ?? ('device' in body ? body.device : undefined)

/**
 * Of a person: in a gap stands what was refused, and a refusal is no entry. A gap that closed would call it done, so the
 * oldest numbers are let go instead, and from then on it is owned that nobody knows about them.
 */
const letGo = (ranges: NumberRange[], forgottenTo = -1): Pick<SeenBoot, 'ranges' | 'forgottenTo'> => {
  let to = forgottenTo
  while (ranges.length > rangesMax) to = Math.max(to, ranges.shift()?.[1] ?? to)
  return { ranges, ...(to >= 0 && { forgottenTo: to }) }
}

export const isSeen = (row: SeenRow | undefined, { boot, n }: Numbering): boolean => {
  const ranges = row?.boots.find((entry) => entry.boot === boot)?.ranges ?? []
  return hasNumber(ranges, n)
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
  const ranges = withNumber(known?.ranges ?? [], n)
  // Devices count through telemetry that is never journalled, so gaps are normal: ranges, not a single number. What was
  // not sent by then was telemetry, so that the oldest gap may close.
  const window = isDevice ? { ranges: closeOldestGaps(ranges, rangesMax) } : letGo(ranges, known?.forgottenTo)
  const rest = boots.filter((entry) => entry.boot !== boot)
  return {
    device,
    boots: [{ boot, ...window }, ...rest].slice(0, isDevice ? bootsMax.device : bootsMax.person),
  }
}
