/** What a zone is called and how many are in it: a button into it. */
import { memo } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import { classes } from '../../../../ui/classes.ts'
import { useFormat } from '../../../../ui/format.ts'
import { useSay, useTitle } from '../../../../ui/words.ts'
import type { Crowd } from '../model/crowd.ts'
import { titleLineHeight, widthOf } from '../model/labels.ts'
import { floorWords } from '../words.ts'
import styles from './plan.module.css'
import type { Stage } from './stage.ts'
import { useMark } from './use-mark.ts'

/** Two texts of a picture are two words. */
export const between = ' '

/** What is bold and larger takes so much more room. */
const boldShare = 1.27

export interface ZoneTitleProps {
  readonly stage: Stage
  readonly zone: Pick<LiveRow<'zones'>, 'id' | 'title'>
  readonly at: Point
  /** The zone, in metres. */
  readonly high: number
  readonly crowd: Crowd
}

/** `8 / 12`, or only what is known of it. */
export const useCountText = (): ((crowd: Crowd) => string) => {
  const say = useSay()
  return ({ count, limit }) => {
    if (count === null) return ''
    return limit === null ? say(floorWords.people, { count }) : say(floorWords.peopleOf, { count, limit })
  }
}

/** In words, where it wants to be said. */
export const useCrowdText = (): ((crowd: Crowd) => string) => {
  const say = useSay()
  const { clock } = useFormat()
  return ({ level, oldSince }) => {
    if (oldSince !== null) return say(floorWords.countOld, { at: clock(oldSince) })
    if (level === 'calm') return ''
    return say(level === 'full' ? floorWords.crowded : floorWords.nearlyFull)
  }
}

export const ZoneTitle = memo(({ stage, zone, at, high, crowd }: ZoneTitleProps) => {
  const say = useSay()
  const title = useTitle()(zone.title, zone.id)
  const count = useCountText()(crowd)
  const state = useCrowdText()(crowd)
  const ref = useMark(stage, `zone/${zone.id}`, at)
  const unplaced = crowd.unplaced === 0 ? '' : say(floorWords.unplaced, { count: crowd.unplaced })
  // One below the other: side by side they would lie over whatever stands in a narrow zone.
  const below = [state, unplaced].filter((part) => part !== '').join(' · ')
  const more = count !== '' && below !== '' ? titleLineHeight : 0
  const label = [title, count, state, unplaced].filter((part) => part !== '').join(say(floorWords.comma))
  return (
    <g
      ref={ref}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="button"
      tabIndex={0}
      aria-label={label}
      className={styles.title}
      data-zone={zone.id}
      data-level={crowd.level}
      data-old={crowd.oldSince !== null || undefined}
      data-high={high}
    >
      <g className={styles.titleBody}>
        <rect className={styles.titleTarget} x={4} y={4} width={132} height={48 + more} rx={8} />
        <text className={styles.titleName} x={12} y={26}>
          {title}
        </text>
        {between}
        {count !== '' && (
          <text className={styles.titleCount} x={12} y={46}>
            {count}
          </text>
        )}
        {between}
        {crowd.level === 'full' && (
          <rect
            className={styles.titlePill}
            x={6}
            y={31 + more}
            width={widthOf(below) * boldShare + 12}
            height={21}
            rx={6}
          />
        )}
        {below !== '' && (
          <text className={classes(styles.titleCount, styles.titleState)} x={12} y={46 + more}>
            {below}
          </text>
        )}
      </g>
    </g>
  )
})
