/** Whoever cannot says why with one touch; the task goes on to somebody else. */
import { useState } from 'react'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './mine.module.css'
import { mineWords } from './words.ts'

const reasons = ['why.customer', 'why.away', 'why.not-mine', 'why.not-needed'] as const
const noteMax = 120

export interface CannotProps {
  readonly task: LiveTask | undefined
  readonly onClose: () => void
  readonly onSay: (task: LiveTask, note: string) => void
}

export const Cannot = ({ task, onClose, onSay }: CannotProps) => {
  const say = useSay()
  const [note, setNote] = useState('')
  const tell = (text: string) => {
    if (task !== undefined) onSay(task, text)
    setNote('')
    onClose()
  }
  return (
    <Dialog title={say(mineWords.cannotTitle)} isOpen={task !== undefined} onClose={onClose}>
      <p className={styles.soft}>{say(mineWords.cannotText)}</p>
      <div className={styles.reasons}>
        {reasons.map((reason) => (
          <Button key={reason} wide onPress={() => tell(say(mineWords[reason]))}>
            {say(mineWords[reason])}
          </Button>
        ))}
      </div>
      <Field
        label={say(mineWords.whyOther)}
        hint={say(mineWords.whyHint)}
        value={note}
        onChange={setNote}
        maxLength={noteMax}
      />
      <div className={styles.sendRow}>
        <Button kind="primary" wide isDisabled={note.trim() === ''} onPress={() => tell(note.trim())}>
          {say(mineWords.send)}
        </Button>
      </div>
    </Dialog>
  )
}
