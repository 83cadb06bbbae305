/** Somebody else goes on with it: whoever is free of a group, or one expert, with a note. */
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import parts from './parts.module.css'
import { PlanMissing } from './plan-missing.tsx'
import { ToWhom, whomOf } from './to-whom.tsx'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

interface HandOverProps {
  readonly call: LiveCall
  readonly notes: Notes
  readonly onClose: () => void
}

export const HandOver = ({ call, notes, onClose }: HandOverProps) => {
  const say = useSay()
  const send = useSendOnce()
  const { plan } = usePlan()
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const handOver = () => {
    const whom = whomOf(to)
    if (whom === undefined) return
    onClose()
    // They go along: whatever was typed a moment ago too.
    notes.flush()
    send({ name: 'call.hand-over', params: { call: call.id, ...whom, note } })
  }
  return (
    <Dialog
      title={say(callWords.handOver)}
      isOpen
      onClose={onClose}
      isDismissable={false}
      actions={
        <Button kind="primary" isDisabled={to === undefined} onPress={handOver}>
          {say(callWords.handOver)}
        </Button>
      }
    >
      <div className={parts.form}>
        <p className={parts.soft}>{say(callWords.handOverHint)}</p>
        {plan === undefined && <PlanMissing />}
        <ToWhom label={say(callWords.handOverTo)} to={to} onChoose={setTo} />
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
