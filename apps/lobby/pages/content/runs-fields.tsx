/** When something runs: hours first, since nearly everything has some; days and weekdays where they are asked for. */
import { useSay, useTongue } from '../../../ui/words.ts'
import { Chips } from './chips.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import type { Troubles } from './model/campaign-form.ts'
import type { RunsForm } from './model/runs-form.ts'
import { weekdaySaid } from './model/sentence.ts'
import { DayField, TimeField } from './native-field.tsx'

export interface RunsFieldsProps {
  readonly value: RunsForm
  readonly onChange: (value: RunsForm) => void
  readonly troubles: Troubles
}

export const HoursFields = ({ value, onChange, troubles }: RunsFieldsProps) => {
  const say = useSay()
  const trouble = troubles.hours && say(formWords[`trouble.${troubles.hours}`])
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>
        {say(formWords.hours)}
        <span className={styles.hint}>{say(formWords.hoursHint)}</span>
      </legend>
      <div className={styles.pair}>
        <TimeField
          label={say(formWords.hoursFrom)}
          value={value.hoursFrom}
          onChange={(hoursFrom) => onChange({ ...value, hoursFrom })}
          trouble={value.hoursFrom === '' ? trouble : undefined}
        />
        <TimeField
          label={say(formWords.hoursTo)}
          value={value.hoursTo}
          onChange={(hoursTo) => onChange({ ...value, hoursTo })}
          trouble={value.hoursFrom === '' ? undefined : trouble}
        />
      </div>
    </fieldset>
  )
}

export const DaysFields = ({ value, onChange, troubles }: RunsFieldsProps) => {
  const say = useSay()
  const tongue = useTongue()
  return (
    <>
      <Chips
        label={say(formWords.weekdays)}
        hint={say(formWords.weekdaysHint)}
        options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ id: `${day}`, text: weekdaySaid(day, tongue) }))}
        chosen={value.weekdays.map(String)}
        onChange={(days) => onChange({ ...value, weekdays: days.map(Number) })}
      />
      <div className={styles.pair}>
        <DayField
          label={say(formWords.fromDay)}
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
        />
        <DayField
          label={say(formWords.toDay)}
          value={value.to}
          onChange={(to) => onChange({ ...value, to })}
          trouble={troubles.days && say(formWords[`trouble.${troubles.days}`])}
        />
      </div>
    </>
  )
}
