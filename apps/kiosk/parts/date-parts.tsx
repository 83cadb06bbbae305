/** A day, as three short numbers: a calendar is many small targets. */
import type { KioskField } from '#protocol/kiosk-service.ts'
import { classes } from '../../ui/classes.ts'
import type { WordName } from '../words/say.ts'
import styles from './field.module.css'
import { type FieldProps, Title } from './field.tsx'
import { useSpeech } from './use-kiosk.ts'

const parts: readonly { readonly word: WordName; readonly length: number }[] = [
  { word: 'year', length: 4 },
  { word: 'month', length: 2 },
  { word: 'day', length: 2 },
]

/** As far as it goes: a part that is not whole makes no day. */
const partsOf = (entry: string) => {
  const [year = '', month = '', day = ''] = entry.split('-')
  return [year, month, day] as const
}

/** The keys on the page fill one part after the other. */
export const withDigits = (digits: string): string =>
  [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter((part) => part !== '').join('-')

export const digitsIn = (entry: string): string => entry.replaceAll('-', '')

export const DateParts = (props: FieldProps<Extract<KioskField, { kind: 'date' }>>) => {
  const { field, entry, problem, isActive, onEnter, onActive } = props
  const { say, title } = useSpeech()
  const values = partsOf(entry)
  const change = (at: number, text: string) => {
    const next = values.map((value, index) => (index === at ? text.replaceAll(/\D/g, '') : value))
    onEnter(next.join('-') === '--' ? '' : next.join('-'))
  }
  return (
    <fieldset className={styles.field}>
      <legend className={styles.label}>
        <Title field={field} />
      </legend>
      {field.hint !== undefined && <p className={styles.hint}>{title(field.hint)}</p>}
      <div className={styles.parts}>
        {parts.map(({ word, length }, at) => (
          <label key={word}>
            <input
              className={classes(styles.input, styles.short, isActive && styles.active)}
              aria-describedby={`problem-${field.id}`}
              aria-invalid={problem !== undefined}
              autoComplete="off"
              inputMode="none"
              maxLength={length}
              value={values[at] ?? ''}
              onFocus={onActive}
              // `2` is February as well.
              onBlur={({ target }) => target.value.length === 1 && change(at, target.value.padStart(2, '0'))}
              onChange={({ target }) => change(at, target.value)}
            />
            <span>{say(word)}</span>
          </label>
        ))}
      </div>
      <p id={`problem-${field.id}`} className={styles.problem}>
        {problem}
      </p>
    </fieldset>
  )
}
