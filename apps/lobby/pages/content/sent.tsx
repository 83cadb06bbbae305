/** It is on its way: what happens next, and who has to do something. */
import { CircleCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import type { Draft } from './model/draft.ts'
import type { Library } from './model/shown-on.ts'
import { itemPath } from './paths.ts'
import { useDraftSaid } from './use-draft-said.ts'

interface SentProps {
  readonly draft: Draft
  readonly library: Library
  readonly onAnother: () => void
}

export const Sent = ({ draft, library, onAnother }: SentProps) => {
  const say = useSay()
  const said = useDraftSaid(library)(draft)
  const head = useRef<HTMLHeadingElement>(null)
  // The button that was pressed is gone: who works with keys or a screen reader stands here.
  useEffect(() => head.current?.focus(), [])
  return (
    <div className={styles.sent} data-sent={draft.item}>
      <CircleCheck aria-hidden size={40} className={styles.sentIcon} />
      <h1 ref={head} tabIndex={-1}>
        {say(formWords.sent)}
      </h1>
      <p>{say(formWords.sentText)}</p>
      <p className={styles.sentSaid}>{said}</p>
      <span className={styles.actions}>
        <Button kind="primary" onPress={() => go(itemPath(draft.item))}>
          {say(formWords.toItem)}
        </Button>
        {draft.isNew && <Button onPress={onAnother}>{say(formWords.another)}</Button>}
      </span>
    </div>
  )
}
