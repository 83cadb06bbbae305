/** Below the plan, always: how one works at it, or what waits to be saved. It takes its room from the start, so that nothing jumps. */
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './page.module.css'
import { planWords } from './words.ts'

export interface DraftBarProps {
  /** How many differences wait; 0: none, or none that may be saved. */
  readonly count: number
  readonly hint: string
  /** What is to be known of them. */
  readonly note: string
  readonly isTrouble: boolean
  readonly isWrong: boolean
  readonly isHeld: boolean
  readonly onDiscard: () => void
  readonly onReview: () => void
}

export const DraftBar = (props: DraftBarProps) => {
  const { count, hint, note, isTrouble, isWrong, isHeld, onDiscard, onReview } = props
  const say = useSay()
  if (count === 0) return <p className={styles.bar}>{hint}</p>
  return (
    <section className={styles.bar} aria-label={say(planWords.reviewTitle)}>
      <span className={styles.barWords}>
        <strong>{count === 1 ? say(planWords.change) : say(planWords.changes, { count })}</strong>
        <span className={isTrouble ? styles.trouble : styles.soft}>{note}</span>
      </span>
      <Button onPress={onDiscard} isDisabled={isHeld}>
        {say(planWords.discard)}
      </Button>
      <Button kind="primary" onPress={onReview} isDisabled={isWrong || isHeld}>
        {say(planWords.review)}
      </Button>
    </section>
  )
}
