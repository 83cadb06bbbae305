/** Whoever is not there any more has no customer waiting for them: they are asked, then set to a break. */
import { useEffect } from 'react'
import { useSend } from '../../lobby/live/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import type { IdleLimits } from '../model/idle.ts'
import { expertWords } from '../words.ts'
import { useIdle } from './use-idle.ts'

export interface IdleQuestionProps {
  /** Ready for a ring. */
  readonly isWatched: boolean
  readonly limits: IdleLimits
}

export const IdleQuestion = ({ isWatched, limits }: IdleQuestionProps) => {
  const say = useSay()
  const format = useFormat()
  const send = useSend()
  const { idle, touch } = useIdle(isWatched, limits)
  const isGone = idle.state === 'gone'
  useEffect(() => {
    if (isGone) send({ name: 'expert.presence', params: { presence: 'break', reason: 'idle' } })
  }, [isGone, send])
  if (idle.state !== 'asked') return null
  return (
    <Dialog
      role="alertdialog"
      title={say(expertWords.idleTitle)}
      isOpen
      onClose={touch}
      actions={
        <Button kind="primary" autoFocus onPress={touch}>
          {say(expertWords.idleHere)}
        </Button>
      }
    >
      <p>{say(expertWords.idleText, { left: format.duration(idle.leftMs) })}</p>
    </Dialog>
  )
}
