/** A recorded sale within the call, with its keys: begun here, and looked at once more while the call is written up. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { maySell, mayTickNow, nextItem, type SaleActs, useSaleActs } from '../../sale/acts.ts'
import { Begin } from '../../sale/begin.tsx'
import { type ActButton, SalePanel, SaleReportView } from '../../sale/panel.tsx'
import { isUnderWay, useSale, useSalePlan } from '../../sale/use-sale.ts'
import { saleWords } from '../../sale/words.ts'
import { useSay } from '../../ui/words.ts'
import type { Action } from '../keys/actions.ts'
import { useActions } from '../keys/context.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import parts from './parts.module.css'

const keys = { sell: 'j', pause: 'z', end: 'q', tick: 'y' } as const

const Keyed: ActButton = ({ act, ...props }) => <KeyedButton keyName={keys[act]} {...props} />

/** Ends only what is sold: else the button asks first. */
const actionsOf = (report: SaleReport, acts: SaleActs): readonly Action[] => {
  const { state, paused, sold } = report
  const next = nextItem(report)
  const isRunning = state === 'recording' || state === 'paused'
  return [
    ...(maySell(report) ? [{ id: 'sell', title: saleWords.sell, key: keys.sell, run: acts.sell }] : []),
    ...(next !== undefined && mayTickNow(report, next)
      ? [{ id: 'tick', title: saleWords.tick, key: keys.tick, run: () => acts.tick(next.id) }]
      : []),
    ...(isRunning && paused === null
      ? [{ id: 'pause-sale', title: saleWords.pause, key: keys.pause, run: acts.pause }]
      : []),
    ...(isRunning && paused !== null
      ? [{ id: 'resume-sale', title: saleWords.resume, key: keys.pause, run: acts.resume }]
      : []),
    ...(sold === null ? [] : [{ id: 'end-sale', title: saleWords.end, key: keys.end, run: acts.end }]),
  ]
}

const Selling = ({ report }: { readonly report: SaleReport }) => {
  const acts = useSaleActs(report)
  useActions('sale', actionsOf(report, acts))
  return <SalePanel report={report} acts={acts} Act={Keyed} />
}

const BeginHere = ({ call }: { readonly call: LiveCall }) => {
  const plan = useSalePlan()
  if (plan == null || call.state !== 'in-call') return null
  return <Begin plan={plan} call={call.id} device={call.device} />
}

/** Nothing at all where nothing is recorded. */
export const SaleInCall = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const { sale, report, isUnread } = useSale((one) => one.call === call.id)
  const isOver = sale !== undefined && !isUnderWay(sale)
  const begin = sale === undefined || isOver ? <BeginHere call={call} /> : null
  return (
    <section className={parts.form} aria-label={say(saleWords.sale)}>
      {isUnread && report === undefined && <p role="alert">{say(saleWords.unknown)}</p>}
      {report !== undefined && <Selling key={report.id} report={report} />}
      {begin}
    </section>
  )
}

export const SaleAfterCall = ({ call }: { readonly call: LiveCall }) => {
  const { report } = useSale((one) => one.call === call.id)
  return report === undefined ? null : <SaleReportView report={report} />
}
