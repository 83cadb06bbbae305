/**
 * What is about to change, before and after, and how often it would have mattered: read once more, then sent; or, beyond
 * what head office leaves to one person, given to a second one with the reason.
 */
import { useEffect, useState } from 'react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { Changes } from './changes.tsx'
import { beyondIn } from './model/beyond.ts'
import { differences, orderOf } from './model/draft.ts'
import type { Setting } from './model/fields.ts'
import { inWords } from './model/trouble.ts'
import styles from './review.module.css'
import { Tried } from './tried.tsx'
import { useAsker } from './use-asker.ts'
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

const isConflict = (last: FlowLife | undefined) => last?.life.error?.code === 'config.conflict'

/** What is wrong with which setting. Of other refusals the detail is for who looks after the hub. */
const wrongIn = (last: FlowLife | undefined): string | undefined => {
  const { code, detail } = last?.life.error ?? {}
  return code === 'policy.invalid' || code === 'policy.out-of-bounds' ? detail : undefined
}

interface SecondProps {
  readonly needsSecond: boolean
  /** Who asked for what waits already; undefined: nothing waits. */
  readonly waiting: string | undefined
}

/** What a second person means for this change, and this change for what waits for one. */
const Second = ({ needsSecond, waiting }: SecondProps) => {
  const say = useSay()
  if (needsSecond)
    return (
      <p className={styles.beyond}>
        {waiting === undefined ? say(policyWords.beyondText) : say(policyWords.waitsFirst, { who: waiting })}
      </p>
    )
  return waiting === undefined ? null : <p>{say(policyWords.endsWaiting, { who: waiting })}</p>
}

/** Kept while it is about the same change; the next one has a reason of its own. */
const useReason = (isOver: boolean) => {
  const [reason, setReason] = useState('')
  if (isOver && reason !== '') setReason('')
  return { reason, setReason, said: reason.trim() }
}

export const Review = ({ flow, settings, here, last, isOpen, onClose }: ReviewProps) => {
  const say = useSay()
  const asker = useAsker()
  const { sendOrder, propose } = useFlowCommands()
  const changes = differences(here.draft, here.now)
  const { reason, setReason, said } = useReason(changes.length === 0)
  const order = orderOf(here.draft, here.now)
  const needsSecond = beyondIn(settings, changes).length > 0
  const waiting = flow.proposal?.state === 'open' ? asker(flow.proposal) : undefined
  const isUnderWay = last?.isUnderWay === true
  const isRefused = last?.life.state === 'failed'
  // Nothing is left to be sent, or something came between that has to be read first: this is no place for it.
  const isOver = order === undefined && !isUnderWay
  useEffect(() => {
    if (isOpen && isOver) onClose()
  }, [isOpen, isOver, onClose])
  const trouble = wrongIn(last)
  const isReady = !isUnderWay && order !== undefined
  const send = () => {
    if (order === undefined) return
    if (needsSecond) propose(flow.id, order, said)
    else sendOrder(flow.id, order, said === '' ? null : said)
  }
  const again = isRefused ? policyWords.sendAgain : policyWords.send
  return (
    <Dialog
      title={say(policyWords.reviewTitle)}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            isDisabled={!isReady || (needsSecond && (said === '' || waiting !== undefined))}
            onPress={send}
          >
            {say(needsSecond ? policyWords.askSecond : again)}
          </Button>
          <Button onPress={onClose}>{say(policyWords.keepEditing)}</Button>
          {last !== undefined && (isUnderWay || (isRefused && !isConflict(last))) && <Life of={last.life} />}
        </>
      }
    >
      <div className={styles.review}>
        <Changes settings={settings} differences={changes} />
        <Second needsSecond={needsSecond} waiting={waiting} />
        {isRefused && trouble !== undefined && (
          <p className={styles.trouble}>{inWords(trouble, settings.values())}</p>
        )}
        {order !== undefined && <Tried key={JSON.stringify(order)} flow={flow.id} order={order} />}
        <Field
          label={say(needsSecond ? policyWords.reasonForSecond : policyWords.reason)}
          value={reason}
          onChange={setReason}
          maxLength={300}
          isRequired={needsSecond}
        />
      </div>
    </Dialog>
  )
}
