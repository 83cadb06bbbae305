/** Why the hub did not do it, where it was pressed. */
import { CircleAlert } from 'lucide-react'
import styles from './told.module.css'
import { type Doing, useWhy } from './use-doing.ts'

export const Refused = ({ doing: { refused } }: { readonly doing: Pick<Doing, 'refused'> }) => {
  const why = useWhy()
  if (refused === undefined) return null
  return (
    <p className={styles.refused} role="alert" data-refused={refused.error?.code ?? 'unreachable'}>
      <CircleAlert aria-hidden size={20} />
      <span>{why(refused)}</span>
    </p>
  )
}
