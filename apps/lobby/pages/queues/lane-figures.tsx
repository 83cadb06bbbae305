/** The figures of a queue: how many wait, how long, and how far what they were told is from the truth. */
import type { ReactNode } from 'react'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { type Pair, useSay } from '../../../ui/words.ts'
import type { Lane } from './model/lanes.ts'
import type { Limits } from './model/pressure.ts'
import type { Reading } from './model/reading.ts'
import styles from './queues.module.css'
import { Sparkline } from './sparkline.tsx'
import { queueWords } from './words.ts'

interface FigureProps {
  readonly title: Pair
  readonly reading: Reading | null
  readonly show: (value: number) => string
  readonly note?: string | undefined
  readonly beside?: ReactNode
}

const Figure = ({ title, reading, show, note, beside }: FigureProps) => {
  const say = useSay()
  const { minutes } = useFormat()
  const below = reading?.isStale === true ? say(queueWords.old, { age: minutes(reading.ageMs) }) : note
  return (
    <div className={classes(styles.figure, (reading === null || reading.isStale) && styles.stale)}>
      <dt>{say(title)}</dt>
      <dd>
        <span className={styles.value}>
          {reading === null ? (
            <>
              <span aria-hidden>{'—'}</span>
              <span className="visually-hidden">{say(queueWords.unknown)}</span>
            </>
          ) : (
            show(reading.value)
          )}
        </span>
        {below !== undefined && <span className={styles.note}>{below}</span>}
        {reading !== null && !reading.isStale && beside}
      </dd>
    </div>
  )
}

const useErrorWords = () => {
  const say = useSay()
  const { minutes } = useFormat()
  return ({ waitError, announcedWaitMs }: Lane['service']): string | undefined => {
    if (announcedWaitMs === null) return undefined
    if (waitError === null) return say(queueWords.errorNone)
    // Nobody can tell a wait to the second, however well it went so far.
    return say(queueWords.within, { error: minutes(Math.max(60_000, waitError.meanAbsMs)) })
  }
}

export const LaneFigures = ({ lane, limits }: { readonly lane: Lane; readonly limits: Limits | null }) => {
  const { minutes, number } = useFormat()
  const errorOf = useErrorWords()
  const { service, waiting, longestMs, announcedMs } = lane
  return (
    <dl className={styles.figures}>
      <Figure
        title={queueWords.waiting}
        reading={waiting}
        show={(value) => number(value)}
        beside={<Sparkline service={service.id} limit={limits?.enterLength ?? null} />}
      />
      <Figure title={queueWords.longest} reading={longestMs} show={minutes} />
      <Figure title={queueWords.announced} reading={announcedMs} show={minutes} note={errorOf(service)} />
    </dl>
  )
}
