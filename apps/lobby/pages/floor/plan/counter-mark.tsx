/** A counter on the plan: open with whom it serves, paused with two bars, closed with a cross-bar. */
import { memo } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import { useSay } from '../../../../ui/words.ts'
import { counterWords, floorWords } from '../words.ts'
import styles from './plan.module.css'
import type { Stage } from './stage.ts'
import { useMark } from './use-mark.ts'

export interface CounterMarkProps {
  readonly stage: Stage
  readonly counter: LiveRow<'counters'>
  readonly at: Point
}

/** `counter-3` is called 3; any other as it is. */
export const shortCounter = (id: string): string => /(\d+)$/.exec(id)?.[1] ?? id

const signs = { open: 'M-3.5 0 -1 2.5 3.5-2.5', paused: 'M-2-3V3M2-3V3', closed: 'M-3.5 0H3.5' } as const

export const CounterMark = memo(({ stage, counter, at }: CounterMarkProps) => {
  const say = useSay()
  const ref = useMark(stage, `counter/${counter.id}`, at)
  const { state, serving } = counter
  const words = serving ?? say(counterWords[state])
  const label = [
    say(floorWords.counter, { name: shortCounter(counter.id) }),
    say(counterWords[state]),
    serving === null ? '' : say(floorWords.serving, { ticket: serving }),
  ]
  return (
    <g
      ref={ref}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="img"
      aria-label={label.filter((part) => part !== '').join(say(floorWords.comma))}
      className={styles.counter}
      data-counter={counter.id}
      data-zone={counter.zone ?? undefined}
      data-state={state}
    >
      <g className={styles.counterBody}>
        <rect x={-46} y={-15} width={92} height={30} rx={6} />
        <text className={styles.counterName} x={-38} y={6}>
          {shortCounter(counter.id)}
        </text>
        <path d={signs[state]} transform="translate(-13 0)" />
        <text x={-3} y={5}>
          {words}
        </text>
      </g>
    </g>
  )
})
