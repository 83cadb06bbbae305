/** The most pressing alerts, each with who is on it. */
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { Life } from '../../ui/life.tsx'
import { PriorityMark } from '../../ui/priority-mark.tsx'
import { useSay } from '../../ui/words.ts'
import { useOpenAlerts } from '../live/open-work.ts'
import { type CommandLife, useLife, useMay, useSendOnce } from '../live/use-commands.ts'
import { useMe, useNow } from '../live/use-live.ts'
import { useSaid } from '../said/use-said.ts'
import { go } from './router.ts'
import styles from './side.module.css'
import { frameWords } from './words.ts'

const shownMax = 4

const Owner = ({ alert }: { alert: LiveAlert }) => {
  const say = useSay()
  const me = useMe()
  const { names } = useSaid()
  if (alert.claimedBy !== null)
    return (
      <span className={styles.soft}>
        {alert.claimedBy === me.name
          ? say(frameWords.claimedByMe)
          : say(frameWords.claimedBy, { who: names.person(alert.claimedBy) })}
      </span>
    )
  if (alert.turnOf === null || alert.turnOf === me.name) return null
  return <span className={styles.soft}>{say(frameWords.turnOf, { who: names.person(alert.turnOf) })}</span>
}

const Claim = ({ alert }: { alert: LiveAlert }) => {
  const say = useSay()
  const may = useMay()
  const send = useSendOnce()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  if (alert.claimedBy !== null || !may('alert.claim')) return null
  if (life !== undefined && life.state !== 'failed') return <Life of={life} />
  return (
    <>
      <Button onPress={() => setGiven(send({ name: 'alert.claim', params: { alert: alert.id } }))}>
        {say(frameWords.claim)}
      </Button>
      {life !== undefined && <Life of={life} />}
    </>
  )
}

const AlertRow = ({ alert }: { alert: LiveAlert }) => {
  const say = useSay()
  const format = useFormat()
  const said = useSaid()
  const now = useNow()
  const { title } = said.alert(alert)
  const age = say(frameWords.ago, { age: format.minutes(now - alert.since) })
  return (
    <li className={classes(styles.row, styles[alert.priority])}>
      <AriaButton className={classes(styles.open)} onPress={() => go(`/alerts?alert=${alert.id}`)}>
        <PriorityMark of={alert.priority} />
        <span className={styles.text}>
          <span className={styles.name}>{title}</span>
          <span className={styles.soft}>
            {alert.count > 1 ? `${age} · ${say(frameWords.times, { count: alert.count })}` : age}
          </span>
          <Owner alert={alert} />
        </span>
      </AriaButton>
      <Claim alert={alert} />
    </li>
  )
}

export const SideAlerts = () => {
  const say = useSay()
  const alerts = useOpenAlerts()
  return (
    <section className={styles.part} aria-labelledby="side-alerts">
      <header className={styles.head}>
        <h2 id="side-alerts">{say(frameWords.alerts)}</h2>
        {alerts.length > shownMax && (
          <Button kind="quiet" onPress={() => go('/alerts')}>
            {say(frameWords.allAlerts, { count: alerts.length })}
          </Button>
        )}
      </header>
      {alerts.length === 0 ? (
        <div className={styles.none}>
          <p>{say(frameWords.alertsNone)}</p>
          <p className={styles.soft}>{say(frameWords.alertsNoneText)}</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {alerts.slice(0, shownMax).map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </section>
  )
}
