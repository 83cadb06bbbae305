/** A template with made-up data of a branch: which numbers will stand there, only the day knows. */
import type { LiveTemplate } from '#protocol/content.ts'
import type { Pair } from '../../../ui/words.ts'
import styles from './screen-look.module.css'

const pairs = {
  queues: { zh: '排队情况', en: 'Queues' },
  now: { zh: '正在办理', en: 'Now serving' },
  cash: { zh: '现金业务', en: 'Cash' },
  accounts: { zh: '开户办卡', en: 'Accounts and cards' },
  minutes: { zh: '约 {n} 分钟', en: 'about {n} min' },
  welcome: { zh: '上午好，欢迎光临', en: 'Good morning, and welcome' },
  notice: { zh: '温馨提示', en: 'Notice' },
} as const satisfies Record<string, Pair>

const rows = [
  { service: 'cash', ticket: 'A018', wait: '8' },
  { service: 'accounts', ticket: 'B007', wait: '15' },
] as const

interface TemplateLookProps {
  readonly template: LiveTemplate
  readonly language: string | undefined
  readonly words: string | undefined
}

/** In the language of the screen, which need not be that of the page. */
export const TemplateLook = ({ template, language, words }: TemplateLookProps) => {
  const say = (name: keyof typeof pairs) => pairs[name][language?.startsWith('en') === true ? 'en' : 'zh']
  if (template !== 'queues')
    return (
      <div className={styles.template}>
        <p className={styles.head}>{say(template)}</p>
        {words !== undefined && <p className={styles.said}>{words}</p>}
      </div>
    )
  return (
    <div className={styles.template}>
      <p className={styles.head}>{words ?? say('queues')}</p>
      <ul className={styles.rows}>
        {rows.map(({ service, ticket, wait }) => (
          <li key={ticket}>
            <span>{say(service)}</span>
            <span>{`${say('now')} ${ticket}`}</span>
            <span>{say('minutes').replace('{n}', wait)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
