/** What a visitor agrees to before anything is asked of them. */
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, usePut, useSpeech } from '../parts/use-kiosk.ts'

export const ConsentPage = ({ person }: PageProps) => {
  const { say, title } = useSpeech()
  const put = usePut()
  const service = person.form?.service
  return (
    <PageFrame
      title={title(service?.consent?.title, say('consentTitle'))}
      before={title(service?.title)}
      turn="consent"
      text={<p>{title(service?.consent?.text)}</p>}
    >
      <Ahead>
        <BigButton kind="primary" onPress={() => put({ type: 'agree' })}>
          {say('agree')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'back' })}>{say('disagree')}</BigButton>
      </Ahead>
    </PageFrame>
  )
}
