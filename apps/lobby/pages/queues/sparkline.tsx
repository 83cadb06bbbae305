/** The last hour of a queue beside its figure, against the limit from which it is under pressure. */
import { useSay } from '../../../ui/words.ts'
import { trendMs } from '../../live/trends.ts'
import { useNow } from '../../live/use-live.ts'
import { sparkOf } from './model/spark.ts'
import styles from './queues.module.css'
import { useTrend } from './use-trend.ts'
import { queueWords } from './words.ts'

const width = 132
const height = 36
/** It moves on in steps that nobody sees. */
const stepMs = 15_000

export interface SparklineProps {
  readonly service: string
  readonly limit: number | null
}

export const Sparkline = ({ service, limit }: SparklineProps) => {
  const say = useSay()
  const samples = useTrend(service)
  const now = Math.ceil(useNow() / stepMs) * stepMs
  const { path, limitY, lastY } = sparkOf(samples, { width, height, now, windowMs: trendMs, limit })
  const counts = samples.map(({ value }) => value)
  const label =
    counts.length === 0
      ? say(queueWords.lastHour)
      : say(queueWords.trendNow, { now: counts.at(-1) ?? 0, most: Math.max(...counts) })
  return (
    <span className={styles.spark}>
      <svg
        viewBox={`-2 -4 ${width + 8} ${height + 8}`}
        width={width + 8}
        height={height + 8}
        aria-hidden="true"
      >
        <line className={styles.sparkBase} x1="0" x2={width} y1={height} y2={height} />
        {limitY !== null && <line className={styles.sparkLimit} x1="0" x2={width} y1={limitY} y2={limitY} />}
        <path className={styles.sparkLine} d={path} />
        {path !== '' && <circle className={styles.sparkNow} cx={width} cy={lastY} r="3.5" />}
      </svg>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
