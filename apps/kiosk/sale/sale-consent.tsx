/** A question of its own: camera and microphone were another. A no ends nothing but the recording. */
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'

/** Whether the customer is asked now. */
export const useIsAsked = (): boolean => {
  const { sale: side } = useKiosk()
  const sale = useCell(side.now)
  const answered = useCell(side.answered)
  return sale?.state === 'consent' && answered !== sale.sale
}

export const SaleConsentPage = () => {
  const { sale: side } = useKiosk()
  const { say, title } = useSpeech()
  const sale = useCell(side.now)
  if (sale === null) return null
  return (
    <PageFrame
      title={say('saleConsentTitle')}
      turn={`sale-consent-${sale.sale}`}
      text={<p>{say('saleConsent', { product: title(sale.title) })}</p>}
    >
      <Ahead>
        <BigButton kind="primary" onPress={() => side.answer(true)}>
          {say('saleAgree')}
        </BigButton>
        <BigButton onPress={() => side.answer(false)}>{say('saleDecline')}</BigButton>
      </Ahead>
    </PageFrame>
  )
}
