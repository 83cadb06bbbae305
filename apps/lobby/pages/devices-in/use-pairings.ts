/** Pages that wait, looked at again every few seconds while somebody looks, and how one of them is let in. */
import { useCallback, useEffect, useState } from 'react'
import { useTongue } from '../../../ui/words.ts'
import { type Answer, askHub, HubRefused, useAnswer } from '../../live/ask-hub.ts'
import { useLive } from '../../live/context.ts'
import type { Pairings, Wish } from './model.ts'

const lookEveryMs = 3_000

export const usePairings = (): Answer<Pairings> => {
  const answer = useAnswer('pairings', { lang: useTongue() })
  const { again } = answer
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again()
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [again])
  return answer
}

export interface Admitting {
  readonly isSending: boolean
  readonly refused: HubRefused | undefined
  /** Let in: which device, and when that was asked for, in hub time. */
  readonly done: { readonly device: string; readonly at: number } | undefined
  readonly admit: (wish: Wish) => void
  readonly begin: () => void
}

export const useAdmitting = (again: () => void): Admitting => {
  const { clock } = useLive()
  const [isSending, setSending] = useState(false)
  const [refused, setRefused] = useState<HubRefused>()
  const [done, setDone] = useState<Admitting['done']>()
  const admit = useCallback(
    (wish: Wish) => {
      const at = clock.now()
      setSending(true)
      setRefused(undefined)
      askHub('admitPage', wish)
        .then(
          ({ device }) => setDone({ device, at }),
          (error: unknown) => setRefused(error instanceof HubRefused ? error : new HubRefused(undefined)),
        )
        .finally(() => {
          setSending(false)
          // Whatever was in the way is seen now.
          again()
        })
    },
    [clock, again],
  )
  const begin = useCallback(() => {
    setDone(undefined)
    setRefused(undefined)
  }, [])
  return { isSending, refused, done, admit, begin }
}
