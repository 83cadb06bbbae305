/** What wants nobody just now: put aside with a reason and an end, or over and remembered for ten minutes. */
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Life } from '../../../ui/life.tsx'
import { PriorityMark } from '../../../ui/priority-mark.tsx'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { useSaid } from '../../said/use-said.ts'
import styles from './alerts.module.css'
import { useAlertCommands, useAlertLife, useIsAlertBusy } from './use-alert-commands.ts'
import { alertsWords } from './words.ts'

export const ShelvedAlert = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const may = useMay()
  const said = useSaid()
  const { clock } = useFormat()
  const { unshelve } = useAlertCommands()
  const life = useAlertLife(alert.id)
  const isBusy = useIsAlertBusy([alert.id])
  const { title, text } = said.alert(alert)
  const { shelved } = alert
  if (shelved === null) return null
  const words = { who: said.names.person(shelved.by), time: clock(shelved.until), reason: shelved.reason }
  return (
    <li className={styles.quiet} data-alert={alert.id}>
      <PriorityMark of={alert.priority} />
      <div className={styles.body}>
        <p className={styles.name}>{title}</p>
        {text !== '' && <p>{text}</p>}
        <p className={styles.soft}>{say(alertsWords.shelvedBy, words)}</p>
        {life !== undefined && <Life of={life} />}
      </div>
      {may('alert.unshelve') && (
        <Button kind="quiet" isDisabled={isBusy} onPress={() => unshelve(alert.id)}>
          {say(alertsWords.unshelve)}
        </Button>
      )}
    </li>
  )
}

export const ClearedAlert = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const said = useSaid()
  const { clock } = useFormat()
  const time = clock(alert.clearedAt ?? 0)
  const { title, text } = said.alert(alert)
  return (
    <li className={styles.quiet} data-alert={alert.id}>
      <div className={styles.body}>
        <p>{title}</p>
        {text !== '' && <p className={styles.soft}>{text}</p>}
        <p className={styles.soft}>
          {alert.clearedBy === null
            ? say(alertsWords.clearedAt, { time })
            : say(alertsWords.clearedBy, { time, who: said.names.person(alert.clearedBy) })}
        </p>
      </div>
    </li>
  )
}
