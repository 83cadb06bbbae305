/** A person is asked for, and what became of it is said as far as the hub has told. */
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Note, PageFrame, Row } from '../parts/page.tsx'
import { type PageProps, useKiosk, usePut, useSpeech, useWorld } from '../parts/use-kiosk.ts'
import type { WordName } from '../words/say.ts'

const what = {
  staff: { title: 'helpTitle', text: 'helpText', call: 'callNow', called: 'called' },
  expert: { title: 'expertTitle', text: 'expertText', call: 'expertAgree', called: 'expertCalled' },
} as const satisfies Record<string, Readonly<Record<string, WordName>>>

export const HelpPage = ({ person, reason }: PageProps & { readonly reason: 'staff' | 'expert' }) => {
  const { say } = useSpeech()
  const put = usePut()
  const { isFresh } = useCell(useKiosk().board)
  const { canCallExpert, hasExperts } = useWorld()
  const words = what[reason]
  const asked = person.help?.reason === reason ? person.help : null
  const mayAsk = isFresh && (reason === 'staff' || canCallExpert)
  const mayCall = reason === 'staff' ? asked !== null || mayAsk : asked === null && mayAsk
  return (
    <PageFrame title={say(words.title)} text={mayAsk ? <p>{say(words.text)}</p> : undefined} turn={reason}>
      <output>
        {asked !== null && <Note>{say(asked.isTold ? words.called : isFresh ? 'calling' : 'callAway')}</Note>}
        {asked === null && !isFresh && <Note>{say('callAway')}</Note>}
        {asked === null && isFresh && !canCallExpert && hasExperts && <Note>{say('expertsAwayText')}</Note>}
      </output>
      <Row>
        {mayCall && (
          <BigButton
            kind={asked === null ? 'primary' : 'plain'}
            onPress={() => put({ type: 'call', reason })}
          >
            {say(asked === null ? words.call : 'callAgain')}
          </BigButton>
        )}
        <BigButton
          kind={asked === null && isFresh ? 'plain' : 'primary'}
          onPress={() => put({ type: 'back' })}
        >
          {say('carryOn')}
        </BigButton>
        {reason === 'expert' && asked !== null && (
          <BigButton onPress={() => put({ type: 'call-off' })}>{say('callOff')}</BigButton>
        )}
        {reason === 'staff' && person.view.elder && canCallExpert && (
          <BigButton onPress={() => put({ type: 'expert' })}>{say('expert')}</BigButton>
        )}
      </Row>
    </PageFrame>
  )
}
