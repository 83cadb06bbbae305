/** The state of a device by shape, colour and word: what is as it should be stays quiet, what is not is said. */
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import { classes } from './classes.ts'
import styles from './state-mark.module.css'
import { healthWords, linkWords, willingWords } from './state-words.ts'
import { useSay } from './words.ts'

type Shape = 'full' | 'ring' | 'dashed' | 'triangle' | 'cross' | 'arrows' | 'hand' | 'bar'

const paths: Readonly<Record<Shape, string>> = {
  full: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z',
  ring: 'M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z',
  dashed: 'M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z',
  triangle: 'M8 2.5 14 13H2Z',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  arrows: 'M12.5 8a4.5 4.5 0 1 1-1.3-3.2M12.5 2.5v3h-3',
  hand: 'M5 8V4.2a1 1 0 0 1 2 0V7.5V3a1 1 0 0 1 2 0v4.5V3.8a1 1 0 0 1 2 0V9.5a4.5 4.5 0 0 1-8 2.8L1.8 9.3a1 1 0 0 1 1.6-1.2L5 9.5',
  bar: 'M3 8h10',
}

const Mark = ({ shape }: { shape: Shape }) => (
  <svg className={classes(styles.shape, styles[shape])} viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[shape]} />
  </svg>
)

interface Said {
  readonly shape: Shape
  readonly tone: 'quiet' | 'high' | 'urgent' | 'normal'
  readonly words: string
}

export interface StateMarkProps {
  readonly of: Pick<LiveDevice, 'link' | 'health' | 'willingness' | 'willingnessBy'>
  /** What the person who holds it is called. */
  readonly holder?: string | undefined
  /** Only the shapes; the words are for who cannot see them. */
  readonly isCompact?: boolean
}

const linkShapes = { online: 'full', offline: 'ring', lost: 'dashed', unknown: 'dashed' } as const
const healthShapes = { degraded: 'triangle', faulted: 'cross', updating: 'arrows' } as const

export const StateMark = ({ of, holder, isCompact = false }: StateMarkProps) => {
  const say = useSay()
  const said: Said[] = [
    {
      shape: linkShapes[of.link],
      tone: of.link === 'online' ? 'quiet' : of.link === 'lost' ? 'urgent' : 'high',
      words: say(linkWords[of.link]),
    },
  ]
  if (of.health !== 'ok')
    said.push({
      shape: healthShapes[of.health],
      tone: of.health === 'faulted' ? 'urgent' : of.health === 'updating' ? 'normal' : 'high',
      words: say(healthWords[of.health]),
    })
  if (of.willingness !== 'open')
    said.push({
      shape: of.willingness === 'held' ? 'hand' : 'bar',
      tone: 'normal',
      words: say(willingWords[of.willingness], { who: holder ?? of.willingnessBy ?? '' }),
    })
  return (
    <span className={styles.marks}>
      {said.map(({ shape, tone, words }) => (
        <span key={words} className={classes(styles.mark, styles[tone])}>
          <Mark shape={shape} />
          <span className={isCompact ? 'visually-hidden' : undefined}>{words}</span>
        </span>
      ))}
    </span>
  )
}
