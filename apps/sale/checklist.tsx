/** What has to be said, in its order: heard, ticked, or next. */
import { Circle, CircleCheck, SquareCheck } from 'lucide-react'
import type { ReportItem, SaleReport } from '#protocol/recording/report.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { useFormat } from '../ui/format.ts'
import { useSay, useTitle } from '../ui/words.ts'
import { mayTickNow, nextItem, type SaleActs } from './acts.ts'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

const marks = {
  open: <Circle aria-hidden />,
  heard: <CircleCheck aria-hidden />,
  ticked: <SquareCheck aria-hidden />,
} as const

interface ItemProps {
  readonly item: ReportItem
  readonly isNext: boolean
  readonly report: SaleReport
  /** Absent: it is only looked at. */
  readonly acts: SaleActs | undefined
}

const Item = ({ item, isNext, report, acts }: ItemProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const format = useFormat()
  const { id, state, at, speaker, wording, mayTick } = item
  const title = titleOf(item.title, id)
  const isUntickable = state === 'ticked' && report.sold === null && acts !== undefined
  return (
    <li
      className={classes(styles.item, styles[state], isNext && styles.next)}
      aria-current={isNext ? 'step' : undefined}
    >
      <span className={styles.mark}>{marks[state]}</span>
      <div className={styles.what}>
        <span className={styles.title}>{title}</span>
        <span className={styles.soft}>
          {say(speaker === 'seller' ? saleWords.bySeller : saleWords.byCustomer)}
          {' · '}
          {say(saleWords[state], { at: at === null ? '' : format.clockSeconds(at) })}
        </span>
        {isNext && wording.length > 0 && <q className={styles.wording}>{wording.join(' … ')}</q>}
        {isNext && !mayTick && <span className={styles.soft}>{say(saleWords.mustBeHeard)}</span>}
      </div>
      {acts !== undefined && mayTickNow(report, item) && (
        <Button
          kind="quiet"
          aria-label={say(saleWords.tickOf, { item: title })}
          onPress={() => acts.tick(id)}
        >
          {say(saleWords.tick)}
        </Button>
      )}
      {isUntickable && (
        <Button
          kind="quiet"
          aria-label={say(saleWords.untickOf, { item: title })}
          onPress={() => acts.untick(id)}
        >
          {say(saleWords.untick)}
        </Button>
      )}
    </li>
  )
}

export const Checklist = ({ report, acts }: { readonly report: SaleReport; readonly acts?: SaleActs }) => {
  const say = useSay()
  const next = acts === undefined ? undefined : nextItem(report)
  return (
    <section aria-label={say(saleWords.checklist)}>
      <ol className={styles.list}>
        {report.items.map((item) => (
          <Item key={item.id} item={item} isNext={item === next} report={report} acts={acts} />
        ))}
      </ol>
    </section>
  )
}
