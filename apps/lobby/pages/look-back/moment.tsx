/** A day and a time, by the tablet's own picker. */
import { useId } from 'react'
import styles from './look-back.module.css'

export interface MomentProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export const Moment = ({ label, value, onChange }: MomentProps) => {
  const id = useId()
  return (
    <div className={styles.moment}>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}
