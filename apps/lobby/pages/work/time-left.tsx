/** How long until something ends a task or passes it on, counting down; draws nothing but itself each second. */
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useNow } from '../../live/use-live.ts'
import { workWords } from './words.ts'
import styles from './work.module.css'

const soonMs = 10_000

export const TimeLeft = ({ dueAt }: { readonly dueAt: number }) => {
  const say = useSay()
  const { duration } = useFormat()
  const leftMs = dueAt - useNow()
  return (
    <span className={classes(styles.left, leftMs < soonMs && styles.soon)}>
      {leftMs < 500 ? say(workWords.due) : say(workWords.left, { time: duration(leftMs) })}
    </span>
  )
}
