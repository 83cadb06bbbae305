/** The end of a shift in a few lines: what was different from usual, and what is handed over. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { DayAnswer } from '#protocol/desk/look/day.ts'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import styles from './day.module.css'
import { useUsualWords } from './figure-tile.tsx'
import { isGood, standingOf, unusualOf } from './model.ts'
import { useHandOver } from './use-hand-over.ts'
import { useShow } from './use-show.ts'
import { dayWords } from './words.ts'

const Unusual = ({ day }: { readonly day: DayAnswer }) => {
  const say = useSay()
  const show = useShow()
  const usualWords = useUsualWords()
  const figures = unusualOf(day.figures)
  if (figures.length === 0)
    return (
      <p className={styles.soft}>
        {say(day.usual.days.length === 0 ? dayWords.unusualUnknown : dayWords.unusualNone)}
      </p>
    )
  return (
    <ul className={styles.lines}>
      {figures.map((figure) => {
        const Arrow = standingOf(figure) === 'above' ? ArrowUp : ArrowDown
        return (
          <li key={figure.id} className={styles.unusual}>
            <span
              className={classes(
                styles.compared,
                isGood(figure) === false && styles.isBad,
                isGood(figure) === true && styles.isGood,
              )}
            >
              <Arrow aria-hidden size={18} />
            </span>
            <span>
              {figure.label} <strong>{figure.value === null ? '' : show(figure.value, figure.unit)}</strong>
            </span>
            <span className={styles.soft}>{usualWords(figure)}</span>
          </li>
        )
      })}
    </ul>
  )
}

export const Summary = ({ day, isToday }: { readonly day: DayAnswer; readonly isToday: boolean }) => {
  const say = useSay()
  const { lines, onDuty } = useHandOver()
  return (
    <section className={styles.summary} aria-labelledby="day-summary">
      <h2 id="day-summary">{say(dayWords.summary)}</h2>
      <div className={styles.parts}>
        <div>
          <h3 className={styles.heading}>{say(dayWords.unusual)}</h3>
          <Unusual day={day} />
        </div>
        {isToday && (
          <div>
            <h3 className={styles.heading}>{say(dayWords.handOver)}</h3>
            {lines.length === 0 ? (
              <p className={styles.soft}>{say(dayWords.handOverNone)}</p>
            ) : (
              <ul className={styles.lines}>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
            <h3 className={styles.heading}>{say(dayWords.onDuty)}</h3>
            <p>{onDuty.length === 0 ? say(dayWords.nobodyOnDuty) : onDuty.join(' · ')}</p>
          </div>
        )}
      </div>
    </section>
  )
}
