/** A recorded sale within the call, with its keys: begun here, and looked at once more while the call is written up. */
import { CircleDot } from 'lucide-react'
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { SalePlan } from '#protocol/desk/sale-routes.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { useMe, useTable } from '../../lobby/live/use-live.ts'
import { maySell, mayTickNow, nextItem, type SaleActs, useSaleActs } from '../../sale/acts.ts'
import { Begin } from '../../sale/begin.tsx'
import { type ActButton, SalePanel, SaleReportView } from '../../sale/panel.tsx'
import { isUnderWay, useSale, useSalePlan } from '../../sale/use-sale.ts'
import { saleWords } from '../../sale/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useSay } from '../../ui/words.ts'
import type { Action } from '../keys/actions.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import { isGuestIn } from '../model/guest.ts'
import parts from './parts.module.css'

const keys = keyOf.sale

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

const useSaleOf = (call: LiveCall) => useSale((one) => one.call === call.id)

const OfOwnCall = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const { report, isUnread } = useSaleOf(call)
  if (report !== undefined) return <Selling key={report.id} report={report} />
  return isUnread && <p role="alert">{say(saleWords.unknown)}</p>
}

/** Nothing at all where nothing is recorded. A guest is told that it is; the rest is for whoever has the call. */
export const SaleInCall = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const me = useMe()
  const sales = useTable('sales').filter((sale) => sale.call === call.id)
  const [now] = sales.filter(isUnderWay)
  const isGuest = isGuestIn(call, me.name)
  if (isGuest ? now === undefined : sales.length === 0) return null
  return (
    <section className={parts.form} aria-label={say(saleWords.sale)}>
      {isGuest && now !== undefined && <output>{say(saleWords[`state.${now.state}`])}</output>}
      {!isGuest && <OfOwnCall call={call} />}
    </section>
  )
}

/** Most calls sell nothing: what a sale needs is asked once somebody wants one. */
const BeginButton = ({ call, plan }: { readonly call: LiveCall; readonly plan: SalePlan }) => {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const open = () => setOpen(true)
  const { begin: key } = keyOf.noSale
  useActions('begin-sale', [{ id: 'begin-sale', title: saleWords.begin, key, run: open }])
  return (
    <>
      <KeyedButton keyName={key} icon={<CircleDot aria-hidden />} onPress={open}>
        {say(saleWords.begin)}
      </KeyedButton>
      <Dialog title={say(saleWords.sale)} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Begin plan={plan} call={call.id} device={call.device} />
      </Dialog>
    </>
  )
}

/** By whoever has the call, and one at a time. */
export const SaleToBegin = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const me = useMe()
  const plan = useSalePlan()
  const isHeld = useTable('sales').some((sale) => sale.call === call.id && isUnderWay(sale))
  if (plan == null || isHeld || call.state !== 'in-call' || isGuestIn(call, me.name)) return null
  return (
    <section aria-label={say(saleWords.begin)}>
      <BeginButton call={call} plan={plan} />
    </section>
  )
}

export const SaleAfterCall = ({ call }: { readonly call: LiveCall }) => {
  const { report } = useSaleOf(call)
  return report === undefined ? null : <SaleReportView report={report} />
}
