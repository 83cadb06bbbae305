/** Day: key figures so far against a usual day, what the next shift has to know, and all of it on a sheet of paper. */
import { CalendarOff, CalendarSearch, ChevronLeft, ChevronRight, CloudOff, Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DayAnswer } from '#protocol/desk/look/day.ts'
import { Button } from '../../../ui/button.tsx'
import { commonWords } from '../../../ui/common-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay, useTongue } from '../../../ui/words.ts'
import { type HubRefused, useAnswer } from '../../live/ask-hub.ts'
import styles from './day.module.css'
import { FigureTile } from './figure-tile.tsx'
import { dayBeside, groupsOf } from './model.ts'
import { Paper } from './paper.tsx'
import { Summary } from './summary.tsx'
import { dayWords } from './words.ts'

const askAgainMs = 60_000

/** While the days before are still being read, soon again. */
const soonMs = 3_000

const useDay = (day: string | undefined) => {
  const lang = useTongue()
  const answer = useAnswer('day', day === undefined ? { lang } : { day, lang })
  const { data, again } = answer
  const isRead = data?.usual.why?.code !== 'being-read'
  const isOver = data?.isOver === true && isRead
  useEffect(() => {
    if (isOver) return undefined
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') again()
      },
      isRead ? askAgainMs : soonMs,
    )
    return () => clearInterval(timer)
  }, [isOver, isRead, again])
  return answer
}

const Trouble = ({
  error,
  again,
  toToday,
}: {
  error: HubRefused
  again: () => void
  toToday: () => void
}) => {
  const say = useSay()
  if (error.error?.code === 'journal.no-day')
    return (
      <Empty
        icon={<CalendarOff aria-hidden size={40} />}
        title={say(dayWords.noDay)}
        text={say(dayWords.noDayText)}
        action={<Button onPress={toToday}>{say(dayWords.toToday)}</Button>}
      />
    )
  return (
    <Empty
      icon={<CloudOff aria-hidden size={40} />}
      title={say(dayWords.trouble)}
      text={error.error?.text ?? say(dayWords.troubleText)}
      action={<Button onPress={again}>{say(commonWords.retry)}</Button>}
    />
  )
}

const Compare = ({ day }: { readonly day: DayAnswer }) => {
  const say = useSay()
  const { days, why } = day.usual
  if (why === null) return <p className={styles.soft}>{say(dayWords.usualFrom, { count: days.length })}</p>
  return (
    <div className={styles.noUsual}>
      <CalendarSearch aria-hidden size={22} />
      <span>
        {why.words}
        {why.code === 'none-kept' && (
          <>
            <br />
            {say(dayWords.usualGrows)}
          </>
        )}
      </span>
    </div>
  )
}

const Figures = ({ day }: { readonly day: DayAnswer }) => {
  const say = useSay()
  return groupsOf(day.figures).map(({ name, figures }) => (
    <section key={name} aria-labelledby={`day-${name}`}>
      <h2 id={`day-${name}`} className={styles.heading}>
        {say(dayWords[`group.${name}`])}
      </h2>
      <ul className={styles.tiles}>
        {figures.map((figure) => (
          <FigureTile key={figure.id} figure={figure} />
        ))}
      </ul>
    </section>
  ))
}

interface HeadProps {
  readonly shown: string | undefined
  readonly today: string | undefined
  readonly at: DayAnswer | undefined
  readonly onDay: (day: string | undefined) => void
}

const Head = ({ shown, today, at, onDay }: HeadProps) => {
  const say = useSay()
  const { dayNamed, clock } = useFormat()
  const isToday = shown === today
  return (
    <header className={styles.head}>
      <IconButton
        label={say(dayWords.before)}
        icon={<ChevronLeft aria-hidden />}
        isDisabled={shown === undefined}
        onPress={() => shown !== undefined && onDay(dayBeside(shown, -1))}
      />
      <h1>{shown === undefined || isToday ? say(dayWords.today) : dayNamed(shown)}</h1>
      <IconButton
        label={say(dayWords.after)}
        icon={<ChevronRight aria-hidden />}
        isDisabled={shown === undefined || isToday}
        onPress={() => {
          if (shown === undefined) return
          const next = dayBeside(shown, 1)
          onDay(next === today ? undefined : next)
        }}
      />
      <span className={styles.soft}>
        {at !== undefined && say(at.isOver ? dayWords.over : dayWords.asOf, { time: clock(at.at) })}
      </span>
      <span className={styles.print}>
        <Button
          icon={<Printer aria-hidden size={20} />}
          isDisabled={at === undefined}
          onPress={() => window.print()}
        >
          {say(dayWords.print)}
        </Button>
      </span>
    </header>
  )
}

export const Page = () => {
  const say = useSay()
  /** undefined: whichever it is today. */
  const [chosen, setChosen] = useState<string>()
  const [today, setToday] = useState<string>()
  const { data, error, isLoading, again } = useDay(chosen)
  const isAsked = data !== undefined && (chosen === undefined || data.day === chosen)
  const day = isAsked ? data : undefined
  if (chosen === undefined && day !== undefined && day.day !== today) setToday(day.day)
  const shown = chosen ?? today
  const isToday = chosen === undefined
  const toToday = () => {
    setChosen(undefined)
    again()
  }
  return (
    <div className={styles.page}>
      <Head shown={shown} today={today} at={day} onDay={setChosen} />
      {error !== undefined && !isLoading && (day === undefined || error.error !== undefined) ? (
        <Trouble error={error} again={again} toToday={toToday} />
      ) : day === undefined ? (
        <p className={styles.soft}>{say(dayWords.loading)}</p>
      ) : (
        <>
          <Compare day={day} />
          <Figures day={day} />
          <Summary day={day} isToday={isToday} />
          <Paper day={day} isToday={isToday} />
        </>
      )}
    </div>
  )
}
