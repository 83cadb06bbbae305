/** On or off, at once. */
import { Switch } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './toggle.module.css'

export interface ToggleProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly isDisabled?: boolean
  /** Below its name. */
  readonly hint?: string
}

export const Toggle = ({ label, isOn, onChange, isDisabled = false, hint }: ToggleProps) => (
  <Switch className={classes(styles.toggle)} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
    <span className={styles.words}>
      {label}
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </span>
    <span className={styles.track}>
      <span className={styles.knob} />
    </span>
  </Switch>
)
