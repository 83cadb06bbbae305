/** What a person who agrees to a version has to know of it, apart from its looks; what changes with it stands beside what it was. */
import type { ItemTold, VersionTold } from '#protocol/desk/content-routes.ts'
import { useFormat } from '../../../ui/format.ts'
import { languageName, useSay, useTongue } from '../../../ui/words.ts'
import styles from './item.module.css'
import { type Fact, factsOf } from './model/changes.ts'
import { isExpired } from './model/standing.ts'
import { contentWords } from './words.ts'

interface VersionFactsProps {
  readonly item: ItemTold
  readonly version: VersionTold
  readonly today: string
}

interface FactRowProps<Value> {
  readonly name: string
  readonly of: Fact<Value>
  readonly said: (value: Value) => string
  /** Of what is said. */
  readonly lang?: string
}

const FactRow = <Value,>({ name, of, said, lang }: FactRowProps<Value>) => {
  const say = useSay()
  const { is, was } = of
  return (
    <div {...(was !== undefined && { 'data-changed': true })}>
      <dt>{name}</dt>
      <dd>
        <span lang={lang}>{said(is)}</span>
        {was !== undefined && (
          <span className={styles.was}>
            {say(contentWords.before)} <span lang={lang}>{said(was)}</span>
          </span>
        )}
      </dd>
    </div>
  )
}

export const VersionFacts = ({ item, version, today }: VersionFactsProps) => {
  const say = useSay()
  const tongue = useTongue()
  const { dayNamed } = useFormat()
  const { productCode, expiresOn, mandatory, words } = factsOf(item, version)
  const orNone = (text: string | null) => text ?? say(contentWords.none)
  const lastDay = (day: string | null) => {
    if (day === null) return say(contentWords.none)
    return isExpired({ expiresOn: day }, today)
      ? say(contentWords.isExpired, { day: dayNamed(day) })
      : dayNamed(day)
  }
  return (
    <dl className={styles.facts}>
      <FactRow name={say(contentWords.productCode)} of={productCode} said={orNone} />
      <FactRow name={say(contentWords.lastDay)} of={expiresOn} said={lastDay} />
      {(mandatory.is !== null || mandatory.was !== undefined) && (
        <FactRow
          name={say(contentWords['mandatory.other'])}
          of={mandatory}
          said={(kind) => say(kind === null ? contentWords.notMandatory : contentWords[`mandatory.${kind}`])}
        />
      )}
      {Object.entries(words).map(([language, fact]) => (
        <FactRow
          key={language}
          name={languageName(language, tongue)}
          of={fact}
          said={orNone}
          lang={language}
        />
      ))}
    </dl>
  )
}
