/** How far a task is: by shape, and by the word beside it. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { classes } from '../../../ui/classes.ts'
import { useSaid } from '../../said/use-said.ts'
import styles from './phase-mark.module.css'

type Phase = LiveTask['phase']

/** A quarter of the ring for each step on the way. */
const quarters: Partial<Record<Phase, number>> = { queued: 0, offered: 1, accepted: 2, started: 3 }

const paths: Partial<Record<Phase, string>> = {
  done: 'M4 10.5l4 4 8-9',
  failed: 'M5 5l10 10M15 5L5 15',
  refused: 'M5 5l10 10M15 5L5 15',
  cancelled: 'M5 10h10',
  expired: 'M5 10h10',
  unknown: 'M10 5v6M10 14.500v.5',
}

const around = 2 * Math.PI * 7

const Shape = ({ phase }: { readonly phase: Phase }) => {
  const path = paths[phase]
  const done = (quarters[phase] ?? 0) / 4
  return (
    <svg className={styles.shape} viewBox="0 0 20 20" aria-hidden="true">
      {path === undefined ? (
        <>
          <circle className={styles.track} cx="10" cy="10" r="7" />
          <circle
            className={styles.way}
            cx="10"
            cy="10"
            r="7"
            strokeDasharray={`${done * around} ${around}`}
            transform="rotate(-90 10 10)"
          />
        </>
      ) : (
        <path d={path} />
      )}
    </svg>
  )
}

const bad: ReadonlySet<Phase> = new Set(['failed', 'refused', 'expired', 'unknown'])

export const PhaseMark = ({ phase }: { readonly phase: Phase }) => {
  const said = useSaid()
  return (
    <span className={classes(styles.mark, bad.has(phase) && styles.bad, phase === 'done' && styles.good)}>
      <Shape phase={phase} />
      <span className={styles.word}>{said.word('phases', phase)}</span>
    </span>
  )
}
