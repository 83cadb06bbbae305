/** Whether something has a place on the page just now: what has none need not be kept up to date. */
import { type RefObject, useEffect, useState } from 'react'

export const useIsSeen = (of: RefObject<HTMLElement | null>): boolean => {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    if (of.current === null) return undefined
    const watch = new ResizeObserver(([entry]) => setSeen((entry?.contentRect.width ?? 0) > 0))
    watch.observe(of.current)
    return () => watch.disconnect()
  }, [of])
  return isSeen
}
