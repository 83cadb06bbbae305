/** A word or a number beside something. Grey says that it is so; colour says that it wants somebody. */
import type { ReactNode } from 'react'
import styles from './badge.module.css'
import { classes } from './classes.ts'

export interface BadgeProps {
  readonly tone?: 'plain' | 'urgent' | 'high' | 'normal' | 'good'
  /** Filled: seen from further away. */
  readonly strong?: boolean
  readonly icon?: ReactNode
  readonly children: ReactNode
}

export const Badge = ({ tone = 'plain', strong = false, icon, children }: BadgeProps) => (
  <span className={classes(styles.badge, styles[tone], strong && styles.strong)}>
    {icon}
    {children}
  </span>
)
