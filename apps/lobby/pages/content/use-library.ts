/** The library as the hub has it: read again while somebody looks, since others change it too. */
import { useEffect } from 'react'
import type { Library } from '#protocol/desk/content-routes.ts'
import { localTime } from '#protocol/local-time.ts'
import { type Answer, useAnswer } from '../../live/ask-hub.ts'
import { useLive } from '../../live/context.ts'
import { useBranch, useConnection } from '../../live/use-live.ts'

/** Two people work on it now and then: soon enough to be told, seldom enough to cost nothing. */
const againMs = 10_000

export const useLibrary = (): Answer<Library> => {
  const answer = useAnswer('library', {})
  const { state } = useConnection()
  const { again } = answer
  useEffect(() => {
    if (state !== 'live') return undefined
    const look = () => {
      if (document.visibilityState === 'visible') again()
    }
    const timer = setInterval(look, againMs)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [state, again])
  return answer
}

/** The day in the branch, `2026-11-23`. */
export const useToday = (): string => {
  const { clock } = useLive()
  const utcOffsetMinutes = useBranch()?.utcOffsetMinutes ?? 0
  return localTime(clock.now(), { utcOffsetMinutes }).day
}
