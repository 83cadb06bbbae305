/** One thing that is asked of the hub at a time: pressed twice it is sent once, and why not stands where it was pressed. */
import { useCallback, useRef, useState } from 'react'
import { useSay } from '../../../ui/words.ts'
import { HubRefused } from '../../live/ask-hub.ts'
import { contentWords } from './words.ts'

export interface Doing {
  readonly isBusy: boolean
  readonly refused: HubRefused | undefined
  /** @returns whether it was done */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
}

export const useDoing = (onEnd?: () => void): Doing => {
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<HubRefused>()
  const isRunning = useRef(false)
  const run = useCallback(
    async (work: () => Promise<unknown>) => {
      if (isRunning.current) return false
      isRunning.current = true
      setBusy(true)
      setRefused(undefined)
      const why = await work().then(
        () => undefined,
        (caught: unknown) => (caught instanceof HubRefused ? caught : new HubRefused(undefined)),
      )
      isRunning.current = false
      setBusy(false)
      setRefused(why)
      // Also where it was refused: perhaps because somebody else was there before.
      onEnd?.()
      return why === undefined
    },
    [onEnd],
  )
  return { isBusy, refused, run }
}

/** In the language that the page has now. */
export const useWhy = (): ((refused: HubRefused) => string) => {
  const say = useSay()
  return ({ error }) =>
    error === undefined ? say(contentWords.unanswered) : [error.text, error.detail ?? ''].join('\n').trim()
}
