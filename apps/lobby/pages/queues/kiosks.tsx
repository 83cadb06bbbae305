/** How many kiosks could take somebody now: they are what every queue is relieved with. */
import { Circle, CircleDot, X } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import { useTable } from '../../live/use-live.ts'
import { kioskCounts } from './model/lanes.ts'
import styles from './queues.module.css'
import { queueWords } from './words.ts'

export const Kiosks = () => {
  const say = useSay()
  const { free, busy, out } = kioskCounts(useTable('devices'))
  if (free + busy + out === 0) return null
  return (
    <div className={styles.kiosks}>
      <span className={styles.soft}>{say(queueWords.kiosks)}</span>
      <span className={styles.kiosk}>
        <Circle aria-hidden size={16} />
        {say(queueWords.kioskFree, { count: free })}
      </span>
      <span className={styles.kiosk}>
        <CircleDot aria-hidden size={16} />
        {say(queueWords.kioskBusy, { count: busy })}
      </span>
      {out > 0 && (
        <span className={classes(styles.kiosk, styles.isOut)}>
          <X aria-hidden size={18} />
          {say(queueWords.kioskOut, { count: out })}
        </span>
      )}
    </div>
  )
}
