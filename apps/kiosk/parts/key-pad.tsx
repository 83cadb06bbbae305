/** Keys on the page: a kiosk has no keyboard to rely on. Where there is one, the field takes it as well. */
import { Delete } from 'lucide-react'
import { classes } from '../../ui/classes.ts'
import styles from './key-pad.module.css'
import { useSpeech } from './use-kiosk.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

export interface KeyPadProps {
  readonly keys: 'digits' | 'amount' | 'signs'
  readonly value: string
  readonly lengthMax: number
  readonly onChange: (value: string) => void
}

const keysOf = (keys: KeyPadProps['keys']): readonly string[] => {
  if (keys === 'signs') return [...digits, '-', ...letters]
  return keys === 'amount' ? [...digits.slice(0, 9), '.', '0'] : digits
}

export const KeyPad = ({ keys, value, lengthMax, onChange }: KeyPadProps) => {
  const { say } = useSpeech()
  return (
    <div className={classes(styles.pad, keys === 'signs' && styles.wide)}>
      {keysOf(keys).map((key) => (
        <button
          key={key}
          type="button"
          className={classes(styles.key, keys === 'digits' && key === '0' && styles.middle)}
          onClick={() => value.length < lengthMax && onChange(value + key)}
        >
          {key}
        </button>
      ))}
      <button
        type="button"
        className={styles.key}
        aria-label={say('delete')}
        onClick={() => onChange(value.slice(0, -1))}
      >
        <Delete aria-hidden />
      </button>
    </div>
  )
}
