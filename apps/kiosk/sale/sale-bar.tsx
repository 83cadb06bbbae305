/**
 * While a sale without a call is recorded here: the customer as the camera sees them, what is wrong with it, and the way to end
 * it. Nothing sounds: whoever sells stands beside them.
 */
import { CircleStop } from 'lucide-react'
import type { CallView } from '../../call/port.ts'
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import seen from '../parts/seen-bar.module.css'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import type { WordName } from '../words/say.ts'
import styles from './sale.module.css'

const troubleOf = (view: CallView | null, isBroken: boolean): WordName | undefined => {
  if (isBroken || view?.over === 'replaced' || view?.over === 'ticket') return 'saleBroken'
  if (view?.trouble === 'ticket-refused') return 'saleBroken'
  return view !== null && view.trouble !== null ? 'saleCameraTrouble' : undefined
}

export const SaleBar = () => {
  const { sale: side } = useKiosk()
  const { say } = useSpeech()
  const sale = useCell(side.now)
  const view = useCell(side.room.view)
  const isBroken = useCell(side.room.isBroken)
  if (sale === null || sale.ticket === null) return null
  const trouble = troubleOf(view, isBroken)
  const own = view?.own
  const isStopped = view?.over === 'left' || view?.over === 'ended'
  return (
    <section className={seen.bar} aria-label={say('saleHere')}>
      {own !== undefined && own.stream !== null && own.shown.camera && (
        <Picture stream={own.stream} className={classes(seen.face, styles.mirror)} label={say('saleYou')} />
      )}
      <output className={styles.said}>{say(trouble ?? (isStopped ? 'saleStopped' : 'saleSeen'))}</output>
      {trouble !== undefined && <BigButton onPress={() => side.room.again()}>{say('tryAgain')}</BigButton>}
      {!isStopped && (
        <BigButton kind="stop" icon={<CircleStop aria-hidden />} onPress={side.stop}>
          {say('saleStop')}
        </BigButton>
      )}
    </section>
  )
}
