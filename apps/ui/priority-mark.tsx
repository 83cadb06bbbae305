/** The four priorities by shape and colour; the word is for who cannot see it. */
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { classes } from './classes.ts'
import styles from './priority-mark.module.css'
import { type Pair, useSay } from './words.ts'

export const priorityWords: Readonly<Record<LiveAlert['priority'], Pair>> = {
  urgent: { zh: '紧急', en: 'Urgent' },
  high: { zh: '重要', en: 'High' },
  normal: { zh: '一般', en: 'Normal' },
  low: { zh: '提示', en: 'Note' },
}

const paths: Readonly<Record<LiveAlert['priority'], string>> = {
  urgent: 'M8 1.5h8L22.5 8v8L16 22.5H8L1.5 16V8Z',
  high: 'M12 2.5 23 21.5H1Z',
  normal: 'M12 2a10 10 0 1 1 0 20a10 10 0 0 1 0-20Z',
  low: 'M4 4h16v16H4Z',
}

const signs: Readonly<Record<LiveAlert['priority'], string>> = {
  urgent: 'M12 6.5v7M12 17.2v.1',
  high: 'M12 9v6M12 18.2v.1',
  normal: 'M12 11v6M12 7.3v.1',
  low: 'M8 12h8',
}

export const PriorityMark = ({ of }: { of: LiveAlert['priority'] }) => {
  const say = useSay()
  return (
    <span className={classes(styles.mark, styles[of])}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path className={styles.shape} d={paths[of]} />
        <path className={styles.sign} d={signs[of]} />
      </svg>
      <span className="visually-hidden">{say(priorityWords[of])}</span>
    </span>
  )
}
