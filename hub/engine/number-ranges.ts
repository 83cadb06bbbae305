/** Numbers that were seen, as inclusive ranges in ascending order: what a sender counts comes mostly in a row. */

export type NumberRange = readonly [number, number]
export type NumberRanges = readonly NumberRange[]

export const hasNumber = (ranges: NumberRanges, n: number): boolean => {
  const last = ranges.at(-1)
  // Nearly every number is a new one, after all others.
  if (last === undefined || n > last[1]) return false
  return ranges.some(([low, high]) => n >= low && n <= high)
}

const insertBetween = (ranges: NumberRanges, n: number): NumberRange[] => {
  const next: NumberRange[] = []
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

export const withNumber = (ranges: NumberRanges, n: number): NumberRange[] => {
  const last = ranges.at(-1)
  if (last === undefined || n > last[1] + 1) return [...ranges, [n, n]]
  if (n === last[1] + 1) return [...ranges.slice(0, -1), [last[0], n]]
  return insertBetween(ranges, n)
}

/** At most so many: the oldest gap is taken for seen. */
export const closeOldestGaps = (ranges: NumberRange[], most: number): NumberRanges => {
  while (ranges.length > most) {
    const first = ranges.shift()
    const second = ranges[0]
    if (first !== undefined && second !== undefined) ranges[0] = [first[0], second[1]]
  }
  return ranges
}
