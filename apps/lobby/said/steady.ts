/**
 * A list that does not jump under a finger: what is new comes in on top, and what is over leaves, only while nobody
 * touches it. Until then the new ones are counted.
 */

/** @returns what is to be shown, in order, and how many wait to come in. */
export const settle = (
  shown: readonly string[],
  wanted: readonly string[],
  isBusy: boolean,
): { readonly shown: readonly string[]; readonly waiting: number } => {
  if (!isBusy) return { shown: isSame(shown, wanted) ? shown : wanted, waiting: 0 }
  const known = new Set(shown)
  return { shown, waiting: wanted.filter((id) => !known.has(id)).length }
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index])
