/** A value that was sensed, as of now: known, or known too long ago to be relied on. */

interface SensedValue {
  readonly value: number
  readonly at: number
  readonly staleAt: number | null
}

export interface Reading {
  readonly value: number
  readonly ageMs: number
  readonly isStale: boolean
}

export const readingOf = (sensed: SensedValue | null, now: number): Reading | null =>
  sensed === null
    ? null
    : {
        value: sensed.value,
        ageMs: Math.max(0, now - sensed.at),
        isStale: sensed.staleAt !== null && sensed.staleAt <= now,
      }
