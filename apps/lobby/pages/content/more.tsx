/** What most need not look at: folded away, and open where something of it was set or is wrong. */
import { type ReactNode, useState } from 'react'
import styles from './form.module.css'

interface MoreProps {
  readonly label: string
  readonly isOpenAtFirst: boolean
  readonly children: ReactNode
}

export const More = ({ label, isOpenAtFirst, children }: MoreProps) => {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <details
      className={styles.more}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={styles.summary}>{label}</summary>
      <div className={styles.moreBody}>{children}</div>
    </details>
  )
}
