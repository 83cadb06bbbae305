/** The large preview: exactly what a screen shows; where languages take turns, each of them can be looked at. */
import { useState } from 'react'
import { Segmented } from '../../../ui/segmented.tsx'
import { languageName, useSay, useTongue } from '../../../ui/words.ts'
import content from './content.module.css'
import { Enlarge } from './enlarge.tsx'
import styles from './item.module.css'
import { languagesOf } from './model/looks.ts'
import { ScreenLook, type Shown } from './screen-look.tsx'
import { contentWords } from './words.ts'

interface LookWithLanguagesProps {
  readonly of: Shown
  readonly title: string
  /** Of the branch, the most important first. */
  readonly languages: readonly string[]
}

export const LookWithLanguages = ({ of, title, languages }: LookWithLanguagesProps) => {
  const say = useSay()
  const tongue = useTongue()
  const [chosen, choose] = useState<string>()
  // Elsewhere they stand together.
  const turns = of.media === null && of.template === null ? languagesOf(of.words, languages) : []
  const language = turns.find((one) => one === chosen) ?? turns[0]
  const look = <ScreenLook of={of} title={title} languages={languages} language={language} isLive />
  const label = say(contentWords.previewOf, { title })
  const isBlank = of.media === null && of.template === null && language === undefined
  return (
    <figure className={styles.look} aria-label={label}>
      {look}
      <figcaption className={styles.caption} hidden={isBlank}>
        <span className={content.soft}>
          {say(of.template === null ? contentWords.exactly : contentWords.sample)}
        </span>
        {language !== undefined && turns.length > 1 && (
          <Segmented
            label={say(contentWords.inLanguage)}
            options={turns.map((id) => ({ id, text: languageName(id, tongue) }))}
            value={language}
            onChange={choose}
          />
        )}
        <Enlarge label={label}>{look}</Enlarge>
      </figcaption>
    </figure>
  )
}
