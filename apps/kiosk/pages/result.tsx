/** How a service ended. */
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, usePut, useSpeech } from '../parts/use-kiosk.ts'
import type { WordName } from '../words/say.ts'
import styles from './result.module.css'

const Ways = () => {
  const { say } = useSpeech()
  const put = usePut()
  return (
    <Ahead>
      <BigButton kind="primary" onPress={() => put({ type: 'start-over' })}>
        {say('done')}
      </BigButton>
      <BigButton onPress={() => put({ type: 'another' })}>{say('another')}</BigButton>
    </Ahead>
  )
}

export const ResultPage = ({ person }: PageProps) => {
  const { say, title } = useSpeech()
  const service = person.form?.service
  return (
    <PageFrame
      title={title(service?.result.title)}
      before={title(service?.title)}
      turn="result"
      text={
        <>
          <CircleCheck aria-hidden className={styles.mark} />
          <p>{title(service?.result.text)}</p>
          <p>{say('cleared')}</p>
        </>
      }
    >
      <Ways />
    </PageFrame>
  )
}

interface FailedPageProps extends PageProps {
  readonly title: WordName
  readonly text: WordName
}

export const FailedPage = ({ person, title: name, text }: FailedPageProps) => {
  const { say, title } = useSpeech()
  return (
    <PageFrame
      title={say(name)}
      before={title(person.form?.service.title)}
      turn={name}
      text={
        <>
          <TriangleAlert aria-hidden className={styles.mark} />
          <p>{say(text)}</p>
          {person.ticket !== null && <p>{say('failedTicket', { ticket: person.ticket })}</p>}
        </>
      }
    >
      <Ways />
    </PageFrame>
  )
}
