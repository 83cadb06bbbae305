/** One change: what it was, and what it becomes. */
import { useSay } from '../../../ui/words.ts'
import type { Json, Setting } from './model/fields.ts'
import styles from './review.module.css'
import { useSaidValue } from './use-said-value.ts'
import { policyWords } from './words.ts'

export interface BeforeAfterProps {
  readonly setting: Setting | undefined
  readonly label: string
  readonly was: Json
  readonly is: Json
}

export const BeforeAfter = ({ setting, label, was, is }: BeforeAfterProps) => {
  const say = useSay()
  const said = useSaidValue()
  return (
    <>
      <span>{label}</span>
      <span className={styles.beforeAfter}>
        <span className={styles.soft}>{said.value(setting, was)}</span>
        <span aria-hidden>{say(policyWords.arrow)}</span>
        <span className="visually-hidden">{say(policyWords.becomes)}</span>
        <strong>{said.value(setting, is)}</strong>
      </span>
    </>
  )
}
