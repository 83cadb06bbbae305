/** Somebody else goes on with it: whoever is free of a group, or one expert, with a note. */
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useMe, useTable } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import { standingOf, teamOf } from '../model/queue.ts'
import { expertWords } from '../words.ts'
import choose from './choose-one.module.css'
import parts from './parts.module.css'
import { PlanMissing } from './plan-missing.tsx'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

interface Choice {
  /** `group/…` or `expert/…`. */
  readonly id: string
  readonly text: string
  readonly isFree: boolean
}

/** Colleagues who cannot take it now are seen, and not chosen. */
const useChoices = (): readonly Choice[] => {
  const say = useSay()
  const titleOf = useTitle()
  const me = useMe()
  const experts = useTable('experts')
  const { plan } = usePlan()
  const groups = plan?.groups ?? []
  return [
    ...groups.map(({ id, title }) => ({
      id: `group/${id}`,
      text: say(callWords.anyoneOf, { group: titleOf(title, id) }),
      isFree: true,
    })),
    ...teamOf(experts)
      .filter(({ id }) => id !== me.name)
      .map((expert) => {
        const standing = standingOf(expert)
        const isFree = standing === 'free'
        const name = titleOf(expert.title, expert.id)
        return {
          id: `expert/${expert.id}`,
          text: isFree ? name : `${name} · ${say(expertWords[`standing.${standing}`])}`,
          isFree,
        }
      }),
  ]
}

const ToWhom = ({ to, onChoose }: { to: string | undefined; onChoose: (to: string) => void }) => {
  const say = useSay()
  const choices = useChoices()
  return (
    <RadioGroup className={classes(choose.radios)} value={to ?? null} onChange={onChoose}>
      <Label className={classes(choose.label)}>{say(callWords.handOverTo)}</Label>
      {choices.map(({ id, text, isFree }, nth) => (
        <Radio
          key={id}
          value={id}
          isDisabled={!isFree}
          autoFocus={nth === 0}
          className={classes(choose.radio)}
        >
          <span className={choose.dot} />
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}

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
    const [kind, id = null] = to?.split('/') ?? []
    if (id === null) return
    onClose()
    // They go along: whatever was typed a moment ago too.
    notes.flush()
    const params = {
      call: call.id,
      group: kind === 'group' ? id : null,
      expert: kind === 'expert' ? id : null,
      note,
    }
    send({ name: 'call.hand-over', params })
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
        <ToWhom to={to} onChoose={setTo} />
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
