/** The number that somebody took here, as it is called later. */
import { Printer } from 'lucide-react'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, Note, PageFrame } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { waitText } from '../words/times.ts'
import styles from './ticket.module.css'

export const TicketPage = ({ person }: PageProps) => {
  const { say, title, locale } = useSpeech()
  const put = usePut()
  const { board, isFresh } = useCell(useKiosk().board)
  const { issued } = person
  if (issued === null) return null
  const service = board?.services.find(({ id }) => id === person.service)
  return (
    <PageFrame
      title={say('ticketTaken')}
      before={title(service?.title, person.service ?? '')}
      turn="ticket"
      text={
        <>
          <p className={styles.number}>{issued.ticket}</p>
          {issued.announcedWaitMs !== null && (
            <p>{say('waitOf', { time: waitText(issued.announcedWaitMs, locale) })}</p>
          )}
          {isFresh && <p>{say('ticketNext')}</p>}
        </>
      }
    >
      {!isFresh && <Note>{say('ticketAway')}</Note>}
      <Ahead>
        <BigButton kind="primary" icon={<Printer aria-hidden />} onPress={() => put({ type: 'print' })}>
          {say('print')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'start-over' })}>{say('done')}</BigButton>
        <BigButton onPress={() => put({ type: 'another' })}>{say('another')}</BigButton>
      </Ahead>
    </PageFrame>
  )
}
