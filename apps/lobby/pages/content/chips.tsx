/** Some of a few, all of them seen; none chosen is said by the hint. */
import { useId } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import chips from '../../../ui/chips.module.css'
import { classes } from '../../../ui/classes.ts'
import styles from './form.module.css'

export interface ChipsProps<Key extends string> {
  readonly label: string
  readonly hint?: string
  readonly options: readonly { readonly id: Key; readonly text: string }[]
  readonly chosen: readonly Key[]
  readonly onChange: (chosen: Key[]) => void
}

export const Chips = <Key extends string>({ label, hint, options, chosen, onChange }: ChipsProps<Key>) => {
  const id = useId()
  return (
    <div className={styles.field}>
      <span id={id} className={styles.label}>
        {label}
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </span>
      <ToggleButtonGroup
        aria-labelledby={id}
        className={classes(chips.chips)}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChange(options.map((one) => one.id).filter((one) => keys.has(one)))}
      >
        {options.map((option) => (
          <ToggleButton key={option.id} id={option.id} className={classes(chips.chip)}>
            {option.text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
