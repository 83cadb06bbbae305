/** The word somebody may have meant. */

/** How many letters must be put in, left out or changed to make one of the other. */
const distance = (one: string, other: string): number => {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1]
    for (let column = 1; column <= other.length; column++) {
      const change = (above[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1)
      line.push(Math.min(change, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above.at(-1) ?? 0
}

/** @returns undefined where none is like it: a third of its letters may differ. */
export const nearestOf = (word: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((one) => ({ one, off: distance(word, one) }))
    .filter(({ off }) => off <= Math.ceil(word.length / 3))
    .toSorted((a, b) => a.off - b.off)
  return best?.one
}
