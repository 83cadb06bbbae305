/** One visitor: how long, what for, what was done and what was not, and what can be done now. Never who it is. */
import { Package, Shield, UserRound } from 'lucide-react'
import type { LiveVisit } from '#protocol/desk/live/lobby-rows.ts'
import { Badge } from '../../../../ui/badge.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { useSay } from '../../../../ui/words.ts'
import { useHubWords } from '../../../live/hub-words.ts'
import { useNow, useTable } from '../../../live/use-live.ts'
import { useNames } from '../../../said/use-said.ts'
import { WhyButton } from '../../../why/why-button.tsx'
import { tasksAbout } from '../model/work.ts'
import { Act, type Way } from './act.tsx'
import { Asks } from './asks.tsx'
import { Fact, Facts, Part } from './facts.tsx'
import styles from './sheets.module.css'
import { TaskLine } from './task-line.tsx'
import { sheetWords } from './words.ts'

interface OfVisit {
  readonly visit: LiveVisit
}

const languageWords: Readonly<Record<string, (typeof sheetWords)['zhLanguage']>> = {
  zh: sheetWords.zhLanguage,
  en: sheetWords.enLanguage,
}

const Tickets = ({ visit }: OfVisit) => {
  const say = useSay()
  const now = useNow()
  const { clock, duration } = useFormat()
  const tickets = useTable('tickets').filter(({ id }) => visit.tickets.includes(id))
  if (tickets.length === 0) return <span className={styles.soft}>{say(sheetWords.noTicket)}</span>
  return tickets.map(({ id, state, issuedAt, calledAt }) => (
    <span key={id}>
      {state === 'waiting' && say(sheetWords.waits, { ticket: id, time: duration(now - issuedAt) })}
      {state === 'called' && say(sheetWords.called, { ticket: id, at: clock(calledAt ?? issuedAt) })}
      {state === 'held' && say(sheetWords.held, { ticket: id })}
      {state === 'ended' && say(sheetWords.ended, { ticket: id })}
    </span>
  ))
}

const Signs = ({ visit }: OfVisit) => {
  const say = useSay()
  const { party, booked, wantsStaff, beingServed } = visit
  return (
    <p className={styles.badges}>
      {wantsStaff && <Badge tone="high">{say(sheetWords.wantsStaff)}</Badge>}
      {beingServed && <Badge>{say(sheetWords.beingServed)}</Badge>}
      {party > 1 && <Badge>{say(sheetWords.party, { count: party })}</Badge>}
      {booked && <Badge>{say(sheetWords.booked)}</Badge>}
    </p>
  )
}

const roles = ['staff', 'guard', 'courier'] as const

const useRoleWays = ({ id }: LiveVisit): readonly Way[] => {
  const say = useSay()
  const texts = { staff: sheetWords.isStaff, guard: sheetWords.isGuard, courier: sheetWords.isCourier }
  const icons = {
    staff: <UserRound aria-hidden size={20} />,
    guard: <Shield aria-hidden size={20} />,
    courier: <Package aria-hidden size={20} />,
  }
  return roles.map((role) => ({
    id: role,
    text: say(texts[role]),
    icon: icons[role],
    command: { name: 'visit.role', params: { visit: id, role } },
  }))
}

export const VisitSheet = ({ visit }: OfVisit) => {
  const say = useSay()
  const words = useHubWords()
  const now = useNow()
  const names = useNames()
  const { clock, duration } = useFormat()
  const tasks = tasksAbout(useTable('tasks'), visit)
  const ways = useRoleWays(visit)
  const sinceFor = (at: number) => say(sheetWords.sinceFor, { at: clock(at), time: duration(now - at) })
  const language = visit.language === null ? undefined : languageWords[visit.language]
  return (
    <div className={styles.sheet}>
      <Signs visit={visit} />
      <Facts>
        <Fact of={sheetWords.here}>{sinceFor(visit.since)}</Fact>
        {visit.zone !== null && (
          <Fact of={sheetWords.zoneSince}>
            {names.of('zone', visit.zone)}
            <span className={styles.soft}>
              {say(sheetWords.forTime, { time: duration(now - visit.zoneSince) })}
            </span>
          </Fact>
        )}
        <Fact of={sheetWords.grade}>{say(sheetWords[visit.grade])}</Fact>
        <Fact of={sheetWords.tickets}>
          <Tickets visit={visit} />
        </Fact>
        <Fact of={sheetWords.segment}>{words.word('segments', visit.segment)}</Fact>
        {visit.language !== null && (
          <Fact of={sheetWords.language}>{language === undefined ? visit.language : say(language)}</Fact>
        )}
      </Facts>
      <Part title={sheetWords.actions}>
        <Asks about={{ visit: visit.id }} can={['greet', 'guide']} />
      </Part>
      <Part title={sheetWords.done}>
        {tasks.length === 0 && <p className={styles.soft}>{say(sheetWords.nothingDone)}</p>}
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
        <div className={styles.ways}>
          <WhyButton about={{ visit: visit.id }} isNobody={tasks.length === 0} />
        </div>
      </Part>
      <Part title={sheetWords.notVisitor}>
        <Act ways={ways} />
      </Part>
    </div>
  )
}
