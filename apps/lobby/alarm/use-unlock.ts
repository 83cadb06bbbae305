/** A touch lets a page sound again, whenever it cannot: after it was loaded anew, and after the tablet slept or took a call. */
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Chime } from './chime.ts'

/** @returns whether it can be heard now. */
export const useUnlock = (chime: Chime): boolean => {
  const watch = useCallback((changed: () => void) => chime.watch(changed), [chime])
  const isReady = useSyncExternalStore(watch, chime.isReady)
  useEffect(() => {
    const unlock = () => {
      if (!chime.isReady()) chime.unlock().catch(() => undefined)
    }
    // It was touched before it was shown: another page of the lobby was.
    if (navigator.userActivation.hasBeenActive) unlock()
    window.addEventListener('pointerdown', unlock)
    window.addEventListener('keydown', unlock)
    return () => {
      window.removeEventListener('pointerdown', unlock)
      window.removeEventListener('keydown', unlock)
    }
  }, [chime])
  return isReady
}
