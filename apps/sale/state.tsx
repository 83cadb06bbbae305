/** Whether it is recorded at this moment: seen from the other side of the desk. */
import type { SaleReport } from '#protocol/recording/report.ts'
import { useNow } from '../lobby/live/use-live.ts'
import { useFormat } from '../ui/format.ts'
import { useSay } from '../ui/words.ts'
import { useRecorderName } from './missing.tsx'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

const Running = ({ since }: { readonly since: number }) => {
  const format = useFormat()
  return <span className={styles.time}>{format.duration(useNow() - since)}</span>
}

export const RecordingState = ({ report }: { readonly report: SaleReport }) => {
  const say = useSay()
  const nameOf = useRecorderName()
  const { state, since, paused, secret, recorders, inspector } = report
  const on = recorders.filter(({ state: is }) => is === 'on')
  const lacking = recorders.filter(({ state: is }) => is === 'lost')
  return (
    <div className={styles.state} data-state={state}>
      <p className={styles.big} role="status">
        <span aria-hidden className={styles.dot} />
        {say(saleWords[`state.${state}`])}
      </p>
      {state === 'recording' && <Running since={since} />}
      {secret && <p>{say(saleWords.secret)}</p>}
      {paused !== null && <p>{say(saleWords.pausedBy, { reason: paused.reason })}</p>}
      {(state === 'starting' || state === 'recording' || state === 'paused') && (
        <p className={styles.small}>
          {recorders.length > 0 && `${say(saleWords.recording, { on: on.length, all: recorders.length })} · `}
          {lacking.map(({ name }) => `${say(saleWords['missing.recorder'], { name: nameOf(name) })} · `)}
          {say(saleWords[`inspector.${inspector}`])}
        </p>
      )}
    </div>
  )
}
