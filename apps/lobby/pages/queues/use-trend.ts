/** The last hour of one queue. */
import { useCallback, useSyncExternalStore } from 'react'
import { useLive } from '../../live/context.ts'
import type { Sample } from '../../live/trends.ts'

export const useTrend = (service: string): readonly Sample[] => {
  const { trends } = useLive()
  const subscribe = useCallback((tell: () => void) => trends.subscribe(tell), [trends])
  return useSyncExternalStore(subscribe, () => trends.of(service))
}
