/** One question of a form, in whichever way it is answered. Nothing of it is offered again by the browser. */
import type { ReactNode } from 'react'
import type { KioskField } from '#protocol/kiosk-service.ts'
import { classes } from '../../ui/classes.ts'
import { yes } from '../journey/entries.ts'
import { DateParts } from './date-parts.tsx'
import styles from './field.module.css'
import { useSpeech } from './use-kiosk.ts'

type Of<K extends KioskField['kind']> = Extract<KioskField, { kind: K }>

export interface FieldProps<F extends KioskField = KioskField> {
  readonly field: F
  readonly entry: string
  /** Why it does not fit. */
  readonly problem: string | undefined
  /** The keys on the page write here. */
  readonly isActive: boolean
  readonly onEnter: (value: string) => void
  readonly onActive: () => void
}

export const lengthOf = (field: KioskField): number => {
  if (field.kind === 'text' || field.kind === 'digits') return field.lengthMax
  return field.kind === 'amount' ? 15 : 20
}

/** Its title, and whether it may be left out. */
export const Title = ({ field }: Pick<FieldProps, 'field'>) => {
  const { say, title } = useSpeech()
  return (
    <>
      {title(field.title)}
      {!field.required && say('optional')}
    </>
  )
}

const Labelled = (props: FieldProps & { readonly children: ReactNode }) => {
  const { field, problem, children } = props
  const { title } = useSpeech()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={`field-${field.id}`}>
        <Title field={field} />
      </label>
      {field.hint !== undefined && (
        <p id={`hint-${field.id}`} className={styles.hint}>
          {title(field.hint)}
        </p>
      )}
      {children}
      <p id={`problem-${field.id}`} className={styles.problem}>
        {problem}
      </p>
    </div>
  )
}

const Line = (props: FieldProps) => {
  const { field, entry, problem, isActive, onEnter, onActive } = props
  return (
    <input
      id={`field-${field.id}`}
      className={classes(styles.input, isActive && styles.active)}
      aria-describedby={`hint-${field.id} problem-${field.id}`}
      aria-invalid={problem !== undefined}
      aria-required={field.required}
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      // Where the page has keys of its own, none slides over it.
      inputMode={field.kind === 'text' ? 'text' : 'none'}
      maxLength={lengthOf(field)}
      type={'secret' in field && field.secret ? 'password' : 'text'}
      value={entry}
      onFocus={onActive}
      onChange={({ target }) => onEnter(target.value)}
    />
  )
}

const Choice = ({ field, entry, problem, onEnter }: FieldProps<Of<'choice'>>) => {
  const { title } = useSpeech()
  return (
    <fieldset className={styles.field} aria-describedby={`problem-${field.id}`}>
      <legend className={styles.label}>
        <Title field={field} />
      </legend>
      {field.hint !== undefined && <p className={styles.hint}>{title(field.hint)}</p>}
      <div className={styles.choices}>
        {field.options.map((option) => (
          <label key={option.id} className={styles.choice} data-chosen={entry === option.id || undefined}>
            <input
              type="radio"
              name={`choice-${field.id}`}
              autoComplete="off"
              checked={entry === option.id}
              onChange={() => onEnter(option.id)}
            />
            <span>{title(option.title)}</span>
          </label>
        ))}
      </div>
      <p id={`problem-${field.id}`} className={styles.problem}>
        {problem}
      </p>
    </fieldset>
  )
}

const Confirm = ({ field, entry, problem, onEnter }: FieldProps<Of<'confirm'>>) => {
  const { title } = useSpeech()
  const isOn = entry === yes
  return (
    <div className={styles.field}>
      <label className={styles.choice} data-chosen={isOn || undefined}>
        <input
          type="checkbox"
          autoComplete="off"
          aria-describedby={`problem-${field.id}`}
          aria-invalid={problem !== undefined}
          checked={isOn}
          onChange={() => onEnter(isOn ? '' : yes)}
        />
        <span>
          <Title field={field} />
        </span>
      </label>
      {field.hint !== undefined && <p className={styles.hint}>{title(field.hint)}</p>}
      <p id={`problem-${field.id}`} className={styles.problem}>
        {problem}
      </p>
    </div>
  )
}

export const Field = (props: FieldProps) => {
  const { field } = props
  switch (field.kind) {
    case 'choice':
      return <Choice {...props} field={field} />
    case 'confirm':
      return <Confirm {...props} field={field} />
    case 'date':
      return <DateParts {...props} field={field} />
    case 'amount':
      return (
        <Labelled {...props}>
          <div className={styles.money}>
            <span aria-hidden>{field.currency}</span>
            <Line {...props} />
          </div>
        </Labelled>
      )
    case 'text':
    case 'number':
    case 'digits':
    case 'phone':
      return (
        <Labelled {...props}>
          <Line {...props} />
        </Labelled>
      )
  }
}
