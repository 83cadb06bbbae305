/** That it is recorded, over whatever the kiosk shows; and that it is not, while something secret is typed. */
import type { KioskSale } from '#protocol/recording/kiosk-sale.ts'
import { useCell } from '../outside/cell.ts'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import type { WordName } from '../words/say.ts'
import styles from './sale.module.css'
import { useSecret } from './use-secret.ts'

const signs: Readonly<Partial<Record<KioskSale['state'], WordName>>> = {
  starting: 'saleStarting',
  recording: 'saleRecording',
  paused: 'salePaused',
}

export const SaleSign = () => {
  const { sale: side } = useKiosk()
  const { say } = useSpeech()
  const sale = useCell(side.now)
  useSecret(side, sale?.sale)
  const word = sale === null ? undefined : signs[sale.state]
  // In a call they are seen and heard anyway, and nothing is recorded yet.
  if (sale === null || word === undefined || (sale.state === 'starting' && sale.ticket === null)) return null
  return (
    <output className={styles.sign} data-state={sale.state}>
      <span aria-hidden className={styles.dot} />
      {say(word)}
    </output>
  )
}
