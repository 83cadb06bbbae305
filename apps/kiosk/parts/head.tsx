/** Whose kiosk it is, what time it is, and whatever has to be said on every page. The corner is the door for staff. */
import type { ReactNode } from 'react'
import { useStage } from '../call/use-call.ts'
import { useWaitingLines } from '../call/waiting.tsx'
import { type Person, pageOf } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { StaffCorner } from '../staff/staff-corner.tsx'
import { clockText } from '../words/times.ts'
import styles from './head.module.css'
import { useKiosk, useSpeech } from './use-kiosk.ts'
import { WordsIn } from './words-in.tsx'

const Line = ({ children }: { readonly children: ReactNode }) => <p className={styles.line}>{children}</p>

const WaitingLine = ({ person }: { readonly person: Person }) => {
  const lines = useWaitingLines(person)
  return lines.length === 0 ? null : <Line>{lines.join(' · ')}</Line>
}

const Told = ({ person }: { readonly person: Person }) => {
  const { say, locale } = useSpeech()
  const kiosk = useKiosk()
  const { board } = useCell(kiosk.board)
  const { help } = person
  const stage = useStage(person)
  if (stage === 'waiting' || stage === 'ringing' || stage === 'next') return <WaitingLine person={person} />
  if (stage === 'talking') return null
  if (help === null || !help.isTold) return null
  const time = clockText(kiosk.wall(help.askedAt), locale, board?.timeZone)
  return <Line>{say(help.reason === 'expert' ? 'toldExpert' : 'told', { time })}</Line>
}

/** What the hub wants said while somebody uses the kiosk: a calm line. */
const Aside = () => {
  const shown = useCell(useKiosk().showing.now)
  if (shown === null || shown.isPromotion || shown.content.words.length === 0) return null
  return (
    <div className={styles.line}>
      <WordsIn words={shown.content.words} />
    </div>
  )
}

/** There it is said already. */
const isAsking = (person: Person) => ['help', 'expert'].includes(pageOf(person))

export const Head = ({ person }: { readonly person: Person | null }) => {
  const kiosk = useKiosk()
  const { say, title, locale } = useSpeech()
  const { board, isFresh } = useCell(kiosk.board)
  const { at } = useCell(kiosk.joining)
  const now = useCell(kiosk.now)
  return (
    <>
      <header className={styles.head}>
        <span className={styles.title}>{person !== null && title(board?.title, 'Usher')}</span>
        <time className={styles.clock}>{clockText(kiosk.wall(now), locale, board?.timeZone)}</time>
        <StaffCorner />
      </header>
      <output className={styles.lines}>
        {person !== null && (!isFresh || at === 'no-hub') && <Line>{say('away')}</Line>}
        {person !== null && !isAsking(person) && <Told person={person} />}
        {person !== null && <Aside />}
      </output>
    </>
  )
}
