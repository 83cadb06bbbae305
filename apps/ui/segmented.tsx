/** One of a few, all of them seen. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './segmented.module.css'

export interface SegmentedProps<Key extends string> {
  readonly label: string
  readonly options: readonly { readonly id: Key; readonly text: string }[]
  readonly value: Key
  readonly onChange: (key: Key) => void
  readonly isDisabled?: boolean
}

export const Segmented = <Key extends string>({
  label,
  options,
  value,
  onChange,
  isDisabled = false,
}: SegmentedProps<Key>) => (
  <ToggleButtonGroup
    aria-label={label}
    className={classes(styles.group)}
    selectionMode="single"
    disallowEmptySelection
    isDisabled={isDisabled}
    selectedKeys={[value]}
    onSelectionChange={(keys) => {
      const chosen = options.find(({ id }) => keys.has(id))
      if (chosen !== undefined) onChange(chosen.id)
    }}
  >
    {options.map(({ id, text }) => (
      <ToggleButton key={id} id={id} className={classes(styles.option)}>
        {text}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
)
