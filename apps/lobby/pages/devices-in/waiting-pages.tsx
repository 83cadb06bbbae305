/** Who waits to be let in, and how a page comes to wait. */
import { Monitor, MonitorSmartphone } from 'lucide-react'
import { pageKinds } from '#protocol/desk/pairing-routes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useNow } from '../../live/use-live.ts'
import styles from './devices-in.module.css'
import type { Waiting } from './model.ts'
import { devicesInWords } from './words.ts'

const icons = { screen: Monitor, kiosk: MonitorSmartphone } as const

const WaitingPage = ({ page: { code, kind, address, since } }: { readonly page: Waiting }) => {
  const say = useSay()
  const { duration } = useFormat()
  const now = useNow()
  const Icon = icons[kind]
  return (
    <li className={styles.waitingPage} data-code={code}>
      <Icon aria-hidden />
      <span>
        <span className={styles.kind}>{say(devicesInWords[`kind.${kind}`])}</span>
        <span className={styles.soft}>
          {say(devicesInWords.since, { age: duration(now - since), address })}
        </span>
      </span>
      <span className={styles.shownCode}>{code}</span>
    </li>
  )
}

const Addresses = () => {
  const say = useSay()
  return (
    <>
      <p className={styles.soft}>{say(devicesInWords.open)}</p>
      <dl className={styles.addresses}>
        {pageKinds.map((kind) => (
          <div key={kind}>
            <dt>{say(devicesInWords[`kind.${kind}`])}</dt>
            <dd>{`${window.location.origin}/${kind}`}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

export const WaitingPages = ({ waiting }: { readonly waiting: readonly Waiting[] }) => {
  const say = useSay()
  return (
    <section className={styles.card} aria-labelledby="devices-in-waiting">
      <h2 id="devices-in-waiting">
        {say(waiting.length === 0 ? devicesInWords.waitingNone : devicesInWords.waiting)}
      </h2>
      {waiting.length > 0 && (
        <ul className={styles.waiting} aria-labelledby="devices-in-waiting">
          {waiting.map((page) => (
            <WaitingPage key={page.code} page={page} />
          ))}
        </ul>
      )}
      {waiting.length === 0 ? (
        <Addresses />
      ) : (
        <details className={styles.more}>
          <summary>{say(devicesInWords.openOther)}</summary>
          <Addresses />
        </details>
      )}
    </section>
  )
}
