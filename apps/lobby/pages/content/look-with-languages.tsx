/** The large preview: exactly what a screen shows, in each language that it has words in. */
import { useState } from 'react'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay, useTongue } from '../../../ui/words.ts'
import styles from './content.module.css'
import { languageName } from './model/sentence.ts'
import { ScreenLook, type Shown } from './screen-look.tsx'
import { contentWords } from './words.ts'

interface LookWithLanguagesProps {
  readonly of: Shown
  readonly title: string
  /** Of the branch, the most important first. */
  readonly languages: readonly string[]
}

/** Those of the branch first, then whatever else it has. */
export const languagesOf = (words: Shown['words'], languages: readonly string[]): readonly string[] => [
  ...languages.filter((one) => (words[one] ?? '') !== ''),
  ...Object.keys(words).filter((one) => !languages.includes(one) && words[one] !== ''),
]

export const LookWithLanguages = ({ of, title, languages }: LookWithLanguagesProps) => {
  const say = useSay()
  const tongue = useTongue()
  const has = of.template === null ? languagesOf(of.words, languages) : languages
  const [chosen, choose] = useState<string>()
  const language = chosen !== undefined && has.includes(chosen) ? chosen : has[0]
  return (
    <figure className={styles.look} aria-label={say(contentWords.previewOf, { title })}>
      <ScreenLook of={of} title={title} language={language} isLive />
      <figcaption className={styles.caption}>
        <span className={styles.soft}>
          {say(of.template === null ? contentWords.exactly : contentWords.sample)}
        </span>
        {language !== undefined && has.length > 1 && (
          <Segmented
            label={say(contentWords.inLanguage)}
            options={has.map((id) => ({ id, text: languageName(id, tongue) }))}
            value={language}
            onChange={choose}
          />
        )}
      </figcaption>
    </figure>
  )
}
