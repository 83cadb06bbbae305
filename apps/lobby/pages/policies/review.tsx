/** What is about to change, before and after, and how often it would have mattered: read once more, then sent. */
import { useEffect, useState } from 'react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { BeforeAfter } from './before-after.tsx'
import { differences, orderOf } from './model/draft.ts'
import type { Setting } from './model/fields.ts'
import { inWords } from './model/trouble.ts'
import styles from './review.module.css'
import { Tried } from './tried.tsx'
import type { DraftHere } from './use-draft.ts'
import { type FlowLife, useFlowCommands } from './use-flow-commands.ts'
import { policyWords } from './words.ts'

export interface ReviewProps {
  readonly flow: FlowTold
  readonly settings: ReadonlyMap<string, Setting>
  readonly here: DraftHere
  /** Of what was sent last. */
  readonly last: FlowLife | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

const Changes = ({ settings, here: { draft, now } }: Pick<ReviewProps, 'settings' | 'here'>) => (
  <ul className={styles.changes}>
    {differences(draft, now).map(({ name, was, is }) => {
      const setting = settings.get(name)
      return (
        <li key={name} data-change={name}>
          <BeforeAfter setting={setting} label={setting?.label ?? name} was={was} is={is} />
        </li>
      )
    })}
  </ul>
)

const isConflict = (last: FlowLife | undefined) => last?.life.error?.code === 'config.conflict'

export const Review = ({ flow, settings, here, last, isOpen, onClose }: ReviewProps) => {
  const say = useSay()
  const { sendOrder } = useFlowCommands()
  const [reason, setReason] = useState('')
  const order = orderOf(here.draft, here.now)
  const isUnderWay = last?.isUnderWay === true
  const isRefused = last?.life.state === 'failed'
  // Nothing is left to be sent, or something came between that has to be read first: this is no place for it.
  const isOver = order === undefined && !isUnderWay
  useEffect(() => {
    if (isOpen && isOver) onClose()
  }, [isOpen, isOver, onClose])
  const { detail } = last?.life.error ?? {}
  const send = () => {
    if (order !== undefined) sendOrder(flow.id, order, reason.trim() === '' ? null : reason.trim())
  }
  return (
    <Dialog
      title={say(policyWords.reviewTitle)}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" isDisabled={isUnderWay || order === undefined} onPress={send}>
            {say(isRefused ? policyWords.sendAgain : policyWords.send)}
          </Button>
          <Button onPress={onClose}>{say(policyWords.keepEditing)}</Button>
          {last !== undefined && (isUnderWay || (isRefused && !isConflict(last))) && <Life of={last.life} />}
        </>
      }
    >
      <div className={styles.review}>
        <Changes settings={settings} here={here} />
        {isRefused && !isConflict(last) && detail !== undefined && (
          <p className={styles.trouble}>{inWords(detail, settings.values())}</p>
        )}
        {order !== undefined && <Tried key={JSON.stringify(order)} flow={flow.id} order={order} />}
        <Field label={say(policyWords.reason)} value={reason} onChange={setReason} maxLength={300} />
      </div>
    </Dialog>
  )
}
