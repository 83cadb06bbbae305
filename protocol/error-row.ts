/** One row of the table of errors: what happened, whose fault it is, whether to try again, and what to do. */

export type Fault = 'sender' | 'device' | 'operator' | 'hub' | 'environment'

export interface ErrorRow {
  /** One sentence: what happened. */
  readonly summary: string
  readonly fault: Fault
  /** Whether the same thing may be tried again unchanged. */
  readonly retry: 'no' | 'later' | 'after-change'
  /** What the reader should do. */
  readonly remedy: string
}

type Cells = readonly [
  summary: ErrorRow['summary'],
  fault: Fault,
  retry: ErrorRow['retry'],
  remedy: ErrorRow['remedy'],
]

export const row = (...[summary, fault, retry, remedy]: Cells): ErrorRow => ({
  summary,
  fault,
  retry,
  remedy,
})
