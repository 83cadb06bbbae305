/** Yes or no to what somebody else added; what one added oneself can only be taken back. */
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { askHub } from '../../live/ask-hub.ts'
import { useMe } from '../../live/use-live.ts'
import content from './content.module.css'
import styles from './item.module.css'
import type { Waiting } from './model/standing.ts'
import { Refused } from './refused.tsx'
import { type Doing, useDoing } from './use-doing.ts'
import { type ContentWord, contentWords } from './words.ts'

export interface DecideProps {
  readonly of: Waiting
  readonly onDone: (words: string) => void
  /** It is over, whichever way. */
  readonly onEnd: () => void
}

interface DeclineProps {
  readonly title: string
  readonly who: string
  readonly doing: Doing
  readonly onClose: () => void
  readonly onDecline: (reason: string) => void
}

const Decline = ({ title, who, doing, onClose, onDecline }: DeclineProps) => {
  const say = useSay()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const said = reason.trim()
  const decline = () => {
    setAsked(true)
    if (said !== '') onDecline(said)
  }
  return (
    <Dialog
      title={say(contentWords.declineTitle, { title })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" onPress={decline} isDisabled={doing.isBusy}>
            {say(contentWords.decline)}
          </Button>
          <Button onPress={onClose}>{say(contentWords.back)}</Button>
        </>
      }
    >
      <Field
        label={say(contentWords.declineReason, { who })}
        value={reason}
        onChange={setReason}
        lines={3}
        maxLength={300}
        autoFocus
        trouble={isAsked && said === '' ? say(contentWords.declineReasonMissing) : undefined}
      />
      <Refused doing={doing} />
    </Dialog>
  )
}

export const Decide = ({ of: { item, version }, onDone, onEnd }: DecideProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { name } = useMe()
  const doing = useDoing(onEnd)
  const [isDeclining, setDeclining] = useState(false)
  const title = titleOf(item.title, item.id)
  const which = { item: item.id, version: version.version }
  const end = async (word: ContentWord, work: () => Promise<unknown>) => {
    if (await doing.run(work)) onDone(say(contentWords[word], { title }))
  }
  if (version.addedBy === name)
    return (
      <div className={styles.decide}>
        <p>{say(contentWords.ownWaits)}</p>
        <Button
          isDisabled={doing.isBusy}
          onPress={() => void end('withdrawn', () => askHub('withdrawVersion', which))}
        >
          {say(contentWords.withdraw)}
        </Button>
        <Refused doing={doing} />
      </div>
    )
  return (
    <div className={styles.decide}>
      <div className={content.actions}>
        <Button
          kind="primary"
          icon={<Check aria-hidden size={20} />}
          isDisabled={doing.isBusy}
          onPress={() => void end('approved', () => askHub('approveVersion', which))}
        >
          {say(contentWords.approve)}
        </Button>
        <Button
          icon={<X aria-hidden size={20} />}
          isDisabled={doing.isBusy}
          onPress={() => setDeclining(true)}
        >
          {say(contentWords.decline)}
        </Button>
      </div>
      {!isDeclining && <Refused doing={doing} />}
      {isDeclining && (
        <Decline
          title={title}
          who={version.addedByTitle}
          doing={doing}
          onClose={() => setDeclining(false)}
          onDecline={(reason) => void end('declined', () => askHub('declineVersion', { ...which, reason }))}
        />
      )}
    </div>
  )
}
