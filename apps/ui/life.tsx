/** What became of something that was pressed: said where it was pressed. */
import { Check, CircleAlert, Clock3, LoaderCircle } from 'lucide-react'
import { classes } from './classes.ts'
import styles from './life.module.css'
import { type Pair, useSay } from './words.ts'

export interface LifeOf {
  readonly state: 'queued' | 'sent' | 'accepted' | 'done' | 'failed'
  readonly error?: { readonly text: string } | undefined
}

const words: Readonly<Record<LifeOf['state'], Pair>> = {
  queued: { zh: '等待发送', en: 'Waiting to be sent' },
  sent: { zh: '已发送', en: 'Sent' },
  accepted: { zh: '已受理', en: 'Accepted' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '未完成', en: 'Not done' },
}

const icons = {
  queued: <Clock3 aria-hidden size={18} />,
  sent: <LoaderCircle aria-hidden size={18} className={styles.turning} />,
  accepted: <Check aria-hidden size={18} />,
  done: <Check aria-hidden size={18} />,
  failed: <CircleAlert aria-hidden size={18} />,
} as const

/** Nothing while nothing was pressed. Why not is in the language of the hub's answer. */
export const Life = ({ of }: { of: LifeOf | undefined }) => {
  const say = useSay()
  return (
    <output className={classes(styles.life, of?.state === 'failed' && styles.failed)}>
      {of !== undefined && (
        <>
          {icons[of.state]}
          {of.state === 'failed' ? (of.error?.text ?? say(words.failed)) : say(words[of.state])}
        </>
      )}
    </output>
  )
}
