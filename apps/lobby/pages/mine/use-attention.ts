/** A new task is heard and felt, once. Browsers allow it only after somebody has touched the page. */
import { useEffect, useMemo, useRef } from 'react'
import { createChime } from '../../alarm/chime.ts'
import { useUnlock } from '../../alarm/use-unlock.ts'

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
  const isReady = useUnlock(chime)
  const known = useRef(new Set(asked))
  useEffect(() => {
    const isNew = asked.some((id) => !known.current.has(id))
    known.current = new Set(asked)
    if (!isNew) return
    chime.ring()
    // Not there on an iPad; not allowed before the first touch.
    if (navigator.userActivation.hasBeenActive) navigator.vibrate?.(buzzMs)
  }, [asked, chime])
  return {
    isSilent: !isReady,
    turnOn: () => void chime.unlock().then(() => chime.ring(), ignore),
  }
}

/** What it did not allow is said beside the button for as long as it is so. */
const ignore = () => undefined
