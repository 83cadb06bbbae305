/** What was pressed is done a few seconds later, so that a slip is taken back by one tap instead of asked about each time. */
import { useCallback, useEffect, useRef, useState } from 'react'

export const undoMs = 5_000

export interface Undo {
  /** Those that will be done unless somebody takes them back. */
  readonly pending: ReadonlySet<string>
  readonly begin: (id: string, act: () => void) => void
  readonly takeBack: (id: string) => void
}

interface Waiting {
  readonly act: () => void
  readonly timer: ReturnType<typeof setTimeout>
}

/** Whoever leaves the page has not taken anything back: it is done at once. */
export const useUndo = (): Undo => {
  const waiting = useRef(new Map<string, Waiting>())
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const end = useCallback((id: string): Waiting | undefined => {
    const one = waiting.current.get(id)
    if (one === undefined) return undefined
    clearTimeout(one.timer)
    waiting.current.delete(id)
    setPending(new Set(waiting.current.keys()))
    return one
  }, [])
  const begin = useCallback(
    (id: string, act: () => void) => {
      if (waiting.current.has(id)) return
      waiting.current.set(id, { act, timer: setTimeout(() => end(id)?.act(), undoMs) })
      setPending(new Set(waiting.current.keys()))
    },
    [end],
  )
  const takeBack = useCallback(
    (id: string) => {
      end(id)
    },
    [end],
  )
  useEffect(() => {
    const all = waiting.current
    const flush = () => {
      for (const id of all.keys()) end(id)?.act()
    }
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [end])
  return { pending, begin, takeBack }
}
