/** How it ended, in plain words, and what comes next. */
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech } from '../parts/use-kiosk.ts'
import type { WordName } from '../words/say.ts'
import { clockText } from '../words/times.ts'
import { useCall } from './use-call.ts'

type Outcome = NonNullable<KioskCall['outcome']>

const words: Readonly<Record<Outcome, WordName>> = {
  solved: 'callSolved',
  'follow-up': 'callFollowUp',
  'call-back': 'callBack',
  appointment: 'callAppointment',
  'not-solved': 'callNotSolved',
  unanswered: 'callUnanswered',
  withdrawn: 'callWithdrawn',
}
const withTime: Readonly<Partial<Record<Outcome, WordName>>> = {
  'call-back': 'callBackBy',
  unanswered: 'callUnansweredBy',
}

export const OverPage = ({ person }: PageProps) => {
  const { say, locale } = useSpeech()
  const put = usePut()
  const { board } = useCell(useKiosk().board)
  const call = useCall(person)
  const outcome = call?.outcome ?? null
  const at = call?.promisedAt ?? null
  const text = () => {
    if (outcome === null) return say('callOverText')
    const timed = at === null ? undefined : withTime[outcome]
    if (timed === undefined || at === null) return say(words[outcome])
    return say(timed, { time: clockText(at, locale, board?.timeZone) })
  }
  return (
    <PageFrame
      title={say('callOver')}
      turn="call-over"
      text={
        <output>
          <p>{text()}</p>
        </output>
      }
    >
      <Ahead>
        <BigButton kind="primary" onPress={() => put({ type: 'read-outcome' })}>
          {say('carryOn')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'start-over' })}>{say('done')}</BigButton>
      </Ahead>
    </PageFrame>
  )
}
