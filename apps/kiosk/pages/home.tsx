/** What brings somebody here: the services of the branch, and what this kiosk does itself. */
import { ChevronRight, Ticket } from 'lucide-react'
import { useState } from 'react'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Note, PageFrame, Tiles } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech, useWorld } from '../parts/use-kiosk.ts'
import { waitText } from '../words/times.ts'

/** In elder mode not more is asked at once. */
const fewest = 4

interface Choice {
  readonly id: string
  readonly title: string
  readonly isHere: boolean
  readonly waitMs: number | null
}

/** Those of the branch in its own order, then what only the kiosk has. */
const useChoices = (): readonly Choice[] => {
  const { board } = useCell(useKiosk().board)
  const { forms, announcedWaitMs } = useWorld()
  const { title } = useSpeech()
  const known = board?.services ?? []
  const isHere = (id: string) => forms.some(({ service }) => service === id)
  const own = forms.filter(
    ({ service }, at) =>
      known.every(({ id }) => id !== service) && forms.findIndex((one) => one.service === service) === at,
  )
  return [
    ...known.map(({ id, title: titles }) => ({ id, title: title(titles, id) })),
    ...own.map((form) => ({ id: form.service, title: title(form.title) })),
  ].map((choice) => ({ ...choice, isHere: isHere(choice.id), waitMs: announcedWaitMs(choice.id) }))
}

/** What can be done at once, and how long it is otherwise. */
const useLines = () => {
  const { say, locale } = useSpeech()
  return ({ isHere, waitMs }: Choice) => {
    const wait = waitMs === 0 ? say('noWait') : undefined
    const parts = [
      isHere ? say('here') : undefined,
      waitMs === null ? undefined : (wait ?? say('wait', { time: waitText(waitMs ?? 0, locale) })),
    ].filter((part) => part !== undefined)
    return parts.length === 0 ? undefined : parts.map((part) => <span key={part}>{part}</span>)
  }
}

export const HomePage = ({ person }: PageProps) => {
  const { say } = useSpeech()
  const put = usePut()
  const choices = useChoices()
  const lines = useLines()
  const [isMore, setMore] = useState(false)
  const isShort = person.view.elder && !isMore && choices.length > fewest + 1
  return (
    <PageFrame
      title={say('whatBringsYou')}
      turn="home"
      text={
        person.ticket === null ? undefined : (
          <>
            <p data-private>{say('yourTicket', { ticket: person.ticket })}</p>
            <p>{say('ticketKept')}</p>
          </>
        )
      }
    >
      {choices.length === 0 && <Note>{say('noServices')}</Note>}
      <Tiles>
        {person.ticket === null && (
          <li>
            <BigButton
              icon={<Ticket aria-hidden />}
              more={say('haveTicketText')}
              onPress={() => put({ type: 'have-ticket' })}
            >
              {say('haveTicket')}
            </BigButton>
          </li>
        )}
        {(isShort ? choices.slice(0, fewest) : choices).map((choice) => (
          <li key={choice.id}>
            <BigButton
              more={lines(choice)}
              onPress={() => put({ type: 'choose-service', service: choice.id })}
            >
              {choice.title}
            </BigButton>
          </li>
        ))}
        {isShort && (
          <li>
            <BigButton kind="quiet" icon={<ChevronRight aria-hidden />} onPress={() => setMore(true)}>
              {say('more')}
            </BigButton>
          </li>
        )}
      </Tiles>
    </PageFrame>
  )
}
