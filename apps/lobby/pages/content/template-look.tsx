/** A template with made-up numbers of a branch, in the words of the screen: which will stand there, only the day knows. */
import type { LiveTemplate } from '#protocol/content.ts'
import { inLanguage, words as screenWords, titleIn } from '../../../screen/words.ts'
import { localeOf, type Pair } from '../../../ui/words.ts'
import { useBranch } from '../../live/use-live.ts'
import { languagesOf } from './model/looks.ts'
import styles from './screen-look.module.css'
import type { Shown } from './screen-look.tsx'
import { useToday } from './use-library.ts'

const services: readonly { readonly title: Pair; readonly waiting: string; readonly minutes: string }[] = [
  { title: { zh: '现金业务', en: 'Cash' }, waiting: '4', minutes: '8' },
  { title: { zh: '开户办卡', en: 'Accounts and cards' }, waiting: '7', minutes: '15' },
]
const sampleTime = '09:30'
const called = { ticket: 'A012', counter: '3' } as const

const languagesMax = 2

interface TemplateLookProps {
  readonly template: LiveTemplate
  readonly words: Shown['words']
  readonly languages: readonly string[]
}

type OfLanguages = Pick<TemplateLookProps, 'languages'>

const InEach = ({ of, languages }: OfLanguages & { readonly of: Pair }) => (
  <>
    {languages.map((language) => (
      <span key={language} lang={language}>
        {inLanguage(of, language)}
      </span>
    ))}
  </>
)

const Board = ({ languages }: OfLanguages) => {
  const minutes = languages.map((language) => inLanguage(screenWords.minutes, language)).join(' ')
  return (
    <table className={styles.board}>
      <thead>
        <tr>
          <td aria-hidden />
          <th>
            <InEach of={screenWords.waiting} languages={languages} />
          </th>
          <th>
            <InEach of={screenWords.wait} languages={languages} />
          </th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service.title.en}>
            <th>
              <InEach of={service.title} languages={languages} />
            </th>
            <td className={styles.count}>{service.waiting}</td>
            <td>{`${service.minutes} ${minutes}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Head = ({ languages }: OfLanguages) => {
  const branch = useBranch()
  const noon = Date.parse(`${useToday()}T12:00:00Z`)
  const title = branch?.title ?? {}
  const names = [...new Set(languages.map((language) => titleIn(title, language)))]
  return (
    <div className={styles.head}>
      <p className={styles.branch}>{names.join('  ')}</p>
      <div>
        <p className={styles.clock}>{sampleTime}</p>
        {languages.map((language) => (
          <p key={language} lang={language}>
            {new Date(noon).toLocaleDateString(language === 'zh' ? localeOf.zh : language, {
              timeZone: 'UTC',
              month: 'long',
              day: 'numeric',
              weekday: 'long',
            })}
          </p>
        ))}
      </div>
    </div>
  )
}

export const TemplateLook = ({ template, words, languages }: TemplateLookProps) => {
  const used = languages.slice(0, languagesMax)
  const own = languagesOf(words, languages).slice(0, languagesMax)
  const isGreeting = own.length === 0 && template === 'welcome'
  const sentences = (isGreeting ? used : own).map((language) => ({
    language,
    text: isGreeting ? inLanguage(screenWords.morning, language) : (words[language] ?? ''),
  }))
  return (
    <div className={styles.live}>
      <Head languages={used} />
      {(sentences.length > 0 || template !== 'queues') && (
        <div className={template === 'welcome' ? styles.greetings : styles.sentences}>
          {sentences.map(({ language, text }) => (
            <p key={language} lang={language} className={styles.large}>
              {text}
            </p>
          ))}
        </div>
      )}
      {template !== 'notice' && <Board languages={used} />}
      {template === 'queues' && (
        <p className={styles.called}>
          <strong>{called.ticket}</strong>
          <span>{`${inLanguage(screenWords.counter, used[0] ?? 'zh')} ${called.counter}`}</span>
        </p>
      )}
    </div>
  )
}
