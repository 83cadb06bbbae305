/** A line or some lines to type, with its name above and what is wrong with it below. */
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './field.module.css'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  /** In words; while it is there the field counts as wrong. */
  readonly trouble?: string | undefined
  readonly lines?: number
  readonly maxLength?: number
  readonly type?: 'text' | 'search' | 'tel'
  readonly autoFocus?: boolean
  readonly isRequired?: boolean
  /** What it is called stands beside it already. */
  readonly isBare?: boolean
}

export const Field = ({ label, value, onChange, hint, trouble, lines = 1, ...more }: FieldProps) => (
  <TextField
    className={classes(styles.field)}
    value={value}
    onChange={onChange}
    isInvalid={trouble !== undefined}
    isRequired={more.isRequired ?? false}
    type={more.type ?? 'text'}
    {...(more.maxLength !== undefined && { maxLength: more.maxLength })}
    autoFocus={more.autoFocus ?? false}
  >
    <Label className={more.isBare === true ? 'visually-hidden' : classes(styles.label)}>{label}</Label>
    {lines === 1 ? (
      <Input className={classes(styles.input)} />
    ) : (
      <TextArea className={classes(styles.input)} rows={lines} />
    )}
    {hint !== undefined && (
      <Text slot="description" className={classes(styles.hint)}>
        {hint}
      </Text>
    )}
    <FieldError className={classes(styles.trouble)}>{trouble}</FieldError>
  </TextField>
)
