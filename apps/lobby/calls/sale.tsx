/** A recorded sale in a call that the manager stands in: the same as the expert sees, and what is missing at once. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { useSaleActs } from '../../sale/acts.ts'
import { Begin } from '../../sale/begin.tsx'
import { SalePanel } from '../../sale/panel.tsx'
import { isUnderWay, useSale, useSalePlan } from '../../sale/use-sale.ts'
import { saleWords } from '../../sale/words.ts'
import { useSay } from '../../ui/words.ts'
import styles from './calls.module.css'

const Selling = ({ report }: { readonly report: SaleReport }) => (
  <SalePanel report={report} acts={useSaleActs(report)} />
)

/** Nothing at all where nothing is recorded. */
export const SaleOfCall = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const plan = useSalePlan()
  const { sale, report } = useSale((one) => one.call === call.id)
  const mayBegin = plan != null && call.state === 'in-call' && (sale === undefined || !isUnderWay(sale))
  if (report === undefined && !mayBegin) return null
  return (
    <section className={styles.part} aria-label={say(saleWords.sale)}>
      {report !== undefined && <Selling key={report.id} report={report} />}
      {mayBegin && <Begin plan={plan} call={call.id} device={call.device} />}
    </section>
  )
}
