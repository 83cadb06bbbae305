/** One service: what can be done right here, and the way to the counter. */
import { Play, TicketPlus } from 'lucide-react'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Note, PageFrame, Tiles } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech, useWorld } from '../parts/use-kiosk.ts'
import type { Speech } from '../words/say.ts'
import { waitText } from '../words/times.ts'

const waitLine = (waitMs: number | null, { say, locale }: Speech): string | undefined => {
  if (waitMs === null) return undefined
  return waitMs === 0 ? say('takeTicketNoWait') : say('takeTicketWait', { time: waitText(waitMs, locale) })
}

export const ServicePage = ({ person }: PageProps) => {
  const speech = useSpeech()
  const { say, title } = speech
  const put = usePut()
  const { board } = useCell(useKiosk().board)
  const { forms, canIssue, announcedWaitMs } = useWorld()
  const id = person.service ?? ''
  const own = forms.filter(({ service }) => service === id)
  const named = board?.services.find((service) => service.id === id)?.title ?? own[0]?.title
  return (
    <PageFrame title={say('howToDo')} before={title(named, id)} turn="service">
      <Tiles>
        {own.map((form) => (
          <li key={form.id}>
            <BigButton
              kind="primary"
              icon={<Play aria-hidden />}
              isDisabled={person.isIssuing}
              more={[
                say('doHere'),
                ...(form.aboutMinutes === undefined ? [] : [say('minutes', { n: form.aboutMinutes })]),
              ].join(' · ')}
              onPress={() => put({ type: 'open-form', form: form.id })}
            >
              {title(form.title)}
            </BigButton>
          </li>
        ))}
        {canIssue && (
          <li>
            <BigButton
              icon={<TicketPlus aria-hidden />}
              isDisabled={person.isIssuing}
              more={person.isIssuing ? say('issuing') : waitLine(announcedWaitMs(id), speech)}
              onPress={() => put({ type: 'take-ticket' })}
            >
              {say('takeTicket')}
            </BigButton>
          </li>
        )}
      </Tiles>
      <output>{person.hasNoTicket && <Note>{say('noTicket')}</Note>}</output>
      {!canIssue && <Note>{say('ticketMachine')}</Note>}
    </PageFrame>
  )
}
