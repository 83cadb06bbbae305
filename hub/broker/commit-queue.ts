/**
 * Acknowledges one client's messages in the order they came, each only when it is committed [MQTT-4.6.0-2]. aedes calls
 * for every packet of a read at once, and commits take varying time: without this the order would be lost.
 */

export interface CommitQueue {
  /** `release` is called once: without an error when committed, in order. */
  add(outcome: Promise<void>, release: (error?: Error) => void): void
  /** When the oldest unanswered message came, in the same clock; undefined: none waits. */
  oldestMs(): number | undefined
  /** Nothing more is acknowledged: what is still held is released with the error. */
  abort(error: Error): void
}

interface Held {
  readonly sinceMs: number
  readonly release: (error?: Error) => void
  committed: boolean
}

export const createCommitQueue = (nowMs: () => number): CommitQueue => {
  let held: Held[] = []
  let aborted: Error | undefined
  const abort = (error: Error) => {
    if (aborted !== undefined) return
    aborted = error
    const rest = held
    held = []
    for (const one of rest) one.release(error)
  }
  const releaseCommitted = () => {
    for (let first = held[0]; first?.committed === true; first = held[0]) {
      held.shift()
      first.release()
    }
  }
  return {
    add: (outcome, release) => {
      if (aborted !== undefined) {
        outcome.catch(() => undefined)
        release(aborted)
        return
      }
      const one: Held = { sinceMs: nowMs(), release, committed: false }
      held.push(one)
      outcome.then(
        () => {
          one.committed = true
          releaseCommitted()
        },
        (error: unknown) => abort(error instanceof Error ? error : new Error(String(error))),
      )
    },
    oldestMs: () => held[0]?.sinceMs,
    abort,
  }
}
