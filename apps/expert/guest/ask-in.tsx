/** Whom to ask into the call, how, and why: what they read before they accept. */
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { type GuestMode, guestModes } from '#protocol/calls/guest.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/words.ts'
import choose from '../call/choose-one.module.css'
import parts from '../call/parts.module.css'
import { PlanMissing } from '../call/plan-missing.tsx'
import { ToWhom, whomOf } from '../call/to-whom.tsx'
import { usePlan } from '../desk/plan.ts'
import { guestWords } from './words.ts'

interface HowProps {
  readonly mode: GuestMode
  readonly onChoose: (mode: GuestMode) => void
}

const How = ({ mode, onChoose }: HowProps) => {
  const say = useSay()
  return (
    <RadioGroup
      className={classes(choose.radios)}
      value={mode}
      onChange={(chosen) => onChoose(chosen as GuestMode)}
    >
      <Label className={classes(choose.label)}>{say(guestWords.how)}</Label>
      {guestModes.map((one) => (
        <Radio key={one} value={one} className={classes(choose.radio)}>
          <span className={choose.dot} />
          {say(guestWords[one])}
        </Radio>
      ))}
    </RadioGroup>
  )
}

export const AskIn = ({ call, onClose }: { readonly call: LiveCall; readonly onClose: () => void }) => {
  const say = useSay()
  const send = useSendOnce()
  const { plan } = usePlan()
  const [to, setTo] = useState<string>()
  const [mode, setMode] = useState<GuestMode>('consult')
  const [why, setWhy] = useState('')
  const ask = () => {
    const whom = whomOf(to)
    if (whom === undefined) return
    onClose()
    send({ name: 'call.invite', params: { call: call.id, ...whom, mode, why } })
  }
  return (
    <Dialog
      title={say(guestWords.askIn)}
      isOpen
      onClose={onClose}
      isDismissable={false}
      actions={
        <Button kind="primary" isDisabled={to === undefined} onPress={ask}>
          {say(guestWords.askIn)}
        </Button>
      }
    >
      <div className={parts.form}>
        <p className={parts.soft}>{say(guestWords.askInHint)}</p>
        {plan === undefined && <PlanMissing />}
        <ToWhom call={call} label={say(guestWords.whom)} to={to} onChoose={setTo} />
        <How mode={mode} onChoose={setMode} />
        <Field label={say(guestWords.why)} value={why} onChange={setWhy} lines={2} maxLength={300} />
      </div>
    </Dialog>
  )
}
