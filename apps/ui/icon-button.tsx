/** A button whose icon everybody knows. Its name is still said, to who cannot see it. */
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components'
import styles from './button.module.css'
import { classes } from './classes.ts'

export interface IconButtonProps extends Omit<AriaProps, 'className' | 'style' | 'children' | 'aria-label'> {
  readonly label: string
  readonly icon: ReactNode
  readonly kind?: 'plain' | 'quiet'
  readonly ref?: Ref<HTMLButtonElement>
}

export const IconButton = ({ label, icon, kind = 'quiet', ...more }: IconButtonProps) => (
  <AriaButton {...more} aria-label={label} className={classes(styles.button, styles.square, styles[kind])}>
    {icon}
  </AriaButton>
)
