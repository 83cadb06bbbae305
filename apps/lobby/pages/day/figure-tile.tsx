/** One key figure: what it is today, where that lies in what is usual, and in words whether it does. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { DayFigure } from '#protocol/desk/look/day.ts'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import styles from './day.module.css'
import { isGood, placeOf, standingOf } from './model.ts'
import { useRange, useShow } from './use-show.ts'
import { dayWords } from './words.ts'

const width = 160

const RangeBar = ({ figure }: { readonly figure: DayFigure }) => {
  const place = placeOf(figure)
  if (place === null) return null
  const x = (share: number) => Math.round(share * width)
  return (
    <svg className={styles.range} viewBox={`-6 0 ${width + 12} 16`} aria-hidden="true">
      <line className={styles.rangeLine} x1="0" x2={width} y1="8" y2="8" />
      <rect
        className={styles.rangeBand}
        x={x(place.low)}
        y="4"
        width={Math.max(4, x(place.high) - x(place.low))}
        height="8"
        rx="4"
      />
      <circle className={styles.rangeValue} cx={x(place.value)} cy="8" r="5" />
    </svg>
  )
}

export const useUsualWords = () => {
  const say = useSay()
  const rangeOf = useRange()
  return (figure: DayFigure): string => {
    const range = rangeOf(figure)
    if (range === null) return say(dayWords.noRange)
    return range.low === range.high ? say(dayWords.usual, { value: range.low }) : say(dayWords.range, range)
  }
}

const Compared = ({ figure }: { readonly figure: DayFigure }) => {
  const say = useSay()
  const standing = standingOf(figure)
  if (standing === null || standing === 'within') return null
  const good = isGood(figure)
  const Arrow = standing === 'above' ? ArrowUp : ArrowDown
  return (
    <span
      className={classes(styles.compared, good === false && styles.isBad, good === true && styles.isGood)}
    >
      <Arrow aria-hidden size={18} />
      {say(dayWords[standing])}
    </span>
  )
}

export const FigureTile = ({ figure }: { readonly figure: DayFigure }) => {
  const say = useSay()
  const show = useShow()
  const usualWords = useUsualWords()
  const { label, value, unit, why } = figure
  return (
    <li className={styles.tile}>
      <span className={styles.label}>{label}</span>
      <span className={styles.line}>
        {value === null ? (
          <span className={classes(styles.value, styles.isUnknown)}>
            <span aria-hidden>{'—'}</span>
            <span className="visually-hidden">{say(dayWords.unknown)}</span>
          </span>
        ) : (
          <span className={styles.value}>{show(value, unit)}</span>
        )}
        <Compared figure={figure} />
      </span>
      {figure.usual !== null && <RangeBar figure={figure} />}
      <span className={styles.soft}>
        {value === null ? why : figure.usual !== null && usualWords(figure)}
      </span>
    </li>
  )
}
