/** A button says what it does with a verb. At most one of a view is `primary`. */
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components'
import styles from './button.module.css'
import { classes } from './classes.ts'

export interface ButtonProps extends Omit<AriaProps, 'className' | 'style' | 'children'> {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly icon?: ReactNode
  readonly wide?: boolean
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

export const Button = ({ kind = 'plain', icon, wide = false, children, ...more }: ButtonProps) => (
  <AriaButton {...more} className={classes(styles.button, styles[kind], wide && styles.wide)}>
    {icon !== undefined && <span className={styles.icon}>{icon}</span>}
    <span className={styles.label}>{children}</span>
  </AriaButton>
)
