/** The call goes to the guest who is there: asked once, because it cannot be taken back. */
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/words.ts'
import parts from '../call/parts.module.css'
import type { Notes } from '../call/use-notes.ts'
import { callWords } from '../call/words.ts'
import { guestWords } from './words.ts'

interface GiveOverProps {
  readonly call: LiveCall
  readonly notes: Notes
  readonly who: string
  readonly onClose: () => void
}

export const GiveOver = ({ call, notes, who, onClose }: GiveOverProps) => {
  const say = useSay()
  const send = useSendOnce()
  const [note, setNote] = useState('')
  const expert = call.guest?.expert ?? null
  const give = () => {
    onClose()
    notes.flush()
    if (expert !== null)
      send({ name: 'call.hand-over', params: { call: call.id, group: null, expert, note } })
  }
  const title = say(guestWords.giveOver, { who })
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" autoFocus onPress={give}>
          {title}
        </Button>
      }
    >
      <div className={parts.form}>
        <p className={parts.soft}>{say(guestWords.giveOverHint, { who })}</p>
        <Field
          label={say(callWords.handOverNote)}
          value={note}
          onChange={setNote}
          lines={3}
          maxLength={500}
        />
      </div>
    </Dialog>
  )
}
