/** A new task is heard and felt, once. Browsers allow it only after somebody has touched the page. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { createChime } from '../../alarm/chime.ts'

const buzzMs = [180, 90, 180]

export interface Attention {
  /** Nothing would be heard now. */
  readonly isSilent: boolean
  /** Within a touch. */
  readonly turnOn: () => void
}

/** @param asked ids of what waits for an answer */
export const useAttention = (asked: readonly string[]): Attention => {
  const chime = useMemo(() => createChime(), [])
  const [isReady, setReady] = useState(false)
  const known = useRef(new Set(asked))
  useEffect(() => {
    const isNew = asked.some((id) => !known.current.has(id))
    known.current = new Set(asked)
    if (!isNew) return
    chime.ring()
    // Not there on an iPad; not allowed before the first touch.
    if (navigator.userActivation.hasBeenActive) navigator.vibrate?.(buzzMs)
  }, [asked, chime])
  useEffect(() => {
    const unlock = () => void chime.unlock().then(setReady, () => setReady(false))
    if (navigator.userActivation.hasBeenActive) unlock()
    window.addEventListener('pointerdown', unlock, { once: true })
    window.addEventListener('keydown', unlock, { once: true })
    return () => {
      window.removeEventListener('pointerdown', unlock)
      window.removeEventListener('keydown', unlock)
    }
  }, [chime])
  return {
    isSilent: !isReady,
    turnOn: () => {
      void chime.unlock().then(
        (isNow) => {
          setReady(isNow)
          chime.ring()
        },
        () => setReady(false),
      )
    },
  }
}
