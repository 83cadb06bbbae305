/** What is about to change, read once more before it holds; and why the hub did not take it. */
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useSay } from '../../../ui/words.ts'
import type { HubRefused } from '../../live/ask-hub.ts'
import { differences } from './model/differences.ts'
import type { Plan } from './model/plan.ts'
import styles from './review.module.css'
import type { Names } from './use-names.ts'
import { useSaid } from './use-said.ts'
import { planWords } from './words.ts'

export interface DifferencesProps {
  readonly was: Plan
  readonly is: Plan
  readonly names: Names
}

export const Differences = ({ was, is, names }: DifferencesProps) => {
  const say = useSay()
  const said = useSaid({ was, is, names })
  return (
    <ul className={styles.differences}>
      {differences(was, is).map((one) => (
        <li key={`${one.kind}/${one.id}`} data-difference={`${one.kind}/${one.id}`}>
          <span className={styles.differenceHead}>
            <Badge>{say(planWords[one.kind])}</Badge>
            <strong>{names.of(one)}</strong>
          </span>
          {said(one).map((words) => (
            <span key={words} className={styles.soft}>
              {words}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

const linesOf = (detail = ''): readonly string[] => detail.split('\n').filter((line) => line !== '')

export const Refusal = ({ failure }: { readonly failure: HubRefused }) => {
  const say = useSay()
  const { error } = failure
  return (
    <div className={styles.refusal} role="alert">
      <strong>{say(planWords.refused)}</strong>
      <p>{error?.text ?? say(planWords.unanswered)}</p>
      {linesOf(error?.detail).map((line) => (
        <p key={line} className={styles.soft}>
          {line}
        </p>
      ))}
      {error !== undefined && <code className={styles.soft}>{error.code}</code>}
    </div>
  )
}

export interface ReviewProps extends DifferencesProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onSave: () => void
  readonly isSaving: boolean
  readonly failure: HubRefused | undefined
}

export const Review = ({ isOpen, onClose, onSave, isSaving, failure, ...plans }: ReviewProps) => {
  const say = useSay()
  return (
    <Dialog
      title={say(planWords.reviewTitle)}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" onPress={onSave} isDisabled={isSaving}>
            {say(isSaving ? planWords.saving : planWords.save)}
          </Button>
          <Button onPress={onClose}>{say(planWords.keepEditing)}</Button>
        </>
      }
    >
      {failure !== undefined && <Refusal failure={failure} />}
      <Differences {...plans} />
    </Dialog>
  )
}
