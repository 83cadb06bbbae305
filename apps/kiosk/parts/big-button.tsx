/** A button that nobody misses: a name, and if need be a line more. Let go beside it, nothing happens. */
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '../../ui/classes.ts'
import styles from './big-button.module.css'

export interface BigButtonProps {
  readonly onPress: () => void
  readonly children: ReactNode
  readonly more?: ReactNode
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'stop'
  readonly icon?: ReactNode
  readonly isDisabled?: boolean
  /** Of one that is on or off. */
  readonly isOn?: boolean
  readonly label?: string
  readonly lang?: string
}

export const BigButton = (props: BigButtonProps) => {
  const { onPress, children, more, kind = 'plain', icon, isDisabled = false, isOn, label, lang } = props
  return (
    <button
      type="button"
      className={classes(styles.button, styles[kind], isOn === true && styles.on)}
      disabled={isDisabled}
      aria-pressed={isOn}
      aria-label={label}
      lang={lang}
      onClick={onPress}
    >
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <span className={styles.words}>
        <span className={styles.name}>{children}</span>
        {more !== undefined && <span className={styles.more}>{more}</span>}
      </span>
      {isOn === true && (
        <span className={styles.icon}>
          <Check aria-hidden />
        </span>
      )}
    </button>
  )
}
