/** Whether somebody still sits there: a ring at an empty chair costs the customer its whole time. */
export interface IdleLimits {
  /** Without a touch or a key. */
  readonly askAfterMs: number
  /** To answer the question. */
  readonly answerWithinMs: number
}

export type Idle =
  | { readonly state: 'here' }
  | { readonly state: 'asked'; readonly leftMs: number }
  | { readonly state: 'gone' }

export const usualIdle: IdleLimits = { askAfterMs: 600_000, answerWithinMs: 60_000 }

export const idleOf = (quietMs: number, { askAfterMs, answerWithinMs }: IdleLimits): Idle => {
  if (quietMs < askAfterMs) return { state: 'here' }
  const leftMs = askAfterMs + answerWithinMs - quietMs
  return leftMs > 0 ? { state: 'asked', leftMs } : { state: 'gone' }
}
