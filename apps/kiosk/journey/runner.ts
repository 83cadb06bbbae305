/** A journey at work: takes what happens, keeps where the visitor stands, and does what comes of it. */
import type { EventData, EventName } from '#protocol/events.ts'
import type { CarryOut } from '../outside/carry-out.ts'
import { type Cell, createCell } from '../outside/cell.ts'
import type { Clock } from '../outside/clock.ts'
import type { Effect, Input } from './input.ts'
import { reduce } from './reduce.ts'
import { type Journey, nobody, type World } from './state.ts'

type Bare<I> = I extends Input ? Omit<I, 'at'> : never
export type Act = Bare<Input>
export type Put = (act: Act) => void

export interface RunnerParts {
  readonly clock: Clock
  readonly world: () => World
  readonly tell: <N extends EventName>(name: N, data: EventData<N>) => void
  readonly issue: () => Promise<string>
  readonly print: () => void
  readonly carryOut: CarryOut
  /** Whatever the page itself still holds of somebody. */
  readonly wipe: () => void
  readonly keepSession: (isOpen: boolean) => void
}

export interface Runner {
  readonly journey: Cell<Journey>
  readonly put: Put
}

const tickMs = 500

export const createRunner = (parts: RunnerParts, first: Journey = nobody): Runner => {
  const { clock, world, tell } = parts
  const journey = createCell(first)
  let working = new AbortController()

  const carry = async ({ service, entries }: Extract<Effect, { do: 'carry-out' }>) => {
    working = new AbortController()
    const { signal } = working
    const answer = await parts.carryOut(service, entries, signal)
    // Whoever it was for is gone, and how it ended has been told.
    if (signal.aborted) return
    put(answer.done ? { type: 'carried-out' } : { ...answer, type: 'not-carried-out' })
  }

  const perform = (effect: Effect) => {
    if ('tell' in effect) {
      // One call for each name: only so do name and data belong together for the type check.
      if (effect.tell === 'kiosk.session') {
        parts.keepSession(effect.data.state === 'started')
        tell(effect.tell, effect.data)
      } else if (effect.tell === 'intent.stated') tell(effect.tell, effect.data)
      else if (effect.tell === 'ticket.issued') tell(effect.tell, effect.data)
      else tell(effect.tell, effect.data)
      return
    }
    if (effect.do === 'issue')
      parts.issue().then(
        (ticket) => put({ type: 'ticket-issued', ticket }),
        () => put({ type: 'ticket-failed' }),
      )
    else if (effect.do === 'print') parts.print()
    else if (effect.do === 'carry-out') void carry(effect)
    else {
      working.abort()
      parts.wipe()
    }
  }

  const put: Put = (act) => {
    const step = reduce(journey.get(), { ...act, at: clock.now() }, world())
    journey.set(step.journey)
    for (const effect of step.effects) perform(effect)
  }

  clock.every(tickMs, () => put({ type: 'tick' }))
  return { journey, put }
}
