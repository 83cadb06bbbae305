/** Waiting for something that a device will say: as long as it is there, the task is wanted and the time is not over. */
import type { Clock } from '../sdk/ports.ts'

export interface Watched {
  readonly clock: Clock
  /** @returns ends the watching. */
  watch(watcher: () => void): () => void
  isGone(): boolean
}

export interface Waiting<T> {
  readonly look: () => T | undefined
  readonly withinMs?: number
  readonly signal?: AbortSignal
  /** Done when so much time has gone by without an answer, again and again. */
  readonly again?: { readonly everyMs: number; readonly call: () => void }
}

export type Outcome<T> =
  | { readonly got: T }
  | { readonly got?: never; readonly why: 'late' | 'aborted' | 'gone' }

export const untilSeen = <T>(device: Watched, waiting: Waiting<T>): Promise<Outcome<T>> =>
  new Promise((resolve) => {
    const { look, withinMs, signal, again } = waiting
    const { clock } = device
    const ends: (() => void)[] = []
    const settle = (outcome: Outcome<T>) => {
      for (const end of ends.splice(0)) end()
      resolve(outcome)
    }
    const check = () => {
      const got = look()
      if (got !== undefined) settle({ got })
      else if (signal?.aborted === true) settle({ why: 'aborted' })
      else if (device.isGone()) settle({ why: 'gone' })
    }
    ends.push(device.watch(check))
    if (signal !== undefined) {
      signal.addEventListener('abort', check)
      ends.push(() => signal.removeEventListener('abort', check))
    }
    if (withinMs !== undefined) ends.push(clock.after(withinMs, () => settle({ why: 'late' })))
    if (again !== undefined) {
      let cancel: () => void = () => {}
      const repeat = () => {
        cancel = clock.after(again.everyMs, () => {
          again.call()
          repeat()
        })
      }
      repeat()
      ends.push(() => cancel())
    }
    check()
  })
