/** Before camera and microphone: what is switched on, who sees and hears it, and that nothing is kept. */
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { useExpertName } from './use-call.ts'

export const CallConsentPage = ({ person }: PageProps) => {
  const { say } = useSpeech()
  const put = usePut()
  const expert = useExpertName(person)
  return (
    <PageFrame
      title={say('callConsentTitle', { expert })}
      turn={`call-consent-${expert}`}
      text={<p>{say('callConsent', { expert })}</p>}
    >
      <Ahead>
        <BigButton kind="primary" onPress={() => put({ type: 'agree-call' })}>
          {say('callAgree')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'decline-call' })}>{say('callDecline')}</BigButton>
      </Ahead>
    </PageFrame>
  )
}
