/** The library as the hub has it: read again while somebody looks, since others change it too. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { localTime } from '#protocol/local-time.ts'
import { type Answer, useAnswer } from '../../live/ask-hub.ts'
import { useLive } from '../../live/context.ts'
import { useBranch, useConnection } from '../../live/use-live.ts'
import { type Library, withKiosks } from './model/shown-on.ts'

/** Two people work on it now and then: soon enough to be told, seldom enough to cost nothing. */
const againMs = 10_000

/** The zone of each; devices that move or report leave the page as it is. */
const useKiosks = (): readonly (string | null)[] => {
  const { tables } = useLive()
  const subscribe = useCallback((tell: () => void) => tables.subscribe('devices', tell), [tables])
  const told = useSyncExternalStore(subscribe, () =>
    JSON.stringify(tables.rows('devices').flatMap(({ kind, zone }) => (kind === 'kiosk' ? [zone] : []))),
  )
  return useMemo(() => JSON.parse(told) as (string | null)[], [told])
}

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
  const { data } = answer
  const kiosks = useKiosks()
  return { ...answer, data: useMemo(() => data && withKiosks(data, kiosks), [data, kiosks]) }
}

/** The day in the branch, `2026-11-23`. */
export const useToday = (): string => {
  const { clock } = useLive()
  const utcOffsetMinutes = useBranch()?.utcOffsetMinutes ?? 0
  return localTime(clock.now(), { utcOffsetMinutes }).day
}
