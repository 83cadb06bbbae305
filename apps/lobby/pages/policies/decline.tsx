/** Declines what somebody asked for; why not is his to read. */
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import { policyWords } from './words.ts'

export interface DeclineProps {
  readonly who: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onDecline: (reason: string | null) => void
}

export const Decline = ({ who, isOpen, onClose, onDecline }: DeclineProps) => {
  const say = useSay()
  const [reason, setReason] = useState('')
  const said = reason.trim()
  return (
    <Dialog
      title={say(policyWords.declineTitle)}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            onPress={() => {
              onDecline(said === '' ? null : said)
              onClose()
            }}
          >
            {say(policyWords.decline)}
          </Button>
          <Button onPress={onClose}>{say(policyWords.back)}</Button>
        </>
      }
    >
      <Field
        label={say(policyWords.declineReason, { who })}
        value={reason}
        onChange={setReason}
        maxLength={300}
      />
    </Dialog>
  )
}
