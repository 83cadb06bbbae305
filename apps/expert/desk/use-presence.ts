/** Whether calls may come here: said by hand. */
import { useCallback } from 'react'
import { useSend } from '../../lobby/live/use-commands.ts'
import { useSay } from '../../ui/words.ts'
import { type ExpertWord, expertWords } from '../words.ts'

export type Wished = 'available' | 'break' | 'offline'

export const breakReasons = ['pause', 'meal', 'meeting', 'training', 'follow-up'] as const
export type BreakReason = (typeof breakReasons)[number]

export const usePresence = (): ((presence: Wished, reason?: BreakReason) => void) => {
  const send = useSend()
  return useCallback(
    (presence, reason) => send({ name: 'expert.presence', params: { presence, reason: reason ?? null } }),
    [send],
  )
}

/** A reason is a code of ours, or what somebody wrote. */
export const useReasonWords = (): ((reason: string | null) => string) => {
  const say = useSay()
  return (reason) => {
    if (reason === null) return ''
    const word = `reason.${reason}`
    return Object.hasOwn(expertWords, word) ? say(expertWords[word as ExpertWord]) : reason
  }
}
