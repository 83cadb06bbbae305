/** The counters of a queue, each with whom it serves; one that is open with nobody at it is said loudest. */
import { Ban, CircleDashed, Pause, Ticket, UserRoundX } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import { useSaid } from '../../said/use-said.ts'
import type { CounterHere } from './model/lanes.ts'
import styles from './queues.module.css'
import { queueWords } from './words.ts'

const icons = {
  serving: Ticket,
  open: CircleDashed,
  vacant: UserRoundX,
  paused: Pause,
  closed: Ban,
} as const

export const LaneCounters = ({ counters }: { readonly counters: readonly CounterHere[] }) => {
  const say = useSay()
  const { names } = useSaid()
  if (counters.length === 0) return <p className={styles.soft}>{say(queueWords.countersNone)}</p>
  return (
    <ul className={styles.counters} aria-label={say(queueWords.counters)}>
      {counters.map(({ id, stand, ticket }) => {
        const Icon = icons[stand]
        return (
          <li key={id} className={classes(styles.counter, styles[stand])}>
            <span className={styles.counterName}>{names.of('counter', id)}</span>
            <span className={styles.counterState}>
              <Icon aria-hidden size={18} />
              <span className={ticket === null ? undefined : 'visually-hidden'}>
                {say(queueWords[`stand.${stand}`])}
              </span>
              {ticket}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
