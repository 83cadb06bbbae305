/** Until somebody answers: how many are before them, by when, who is called; and that nobody has to stand there. */
import type { Person } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Note, PageFrame, Row } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { clockText } from '../words/times.ts'
import { useCall, useStage } from './use-call.ts'

/** In one line each, for the page and for the head of every other one. */
export const useWaitingLines = (person: Person): readonly string[] => {
  const { say, title, locale } = useSpeech()
  const { board } = useCell(useKiosk().board)
  const call = useCall(person)
  const stage = useStage(person)
  if (stage === 'next') return [say('callNextExpert')]
  if (call === null) return []
  if (stage === 'ringing')
    return [
      call.expert === null
        ? say('callRingsSomebody')
        : say('callRings', { expert: title(call.expert.title, say('callExpert')) }),
    ]
  return [
    call.before === 0 ? say('callNext') : say('callBefore', { n: call.before }),
    call.promisedAt === null
      ? say('callNoPromise')
      : say('callPromised', { time: clockText(call.promisedAt, locale, board?.timeZone) }),
  ]
}

export const WaitingPage = ({ person }: PageProps) => {
  const { say } = useSpeech()
  const put = usePut()
  const lines = useWaitingLines(person)
  return (
    <PageFrame
      title={say('callWaiting')}
      turn="call-waiting"
      text={
        <>
          <p>{say('callSit')}</p>
          <p>{say('callStill')}</p>
        </>
      }
    >
      <output>
        <Note>
          {lines.map((line) => (
            <span key={line}>
              {line}
              <br />
            </span>
          ))}
        </Note>
      </output>
      <Row>
        <BigButton kind="primary" onPress={() => put({ type: 'back' })}>
          {say('carryOn')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'call-off' })}>{say('callOff')}</BigButton>
      </Row>
    </PageFrame>
  )
}
