/** How pressed a queue is, by shape and word; only pressure has a colour. */
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import type { Pressure } from './model/pressure.ts'
import styles from './queues.module.css'
import { queueWords } from './words.ts'

const shapes: Readonly<Record<Pressure, string>> = {
  high: 'M8 1.5 15 14H1Z',
  between: 'M8 2a6 6 0 0 1 0 12Z',
  calm: '',
  unknown: '',
}

export const PressureMark = ({ of }: { readonly of: Pressure }) => {
  const say = useSay()
  return (
    <span className={classes(styles.pressure, styles[of])}>
      <svg viewBox="0 0 16 16" aria-hidden="true" width="18" height="18">
        {of === 'high' ? null : <circle cx="8" cy="8" r="6" />}
        <path d={shapes[of]} />
      </svg>
      {say(queueWords[`pressure.${of}`])}
    </span>
  )
}
