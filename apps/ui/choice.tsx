/** One of a list, by the machine's own picker: large, and known to everybody. */
import { useId } from 'react'
import styles from './choice.module.css'

export interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly text: string }[]
  readonly onChange: (id: string) => void
  readonly isDisabled?: boolean
  readonly hint?: string
}

export const Choice = ({ label, value, options, onChange, isDisabled = false, hint }: ChoiceProps) => {
  const id = useId()
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  )
}
