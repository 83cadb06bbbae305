/** That it is recorded, over whatever the kiosk shows; and that it is not, while something secret is typed. */
import { useCell } from '../outside/cell.ts'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import styles from './sale.module.css'
import { useSecret } from './use-secret.ts'

export const SaleSign = () => {
  const { sale: side } = useKiosk()
  const { say } = useSpeech()
  const sale = useCell(side.now)
  useSecret(side, sale?.sale)
  const isOn = sale?.state === 'recording'
  const isHeld = sale?.state === 'paused'
  if (!isOn && !isHeld) return null
  return (
    <div className={styles.sign} data-state={sale.state} role="status">
      <span aria-hidden className={styles.dot} />
      {say(isOn ? 'saleRecording' : 'salePaused')}
    </div>
  )
}
