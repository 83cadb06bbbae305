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
import { ToWhom, type Whom, whomOf } from './to-whom.tsx'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

const Choosing = ({ call, to, onChoose }: ChoosingProps) => {
  const say = useSay()
  const { plan } = usePlan()
  return (
    <>
      {plan === undefined && <PlanMissing />}
      <ToWhom label={say(callWords.handOverTo)} call={call} to={to} onChoose={onChoose} />
    </>
  )
}

interface ChoosingProps {
  readonly call: LiveCall
  readonly to: string | undefined
  readonly onChoose: (to: string) => void
}

export interface HandOverDialogProps {
  readonly call: LiveCall
  readonly title: string
  readonly hint: string
  /** null: that is asked. */
  readonly expert: string | null
  readonly onGive: (whom: Whom, note: string) => void
  readonly onClose: () => void
}

/** Asked once, because it cannot be taken back. */
export const HandOverDialog = ({ call, title, hint, expert, onGive, onClose }: HandOverDialogProps) => {
  const say = useSay()
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const whom = expert === null ? whomOf(to) : { group: null, expert }
  const give = () => {
    if (whom === undefined) return
    onClose()
    onGive(whom, note)
  }
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      isDismissable={false}
      actions={
        <Button kind="primary" autoFocus={expert !== null} isDisabled={whom === undefined} onPress={give}>
          {title}
        </Button>
      }
    >
      <div className={parts.form}>
        <p className={parts.soft}>{hint}</p>
        {expert === null && <Choosing call={call} to={to} onChoose={setTo} />}
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

export interface HandOverProps extends Omit<HandOverDialogProps, 'onGive'> {
  readonly notes: Notes
}

/** One's own call. */
export const HandOver = ({ notes, ...props }: HandOverProps) => {
  const send = useSendOnce()
  const give = (whom: Whom, note: string) => {
    // They go along: whatever was typed a moment ago too.
    notes.flush()
    send({ name: 'call.hand-over', params: { call: props.call.id, ...whom, note } })
  }
  return <HandOverDialog {...props} onGive={give} />
}
