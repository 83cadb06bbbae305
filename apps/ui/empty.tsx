/** Where there is nothing: what would stand here, and what can be done about it. */
import type { ReactNode } from 'react'
import styles from './empty.module.css'

export interface EmptyProps {
  readonly title: string
  readonly text?: string
  readonly icon?: ReactNode
  readonly action?: ReactNode
}

export const Empty = ({ title, text, icon, action }: EmptyProps) => (
  <div className={styles.empty}>
    {icon !== undefined && <span className={styles.icon}>{icon}</span>}
    <p className={styles.title}>{title}</p>
    {text !== undefined && <p className={styles.text}>{text}</p>}
    {action}
  </div>
)
