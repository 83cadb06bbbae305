/** Heard again and again, and seen in the title of the page, for as long as something wants somebody. */
import { useEffect } from 'react'
import type { Chime } from './chime.ts'

const flashEveryMs = 1_000

/** @param of changes with what is new: that rings at once, not with the next round; null: nothing does */
export const useRinging = (chime: Chime, everyMs: number, of: string | null): void => {
  useEffect(() => {
    if (of === null) return undefined
    chime.ring()
    const timer = setInterval(() => chime.ring(), everyMs)
    return () => clearInterval(timer)
  }, [chime, everyMs, of])
}

/** @param title in turn with the page's own; null: that alone */
export const useFlashingTitle = (title: string | null): void => {
  useEffect(() => {
    if (title === null) return undefined
    const before = document.title
    let isShown = false
    const turn = () => {
      isShown = !isShown
      document.title = isShown ? title : before
    }
    turn()
    const timer = setInterval(turn, flashEveryMs)
    return () => {
      clearInterval(timer)
      document.title = before
    }
  }, [title])
}
