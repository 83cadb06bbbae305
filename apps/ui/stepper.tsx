/** A number with a button to either side: for thumbs, and for who types. */
import { Minus, Plus } from 'lucide-react'
import { Button as AriaButton, Group, Input, Label, NumberField } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './stepper.module.css'

export interface StepperProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min: number
  readonly max: number
  readonly step?: number
  /** Behind the number. */
  readonly unit?: string
  readonly isDisabled?: boolean
  /** What it is called stands beside it already. */
  readonly isBare?: boolean
}

export const Stepper = ({
  label,
  value,
  onChange,
  min,
  max,
  step = 1,
  unit,
  isDisabled = false,
  isBare = false,
}: StepperProps) => (
  <NumberField
    className={classes(styles.field)}
    value={value}
    minValue={min}
    maxValue={max}
    step={step}
    isDisabled={isDisabled}
    onChange={(next) => {
      if (!Number.isNaN(next)) onChange(next)
    }}
  >
    <Label className={isBare ? 'visually-hidden' : classes(styles.label)}>{label}</Label>
    <Group className={classes(styles.group)}>
      <AriaButton slot="decrement" className={classes(styles.step)}>
        <Minus aria-hidden />
      </AriaButton>
      <span className={styles.value}>
        <Input className={classes(styles.input)} />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </span>
      <AriaButton slot="increment" className={classes(styles.step)}>
        <Plus aria-hidden />
      </AriaButton>
    </Group>
  </NumberField>
)
