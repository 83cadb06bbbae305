/** What is about to hold, said in one sentence, with the button that saves it; always in sight. */
import bar from '../../../ui/bar.module.css'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { Refused } from './refused.tsx'
import type { Doing } from './use-doing.ts'
import { contentWords } from './words.ts'

interface EditBarProps {
  readonly said: string
  readonly doing: Doing
  readonly isChanged: boolean
  /** The hub has nothing of it. */
  readonly isNew: boolean
  /** Somebody has to choose first. */
  readonly isHeld: boolean
  /** What is still to be put right. */
  readonly wrong: number
  readonly onSave: () => void
  readonly onDiscard: () => void
}

export const EditBar = (props: EditBarProps) => {
  const { said, doing, isChanged, isNew, isHeld, wrong, onSave, onDiscard } = props
  const say = useSay()
  return (
    <section className={bar.bar} aria-label={say(formWords.said)}>
      <div className={bar.words}>
        <p aria-live="polite" data-said>
          {said}
        </p>
        {wrong > 0 && (
          <p className={styles.trouble} role="alert">
            {say(formWords.missing, { count: wrong })}
          </p>
        )}
        {!isHeld && <Refused doing={doing} />}
      </div>
      {isChanged && (
        <Button onPress={onDiscard} isDisabled={doing.isBusy}>
          {say(contentWords.discard)}
        </Button>
      )}
      <Button kind="primary" isDisabled={doing.isBusy || isHeld || !(isChanged || isNew)} onPress={onSave}>
        {say(doing.isBusy ? contentWords.saving : contentWords.save)}
      </Button>
    </section>
  )
}
