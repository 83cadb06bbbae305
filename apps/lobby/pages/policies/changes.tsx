/** What is to change, one line each; where it lies beyond head office's bounds the bounds stand below. */
import { useSay } from '../../../ui/words.ts'
import { BeforeAfter } from './before-after.tsx'
import { isBeyond } from './model/beyond.ts'
import type { Difference } from './model/draft.ts'
import type { Setting } from './model/fields.ts'
import styles from './review.module.css'
import { useSaidValue } from './use-said-value.ts'
import { policyWords } from './words.ts'

export interface ChangesProps {
  readonly settings: ReadonlyMap<string, Setting>
  readonly differences: readonly Difference[]
}

const Bounds = ({ setting }: { readonly setting: Setting }) => {
  const say = useSay()
  const said = useSaidValue()
  const { shape } = setting
  if (shape.kind !== 'number' || shape.allowed === undefined) return null
  return (
    <span className={styles.beyond}>
      {say(policyWords.headOfficeOnly, said.span(setting, shape.allowed))}
    </span>
  )
}

/** As the settings stand on the page. */
const inOrder = ({ settings, differences }: ChangesProps): readonly Difference[] => {
  const places = new Map([...settings.keys()].map((name, place) => [name, place]))
  return [...differences].sort((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0))
}

export const Changes = ({ settings, differences }: ChangesProps) => (
  <ul className={styles.changes}>
    {inOrder({ settings, differences }).map(({ name, was, is }) => {
      const setting = settings.get(name)
      return (
        <li key={name} data-change={name}>
          <BeforeAfter setting={setting} label={setting?.label ?? name} was={was} is={is} />
          {setting !== undefined && isBeyond(setting, { was, is }) && <Bounds setting={setting} />}
        </li>
      )
    })}
  </ul>
)
