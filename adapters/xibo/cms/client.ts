/**
 * Requests with a token, asked again only where that can do no harm: what only reads or sets, and what certainly never
 * arrived. An order whose answer got lost is not given twice; whether it was heard is seen on the screen.
 */
import type { Clock } from '../../sdk/ports.ts'
import { monotonic } from '../../shared/monotonic.ts'
import type { Answer, Ask, Exchange } from './exchange.ts'
import type { Tokens } from './tokens.ts'
import { CmsTrouble } from './trouble.ts'

export interface CallHow {
  /** Doing it twice is the same as doing it once. */
  readonly repeatable: boolean
  /** Until when it is tried again. */
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Client {
  /** @throws CmsTrouble */
  call(ask: Ask, how: CallHow): Promise<Answer>
  /** The time by the clock of the CMS, as far as it told. */
  cmsNow(): number
}

const firstPauseMs = 250
const longestPauseMs = 5_000
/** Even in a hurry an answer gets that long. */
const leastMs = 100
const standardLimitMs = 1_000
const passing: ReadonlySet<CmsTrouble['kind']> = new Set(['unreachable', 'late', 'broken', 'odd', 'limited'])

export const createClient = (parts: {
  readonly exchange: Exchange
  readonly tokens: Tokens
  readonly clock: Clock
  readonly chance: () => number
}): Client => {
  const { exchange, tokens, clock, chance } = parts
  const nowMs = () => monotonic(clock)
  let aheadMs = 0

  const once = async (ask: Ask, until: number, signal: AbortSignal | undefined) => {
    for (let isFirst = true; ; isFirst = false) {
      const token = await tokens.get()
      try {
        const withinMs = Math.max(leastMs, until - nowMs())
        const answer = await exchange(ask, { token, withinMs, ...(signal !== undefined && { signal }) })
        if (answer.cmsAt !== undefined) aheadMs = answer.cmsAt - clock.now()
        return answer
      } catch (error) {
        if (!(error instanceof CmsTrouble) || error.kind !== 'unauthorised') throw error
        tokens.spoil(token)
        if (!isFirst) throw error
      }
    }
  }
  const pause = (ms: number, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve) => {
      const done = () => {
        cancel()
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const cancel = clock.after(ms, done)
      signal?.addEventListener('abort', done, { once: true })
    })

  return {
    cmsNow: () => clock.now() + aheadMs,
    async call(ask, { repeatable, withinMs, signal }) {
      const until = nowMs() + withinMs
      const isStopped = () => signal?.aborted === true
      for (let tries = 0; ; tries += 1) {
        try {
          return await once(ask, until, signal)
        } catch (error) {
          if (!(error instanceof CmsTrouble) || !passing.has(error.kind)) throw error
          if (!repeatable && error.mayBeDone) throw error
          const backoff = Math.min(longestPauseMs, firstPauseMs * 2 ** tries) * (1 + chance() / 2)
          const asked = error.kind === 'limited' ? (error.retryAfterMs ?? standardLimitMs) : 0
          const waitMs = Math.max(backoff, asked)
          if (isStopped() || nowMs() + waitMs >= until) throw error
          await pause(waitMs, signal)
          if (isStopped()) throw error
        }
      }
    },
  }
}
