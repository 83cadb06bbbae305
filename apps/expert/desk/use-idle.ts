/** How long nobody has touched this page. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Idle, type IdleLimits, idleOf } from '../model/idle.ts'

const lookEveryMs = 1_000
const here: Idle = { state: 'here' }

/** @param isWatched false: nobody is asked, and the time begins anew after it */
export const useIdle = (isWatched: boolean, limits: IdleLimits): { idle: Idle; touch: () => void } => {
  const touchedAt = useRef(0)
  const [idle, setIdle] = useState<Idle>(here)
  const touch = useCallback(() => {
    touchedAt.current = performance.now()
    setIdle(here)
  }, [])
  useEffect(() => {
    if (!isWatched) return undefined
    const onTouch = () => {
      touchedAt.current = performance.now()
    }
    onTouch()
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const name of events) window.addEventListener(name, onTouch, { passive: true })
    const timer = setInterval(() => {
      const next = idleOf(performance.now() - touchedAt.current, limits)
      setIdle((before) => (before.state === 'here' && next.state === 'here' ? before : next))
    }, lookEveryMs)
    return () => {
      for (const name of events) window.removeEventListener(name, onTouch)
      clearInterval(timer)
      setIdle(here)
    }
  }, [isWatched, limits])
  return { idle: isWatched ? idle : here, touch }
}
