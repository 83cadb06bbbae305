/** Sales that are recorded at the branch, beside every page: only where some are, and for whoever may sell. */
import { CircleDot } from 'lucide-react'
import { lazy } from 'react'
import type { LiveSale } from '#protocol/desk/live/sale-rows.ts'
import { useSalePlan } from '../../sale/use-sale.ts'
import { saleWords } from '../../sale/words.ts'
import { Button } from '../../ui/button.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { LoadedDialog } from '../frame/loaded-dialog.tsx'
import sideStyles from '../frame/side.module.css'
import { useMe, useNow } from '../live/use-live.ts'
import styles from './sales.module.css'
import type { SaleRoom } from './use-sale-room.ts'
import { salesWords } from './words.ts'

const SaleSheet = lazy(async () => ({ default: (await import('./sale-sheet.tsx')).SaleSheet }))

export interface SalesProps {
  readonly room: SaleRoom
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
}

const BeginPart = ({ onOpen }: Pick<SalesProps, 'onOpen'>) => {
  const say = useSay()
  const plan = useSalePlan()
  if (plan == null) return null
  return (
    <section className={sideStyles.part} aria-labelledby="side-sales">
      <header className={sideStyles.head}>
        <h2 id="side-sales">{say(salesWords.beginIn)}</h2>
      </header>
      <Button icon={<CircleDot aria-hidden />} onPress={() => onOpen(true)}>
        {say(salesWords.begin)}
      </Button>
    </section>
  )
}

export const SideSales = ({ room, isOpen, onOpen }: SalesProps) => {
  const me = useMe()
  const say = useSay()
  if (!me.roles.includes('manager')) return null
  return (
    <>
      {room.sale === undefined && <BeginPart onOpen={onOpen} />}
      {isOpen && (
        <LoadedDialog title={say(salesWords.beginIn)} onClose={() => onOpen(false)}>
          <SaleSheet room={room} onClose={() => onOpen(false)} />
        </LoadedDialog>
      )}
    </>
  )
}

const Running = ({ since }: Pick<LiveSale, 'since'>) => {
  const format = useFormat()
  return <span className={styles.time}>{format.duration(useNow() - since)}</span>
}

/** That it is recorded is said wherever one looks. */
export const RecordingBar = ({ room: { sale, isHere }, onOpen }: Omit<SalesProps, 'isOpen'>) => {
  const say = useSay()
  if (sale === undefined) return null
  return (
    <section className={styles.bar} data-state={sale.state} aria-label={say(salesWords.beginIn)}>
      <p>
        <span aria-hidden className={styles.dot} />
        <output>{say(saleWords[`state.${sale.state}`])}</output>
        {sale.state === 'recording' && <Running since={sale.since} />}
      </p>
      {!isHere && <p>{say(salesWords.notHere)}</p>}
      <Button onPress={() => onOpen(true)}>{say(salesWords.open)}</Button>
    </section>
  )
}
