/** A flood: many alerts that say the same of different things, as one, and one by one for whoever wants them so. */
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { PriorityMark } from '../../../ui/priority-mark.tsx'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { useSaid } from '../../said/use-said.ts'
import { Ages, AlertCard } from './alert-card.tsx'
import styles from './alerts.module.css'
import { useAlertCommands, useIsAlertBusy } from './use-alert-commands.ts'
import { alertsWords } from './words.ts'

export interface FloodCardProps {
  readonly alerts: readonly LiveAlert[]
  readonly wanted: string | null
  readonly onShelve: (alert: string) => void
}

export const FloodCard = ({ alerts, wanted, onShelve }: FloodCardProps) => {
  const say = useSay()
  const may = useMay()
  const said = useSaid()
  const { claim } = useAlertCommands()
  const isBusy = useIsAlertBusy(alerts.map(({ id }) => id))
  const [first] = alerts
  if (first === undefined) return null
  const { title } = said.alert(first)
  const things = alerts.map(({ params }) => {
    const name = ['device', 'zone', 'counter'].find((one) => typeof params[one] === 'string')
    return name === undefined ? '' : said.names.of(name, String(params[name]))
  })
  return (
    <li className={classes(styles.card, styles[first.priority])}>
      <PriorityMark of={first.priority} />
      <div className={styles.body}>
        <p className={styles.line}>
          <span className={styles.name}>{say(alertsWords.flood, { title, count: alerts.length })}</span>
          <Ages alerts={alerts} />
        </p>
        <p className={styles.soft}>{[...new Set(things)].filter((thing) => thing !== '').join(' · ')}</p>
        <div className={styles.steps}>
          {may('alert.claim') && (
            <Button kind="primary" isDisabled={isBusy} onPress={() => alerts.forEach(({ id }) => claim(id))}>
              {say(alertsWords.claimAll)}
            </Button>
          )}
        </div>
        <details className={styles.fold} open={alerts.some(({ id }) => id === wanted)}>
          <summary>{say(alertsWords.floodOpen)}</summary>
          <ul className={styles.list}>
            {alerts.map((alert) => (
              <AlertCard key={alert.id} alert={alert} isWanted={alert.id === wanted} onShelve={onShelve} />
            ))}
          </ul>
        </details>
      </div>
    </li>
  )
}
