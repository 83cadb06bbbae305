/** A sale that is recorded at the branch: begun, gone through item by item, sold, ended, and its report. */
import type { SaleReport } from '#protocol/recording/report.ts'
import type { CallView } from '../../call/port.ts'
import { useSaleActs } from '../../sale/acts.ts'
import { Begin } from '../../sale/begin.tsx'
import { SalePanel, SaleReportView } from '../../sale/panel.tsx'
import { isUnderWay, useSale, useSalePlan } from '../../sale/use-sale.ts'
import { saleWords } from '../../sale/words.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { type Pair, useSay } from '../../ui/words.ts'
import styles from '../calls/calls.module.css'
import { Tiles } from '../calls/tiles.tsx'
import { useMe, useTable } from '../live/use-live.ts'
import { outOf } from '../live/use-open-media.ts'
import { isOwnSale, type SaleRoom } from './use-sale-room.ts'
import { salesWords } from './words.ts'

const troubleIn = (view: CallView): Pair | undefined => {
  if (outOf(view) !== undefined) return salesWords.ticketOver
  if (view.trouble !== null) return salesWords.cameraTrouble
  return view.line === 'lost' ? salesWords.lineLost : undefined
}

/** What of this tablet is recorded, and what keeps it from that. */
const Here = ({ room, report }: { readonly room: SaleRoom; readonly report: SaleReport }) => {
  const say = useSay()
  const { view, refused, isHere, record } = room
  const isAlone = report.device === null
  if (!isHere)
    return (
      <section className={styles.part} aria-label={say(salesWords.seen)}>
        <p className={styles.note}>{say(salesWords.notHere)}</p>
        <Button kind="primary" onPress={record}>
          {say(salesWords.takeOver)}
        </Button>
      </section>
    )
  // Before the yes nothing is on.
  if (report.consent === null) return null
  const trouble = view === undefined ? undefined : troubleIn(view)
  return (
    <section className={styles.part} aria-label={say(salesWords.seen)}>
      <output>
        {refused !== undefined && (
          <p className={styles.note}>{say(salesWords.notJoined, { why: refused.error?.text ?? '' })}</p>
        )}
        {trouble !== undefined && <p className={styles.note}>{say(trouble)}</p>}
        {view === undefined && refused === undefined && <p>{say(salesWords.opening)}</p>}
      </output>
      {(refused !== undefined || (trouble !== undefined && trouble !== salesWords.lineLost)) && (
        <Button onPress={record}>{say(salesWords.again)}</Button>
      )}
      {view !== undefined && (
        <>
          <p>{say(isAlone ? salesWords.hereAlone : salesWords.here)}</p>
          <Tiles view={view} />
        </>
      )}
    </section>
  )
}

const Selling = ({ room, report }: { readonly room: SaleRoom; readonly report: SaleReport }) => (
  <>
    <SalePanel report={report} acts={useSaleActs(report)} />
    {isUnderWay(report) && <Here room={room} report={report} />}
  </>
)

/** Kiosks that answer now, for the customer to stand at. */
const useKiosks = () =>
  useTable('devices')
    .filter(({ kind, link }) => kind === 'kiosk' && link === 'online')
    .map(({ id, title }) => ({ id, title }))

export interface SaleSheetProps {
  readonly room: SaleRoom
  readonly onClose: () => void
}

export const SaleSheet = ({ room, onClose }: SaleSheetProps) => {
  const say = useSay()
  const me = useMe()
  const plan = useSalePlan()
  const kiosks = useKiosks()
  const { sale, report, isUnread } = useSale((one) => isOwnSale(one, me.name))
  const isOpen = sale !== undefined && isUnderWay(sale)
  const mayBegin = plan != null && !isOpen
  return (
    <Sheet title={say(salesWords.beginIn)} isOpen onClose={onClose}>
      <div className={styles.body}>
        {isUnread && report === undefined && <p role="alert">{say(saleWords.unknown)}</p>}
        {report !== undefined && isOpen && <Selling key={report.id} room={room} report={report} />}
        {mayBegin && <Begin plan={plan} call={null} device={null} kiosks={kiosks} />}
        {report !== undefined && !isOpen && <SaleReportView report={report} />}
      </div>
    </Sheet>
  )
}
