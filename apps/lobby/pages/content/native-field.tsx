/** Days, times and choices by the tablet's own means: its wheels and calendars are known to whoever holds it. */
import { type ReactNode, useId } from 'react'
import { classes } from '../../../ui/classes.ts'
import styles from './form.module.css'

export interface NativeFieldProps {
  readonly label: string
  readonly hint?: string | undefined
  /** In words; while it is there the field counts as wrong. */
  readonly trouble?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

interface FrameProps extends Pick<NativeFieldProps, 'label' | 'hint' | 'trouble'> {
  readonly children: (of: {
    readonly id: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
    readonly className: string
  }) => ReactNode
}

const Frame = ({ label, hint, trouble, children }: FrameProps) => {
  const id = useId()
  const said = trouble ?? hint
  const about = `${id}-about`
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': trouble !== undefined,
        'aria-describedby': said === undefined ? undefined : about,
        className: classes(styles.input),
      })}
      {said !== undefined && (
        <span id={about} className={trouble === undefined ? styles.hint : styles.trouble}>
          {said}
        </span>
      )}
    </div>
  )
}

export const DayField = ({ value, onChange, ...frame }: NativeFieldProps) => (
  <Frame {...frame}>
    {(of) => <input {...of} type="date" value={value} onChange={({ target }) => onChange(target.value)} />}
  </Frame>
)

export const TimeField = ({ value, onChange, ...frame }: NativeFieldProps) => (
  <Frame {...frame}>
    {(of) => <input {...of} type="time" value={value} onChange={({ target }) => onChange(target.value)} />}
  </Frame>
)

export interface ChoiceFieldProps extends NativeFieldProps {
  readonly options: readonly { readonly id: string; readonly text: string }[]
}

export const ChoiceField = ({ value, onChange, options, ...frame }: ChoiceFieldProps) => (
  <Frame {...frame}>
    {(of) => (
      <select {...of} value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Frame>
)
