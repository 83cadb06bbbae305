/** The screen stays on while the page is in front: alarms are seen and heard only there. */
import { useEffect } from 'react'

export const useAwake = (): void => {
  useEffect(() => {
    let isOver = false
    let lock: WakeLockSentinel | undefined
    const hold = () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      navigator.wakeLock.request('screen').then(
        (held) => {
          lock = held
          if (isOver) void held.release()
        },
        // Refused while the battery is low: the system knows better.
        () => undefined,
      )
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}
