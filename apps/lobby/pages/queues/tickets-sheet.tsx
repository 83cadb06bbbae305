/** Who stands in one queue: number, how long so far, and what has become of it. */
import { ListOrdered } from 'lucide-react'
import type { LiveTicket } from '#protocol/desk/live/lobby-rows.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useNow } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import type { Lane } from './model/lanes.ts'
import styles from './tickets-sheet.module.css'
import { queueWords } from './words.ts'

const TicketRow = ({ ticket, isInvited }: { readonly ticket: LiveTicket; readonly isInvited: boolean }) => {
  const say = useSay()
  const { minutes, clock } = useFormat()
  const { names, word } = useSaid()
  const now = useNow()
  const isCalled = ticket.state === 'called'
  const wait = say(queueWords.waitedFor, { wait: minutes((ticket.calledAt ?? now) - ticket.issuedAt) })
  // Most have nothing special about them: that is not said.
  const notes = [
    ...(ticket.segment === 'personal' ? [] : [word('segments', ticket.segment)]),
    ...(ticket.announcedWaitMs === null
      ? []
      : [say(queueWords.announcedWas, { wait: minutes(ticket.announcedWaitMs) })]),
  ]
  return (
    <li className={styles.row}>
      <span className={styles.number}>{ticket.id}</span>
      <span className={styles.text}>
        <span>
          {isCalled && ticket.counter !== null
            ? say(queueWords.calledTo, {
                counter: names.of('counter', ticket.counter),
                at: clock(ticket.calledAt ?? now),
              })
            : wait}
        </span>
        {notes.length > 0 && <span className={styles.soft}>{notes.join(' · ')}</span>}
        {(isInvited || ticket.assisted) && (
          <span className={styles.badges}>
            {isInvited && <Badge>{say(queueWords.invitedNow)}</Badge>}
            {ticket.assisted && <Badge tone="normal">{say(queueWords.assisted)}</Badge>}
          </span>
        )}
      </span>
      <WhyButton about={{ ticket: ticket.id }} kind="quiet" />
    </li>
  )
}

export interface TicketsSheetProps {
  readonly lane: Lane | undefined
  readonly onClose: () => void
}

const groups = ['waiting', 'held', 'called'] as const

export const TicketsSheet = ({ lane, onClose }: TicketsSheetProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const invited = new Set(lane?.doing.invited)
  const title = lane === undefined ? '' : titleOf(lane.service.title, lane.service.id)
  return (
    <Sheet
      title={say(queueWords.ticketsOf, { service: title })}
      isOpen={lane !== undefined}
      onClose={onClose}
    >
      {lane?.tickets.length === 0 && (
        <Empty
          icon={<ListOrdered aria-hidden size={32} />}
          title={say(queueWords.ticketsNone)}
          text={say(queueWords.ticketsNoneText)}
        />
      )}
      {groups.map((state) => {
        const tickets = lane?.tickets.filter((ticket) => ticket.state === state) ?? []
        if (tickets.length === 0) return null
        return (
          <section key={state} className={styles.group}>
            <h3 className={styles.heading}>{say(queueWords[`state.${state}`])}</h3>
            <ul>
              {tickets.map((ticket) => (
                <TicketRow
                  key={ticket.id}
                  ticket={ticket}
                  isInvited={state === 'waiting' && invited.has(ticket.id)}
                />
              ))}
            </ul>
          </section>
        )
      })}
    </Sheet>
  )
}
