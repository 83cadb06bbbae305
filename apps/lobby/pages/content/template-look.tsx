/** A template with made-up data of a branch: which numbers will stand there, only the day knows. */
import type { LiveTemplate } from '#protocol/content.ts'
import { type Pair, useTitle } from '../../../ui/words.ts'
import { useBranch } from '../../live/use-live.ts'
import { languagesOf, wordSizeOf } from './model/looks.ts'
import styles from './screen-look.module.css'
import type { Shown } from './screen-look.tsx'

const pairs = {
  welcome: { zh: '早上好', en: 'Good morning' },
  waiting: { zh: '等候', en: 'Waiting' },
  wait: { zh: '预计', en: 'About' },
  minutes: { zh: '分钟', en: 'min' },
  cash: { zh: '现金业务', en: 'Cash' },
  accounts: { zh: '开户办卡', en: 'Accounts and cards' },
} as const satisfies Record<string, Pair>

const rows = [
  { service: 'cash', waiting: '4', minutes: '8' },
  { service: 'accounts', waiting: '7', minutes: '15' },
] as const

const sampleTime = '09:30'

const languagesMax = 2

const inLanguage = (pair: Pair, language: string): string => pair[language.startsWith('zh') ? 'zh' : 'en']

interface TemplateLookProps {
  readonly template: LiveTemplate
  readonly words: Shown['words']
  readonly languages: readonly string[]
}

const Board = ({ languages }: Pick<TemplateLookProps, 'languages'>) => {
  const said = (pair: Pair) => languages.map((language) => inLanguage(pair, language)).join(' ')
  return (
    <div className={styles.board}>
      <span />
      <span>{said(pairs.waiting)}</span>
      <span>{said(pairs.wait)}</span>
      {rows.map(({ service, waiting, minutes }) => (
        <div key={service} className={styles.boardRow}>
          <span>{said(pairs[service])}</span>
          <strong>{waiting}</strong>
          <span>{`${minutes} ${said(pairs.minutes)}`}</span>
        </div>
      ))}
    </div>
  )
}

export const TemplateLook = ({ template, words, languages }: TemplateLookProps) => {
  const titleOf = useTitle()
  const branch = useBranch()
  const used = languages.slice(0, languagesMax)
  const own = languagesOf(words, languages).slice(0, languagesMax)
  const sentences =
    own.length > 0 || template !== 'welcome'
      ? own.map((language) => ({ language, text: words[language] ?? '' }))
      : used.map((language) => ({ language, text: inLanguage(pairs.welcome, language) }))
  return (
    <div className={styles.live}>
      <div className={styles.head}>
        <strong>{titleOf(branch?.title ?? {}, branch?.id)}</strong>
        <strong className={styles.clock}>{sampleTime}</strong>
      </div>
      {sentences.map(({ language, text }) => (
        <p
          key={language}
          lang={language}
          className={styles[wordSizeOf(text) === 'small' ? 'middle' : 'large']}
        >
          {text}
        </p>
      ))}
      {template !== 'notice' && <Board languages={used} />}
    </div>
  )
}
