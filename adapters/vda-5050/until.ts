/** Waiting for something that a robot will say: as long as it is there, the task is wanted and the time is not over. */
import type { Robot } from './robot.ts'

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

export const until = <T>(robot: Robot, waiting: Waiting<T>): Promise<Outcome<T>> =>
  new Promise((resolve) => {
    const { look, withinMs, signal, again } = waiting
    const { clock } = robot.parts
    const ends: (() => void)[] = []
    const settle = (outcome: Outcome<T>) => {
      for (const end of ends.splice(0)) end()
      resolve(outcome)
    }
    const check = () => {
      const got = look()
      if (got !== undefined) settle({ got })
      else if (signal?.aborted === true) settle({ why: 'aborted' })
      else if (robot.isClosed() || robot.isGone()) settle({ why: 'gone' })
    }
    ends.push(robot.watch(check))
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
