/** Whether a list is being touched, scrolled or typed in, and what of it may therefore be shown. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { settle } from './steady.ts'

/** After a touch the eye and the finger are still there for a moment. */
const quietAfterMs = 2_500

const scrolls = (element: HTMLElement): HTMLElement | null => {
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return null
}

export interface Busy {
  readonly isBusy: boolean
  /** Somebody wants to see what is new. */
  readonly release: () => void
}

export const useBusy = (list: RefObject<HTMLElement | null>): Busy => {
  const [isBusy, setBusy] = useState(false)
  const scroller = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const scrolled = scrolls(element)
    scroller.current = scrolled
    let timer: ReturnType<typeof setTimeout> | undefined
    const isAway = () => scrolled !== null && scrolled.scrollTop > 4
    const touched = () => {
      setBusy(true)
      clearTimeout(timer)
      timer = setTimeout(() => setBusy(isAway()), quietAfterMs)
    }
    const off = new AbortController()
    const options = { passive: true, signal: off.signal }
    for (const name of ['pointerdown', 'pointerup', 'keydown', 'wheel'])
      element.addEventListener(name, touched, options)
    scrolled?.addEventListener('scroll', touched, options)
    return () => {
      off.abort()
      clearTimeout(timer)
    }
  }, [list])
  const release = useCallback(() => {
    scroller.current?.scrollTo({ top: 0 })
    setBusy(false)
  }, [])
  return { isBusy, release }
}

export interface Held {
  readonly shown: readonly string[]
  /** How many are new and not shown yet. */
  readonly waiting: number
}

/** @param wanted ids, in the order in which they would stand if nobody looked. */
export const useHeld = (wanted: readonly string[], isBusy: boolean): Held => {
  const [held, setHeld] = useState(wanted)
  const { shown, waiting } = settle(held, wanted, isBusy)
  // Kept for when somebody touches the list next.
  if (shown !== held) setHeld(shown)
  return { shown, waiting }
}

export interface Steady extends Held {
  readonly release: () => void
}

/** Both for a page with one list. */
export const useSteady = (list: RefObject<HTMLElement | null>, wanted: readonly string[]): Steady => {
  const { isBusy, release } = useBusy(list)
  return { ...useHeld(wanted, isBusy), release }
}
