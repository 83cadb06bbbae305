/** What is looked for, where and when. Each change asks at once. */
import { foundKinds } from '#protocol/desk/look/search.ts'
import { Choice } from '../../../ui/choice.tsx'
import { Field } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay } from '../../../ui/words.ts'
import { useTable } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import { type Asked, readAsked, spans } from './asked.ts'
import styles from './look-back.module.css'
import { Moment } from './moment.tsx'
import { backWords } from './words.ts'

export interface FiltersProps {
  readonly asked: Asked
  readonly onChange: (change: Partial<Asked>) => void
}

export const Filters = ({ asked, onChange }: FiltersProps) => {
  const say = useSay()
  const zones = useTable('zones')
  const names = useNames()
  return (
    <search className={styles.filters}>
      <div className={styles.text}>
        <Field
          label={say(backWords.what)}
          hint={say(backWords.whatHint)}
          type="search"
          maxLength={100}
          value={asked.q}
          onChange={(q) => onChange({ q })}
        />
      </div>
      <Segmented
        label={say(backWords.when)}
        options={spans.map((id) => ({ id, text: say(backWords[`when.${id}`]) }))}
        value={asked.when}
        onChange={(when) => onChange({ when })}
      />
      {asked.when === 'between' && (
        <>
          <Moment label={say(backWords.from)} value={asked.from} onChange={(from) => onChange({ from })} />
          <Moment label={say(backWords.to)} value={asked.to} onChange={(to) => onChange({ to })} />
        </>
      )}
      <Choice
        label={say(backWords.zone)}
        value={asked.zone}
        options={[
          { id: '', text: say(backWords.anywhere) },
          ...zones.map(({ id }) => ({ id, text: names.of('zone', id) })),
        ]}
        onChange={(zone) => onChange({ zone })}
      />
      <Choice
        label={say(backWords.kind)}
        value={asked.kind}
        options={[
          { id: '', text: say(backWords.anything) },
          ...foundKinds.map((id) => ({ id, text: say(backWords[`kind.${id}`]) })),
        ]}
        onChange={(kind) => onChange({ kind: readAsked(new URLSearchParams({ kind })).kind })}
      />
    </search>
  )
}
