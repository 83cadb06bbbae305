/** What goes to the printer, and is never seen on the page. */
import type { Person } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { clockText, waitText } from '../words/times.ts'
import { useKiosk, useSpeech } from './use-kiosk.ts'

export const Slip = ({ person }: { readonly person: Person | null }) => {
  const kiosk = useKiosk()
  const { say, title, locale } = useSpeech()
  const { board } = useCell(kiosk.board)
  const isTest = useCell(kiosk.isTestSlip)
  const now = useCell(kiosk.now)
  const issued = person?.issued ?? null
  if (issued === null && !isTest) return null
  const at = clockText(kiosk.wall(issued?.at ?? now), locale, board?.timeZone)
  const service = board?.services.find(({ id }) => id === person?.service)
  return (
    <div className="slip" data-private aria-hidden>
      <p>{title(board?.title, 'Usher')}</p>
      {issued === null ? (
        <p>{say('testSlip')}</p>
      ) : (
        <>
          <p>{title(service?.title, person?.service ?? '')}</p>
          <strong>{issued.ticket}</strong>
          {issued.announcedWaitMs !== null && (
            <p>{say('waitOf', { time: waitText(issued.announcedWaitMs, locale) })}</p>
          )}
        </>
      )}
      <p>{say('ticketAt', { time: at })}</p>
    </div>
  )
}
