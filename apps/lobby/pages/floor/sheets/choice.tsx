/** One of many, by the tablet's own list. */
import { useId } from 'react'
import { useSay } from '../../../../ui/words.ts'
import styles from './sheets.module.css'
import { sheetWords } from './words.ts'

export interface ChoiceProps<Key extends string> {
  readonly label: string
  readonly value: Key | ''
  readonly onChange: (key: Key) => void
  readonly options: readonly { readonly id: Key; readonly text: string }[]
}

export const Choice = <Key extends string>({ label, value, onChange, options }: ChoiceProps<Key>) => {
  const say = useSay()
  const id = useId()
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as Key)}>
        <option value="" disabled>
          {say(sheetWords.choose)}
        </option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}
