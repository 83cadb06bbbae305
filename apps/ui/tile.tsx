/** A figure or a thing of the branch at a glance: its name, what it is like now, and one way in where it has more. */
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './tile.module.css'

export type Tone = 'urgent' | 'high' | 'normal' | 'good'

export interface TileProps {
  readonly title: ReactNode
  readonly icon?: ReactNode
  /** What it is like now: a figure, a state. */
  readonly children?: ReactNode
  /** Its usual range, its age, its reason. */
  readonly note?: ReactNode
  /** Only where it wants somebody. */
  readonly tone?: Tone | undefined
  /** Its data are old. */
  readonly isStale?: boolean
  readonly onPress?: (() => void) | undefined
}

export const Tile = ({ title, icon, children, note, tone, isStale = false, onPress }: TileProps) => {
  const body = (
    <>
      <span className={styles.title}>
        {icon !== undefined && <span className={styles.icon}>{icon}</span>}
        {title}
      </span>
      {children !== undefined && <span className={styles.value}>{children}</span>}
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </>
  )
  const className = classes(styles.tile, tone && styles[tone], isStale && styles.stale)
  if (onPress === undefined) return <div className={className}>{body}</div>
  return (
    <AriaButton className={classes(className, styles.press)} onPress={onPress}>
      {body}
    </AriaButton>
  )
}
