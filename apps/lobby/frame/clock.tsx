/** The branch's own time. Draws itself alone, once a minute's figure changes. */
import { useFormat } from '../../ui/format.ts'
import { useNow } from '../live/use-live.ts'
import styles from './top-bar.module.css'

export const Clock = () => {
  const format = useFormat()
  const now = useNow()
  return (
    <span className={styles.clock}>
      <strong>{format.clock(now)}</strong>
      <span className={styles.day}>{format.day(now)}</span>
    </span>
  )
}
