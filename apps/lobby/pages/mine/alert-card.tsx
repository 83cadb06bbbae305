/** An alert whose turn it is with this person, or that he has. */
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { Life } from '../../../ui/life.tsx'
import { PriorityMark } from '../../../ui/priority-mark.tsx'
import { useSay } from '../../../ui/words.ts'
import { useSendOnce } from '../../live/use-commands.ts'
import { useNow } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import styles from './mine.module.css'
import { useOwnLife } from './use-own-life.ts'
import { mineWords } from './words.ts'

const names = ['alert.claim', 'alert.acknowledge', 'alert.resolve'] as const

export const AlertCard = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const said = useSaid()
  const send = useSendOnce()
  const { minutes } = useFormat()
  const now = useNow()
  const life = useOwnLife({ names, field: 'alert', id: alert.id })
  const isUnderWay = life !== undefined && life.state !== 'failed'
  const { title, text } = said.alert(alert)
  const isMine = alert.claimedBy !== null
  return (
    <li className={classes(styles.card, styles[alert.priority])} data-alert={alert.id}>
      <div className={styles.alertHead}>
        <PriorityMark of={alert.priority} />
        <h3>{title}</h3>
        <span className={styles.left}>{say(mineWords.ago, { age: minutes(now - alert.since) })}</span>
      </div>
      {text !== '' && <p>{text}</p>}
      <div className={styles.buttons}>
        {!isMine && (
          <span className={styles.main}>
            <Button
              kind="primary"
              wide
              isDisabled={isUnderWay}
              onPress={() => send({ name: 'alert.claim', params: { alert: alert.id } })}
            >
              {say(mineWords.claim)}
            </Button>
          </span>
        )}
        {isMine && alert.acknowledgedBy === null && (
          <Button
            isDisabled={isUnderWay}
            onPress={() => send({ name: 'alert.acknowledge', params: { alert: alert.id } })}
          >
            {say(mineWords.seen)}
          </Button>
        )}
        {isMine && (
          <Button
            isDisabled={isUnderWay}
            onPress={() => send({ name: 'alert.resolve', params: { alert: alert.id, note: null } })}
          >
            {say(mineWords.resolved)}
          </Button>
        )}
      </div>
      {life !== undefined && <Life of={life} />}
    </li>
  )
}
