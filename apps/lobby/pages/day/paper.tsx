/** The same day for A4: black on white, one table, and two lines to sign. Seen only in print. */
import { createPortal } from 'react-dom'
import type { DayAnswer } from '#protocol/desk/look/day.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useBranch, useNow } from '../../live/use-live.ts'
import { groupsOf, standingOf } from './model.ts'
import styles from './paper.module.css'
import { useHandOver } from './use-hand-over.ts'
import { useRange, useShow } from './use-show.ts'
import { dayWords } from './words.ts'

const Table = ({ day }: { readonly day: DayAnswer }) => {
  const say = useSay()
  const show = useShow()
  const rangeOf = useRange()
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{say(dayWords.paperFigure)}</th>
          <th scope="col">{say(dayWords.paperValue)}</th>
          <th scope="col">{say(dayWords.paperUsual)}</th>
          <th scope="col">{say(dayWords.paperCompare)}</th>
        </tr>
      </thead>
      {groupsOf(day.figures).map(({ name, figures }) => (
        <tbody key={name}>
          {figures.map((figure) => {
            const standing = standingOf(figure)
            const range = rangeOf(figure)
            return (
              <tr key={figure.id}>
                <th scope="row">{figure.label}</th>
                <td>{figure.value === null ? '—' : show(figure.value, figure.unit)}</td>
                <td>
                  {range !== null && (range.low === range.high ? range.low : say(dayWords.paperRange, range))}
                </td>
                <td>{standing !== null && standing !== 'within' && say(dayWords[standing])}</td>
              </tr>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}

export interface PaperProps {
  readonly day: DayAnswer
  readonly isToday: boolean
}

export const Paper = ({ day, isToday }: PaperProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const branch = useBranch()
  const { clock, dayNamed } = useFormat()
  const now = useNow()
  const { lines, onDuty } = useHandOver()
  return createPortal(
    <div className={`${styles.paper} usher-paper`} aria-hidden="true">
      <p className={styles.title}>
        {`${branch === undefined ? '' : titleOf(branch.title, branch.id)} · ${say(dayWords.paperTitle)}`}
      </p>
      <p>
        {`${dayNamed(day.day)} · ${say(day.isOver ? dayWords.over : dayWords.asOf, { time: clock(day.at) })} · ${say(dayWords.paperMade, { time: clock(now) })}`}
      </p>
      <Table day={day} />
      {isToday && (
        <>
          <p className={styles.heading}>{say(dayWords.handOver)}</p>
          {lines.length === 0 ? (
            <p>{say(dayWords.handOverNone)}</p>
          ) : (
            <ul className={styles.lines}>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <p className={styles.heading}>{say(dayWords.onDuty)}</p>
          <p>{onDuty.length === 0 ? say(dayWords.nobodyOnDuty) : onDuty.join(' · ')}</p>
        </>
      )}
      <div className={styles.signs}>
        <span>{say(dayWords.paperFrom)}</span>
        <span>{say(dayWords.paperTo)}</span>
      </div>
    </div>,
    document.body,
  )
}
