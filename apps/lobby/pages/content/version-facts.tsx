/** What a person who agrees to a version has to know of it, apart from its looks. */
import type { ItemTold, VersionTold } from '#protocol/desk/content-routes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTongue } from '../../../ui/words.ts'
import styles from './item.module.css'
import { languageName } from './model/sentence.ts'
import { isExpired } from './model/standing.ts'
import { contentWords } from './words.ts'

interface VersionFactsProps {
  readonly item: ItemTold
  readonly version: VersionTold
  readonly today: string
}

export const VersionFacts = ({ item, version, today }: VersionFactsProps) => {
  const say = useSay()
  const tongue = useTongue()
  const { dayNamed } = useFormat()
  const { expiresOn, productCode, words } = version
  const lastDay =
    expiresOn === null
      ? say(contentWords.none)
      : isExpired(version, today)
        ? say(contentWords.isExpired, { day: dayNamed(expiresOn) })
        : dayNamed(expiresOn)
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{say(contentWords.productCode)}</dt>
        <dd>{productCode ?? say(contentWords.none)}</dd>
      </div>
      <div>
        <dt>{say(contentWords.lastDay)}</dt>
        <dd>{lastDay}</dd>
      </div>
      {item.mandatory !== null && (
        <div>
          <dt>{say(contentWords['mandatory.other'])}</dt>
          <dd>{say(contentWords[`mandatory.${item.mandatory}`])}</dd>
        </div>
      )}
      {Object.entries(words).map(([language, text]) => (
        <div key={language}>
          <dt>{languageName(language, tongue)}</dt>
          <dd lang={language}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
