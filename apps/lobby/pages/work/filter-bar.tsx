/** Which tasks are looked at. */
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay } from '../../../ui/words.ts'
import { useSaid } from '../../said/use-said.ts'
import { type Filter, stages } from './task-list.ts'
import { workWords } from './words.ts'
import styles from './work.module.css'

export interface FilterBarProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly flows: readonly string[]
}

export const FilterBar = ({ filter, onChange, flows }: FilterBarProps) => {
  const say = useSay()
  const said = useSaid()
  const listed = filter.flow === null || flows.includes(filter.flow) ? flows : [...flows, filter.flow]
  return (
    <div className={styles.filters}>
      <Segmented
        label={say(workWords.stage)}
        options={stages.map((id) => ({ id, text: say(workWords[`stage.${id}`]) }))}
        value={filter.stage}
        onChange={(stage) => onChange({ ...filter, stage })}
      />
      <select
        className={styles.select}
        aria-label={say(workWords.flow)}
        value={filter.flow ?? ''}
        onChange={(event) => onChange({ ...filter, flow: event.target.value || null })}
      >
        <option value="">{say(workWords.everyFlow)}</option>
        {listed.map((id) => (
          <option key={id} value={id}>
            {said.flow(id)}
          </option>
        ))}
      </select>
    </div>
  )
}
