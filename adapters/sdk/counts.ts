/** How often what went wrong, by its code: for the log at the end, for a health page, and for tests. */
export interface Counts {
  count(code: string): void
  all(): Readonly<Record<string, number>>
}

export const createCounts = (): Counts => {
  const counts = new Map<string, number>()
  return {
    count: (code) => void counts.set(code, (counts.get(code) ?? 0) + 1),
    all: () => Object.fromEntries(counts),
  }
}
