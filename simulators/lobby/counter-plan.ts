/** When each counter should be open: its schedule with its breaks, less the times at which a trouble keeps it closed. */
import { minuteMs } from '#protocol/local-time.ts'
import type { Scenario } from './scenario.ts'
import type { Span } from './scenario-schema.ts'

export type Wanted = 'open' | 'paused' | 'closed'

export interface CounterPlan {
  readonly wanted: (atMs: number) => Wanted
  /** When that may change. */
  readonly changes: readonly number[]
}

const isWithin = (spans: readonly Span[], atMs: number) =>
  spans.some(({ from, to }) => atMs >= from && atMs < to)

/** Who closes with the branch stays until those inside are served. */
const withOvertime = (spans: readonly Span[], closeMs: number, overtimeMs: number): readonly Span[] =>
  spans.map(({ from, to }) => ({ from, to: to >= closeMs ? closeMs + overtimeMs : to }))

export const planCounter = ({ counters, branch, day, troubles }: Scenario, id: string): CounterPlan => {
  const declared = branch.counters.find((counter) => counter.id === id)
  const isSpare = counters.spare.includes(id)
  const allDay = declared?.state === 'open' && !isSpare ? [{ from: day.openMs, to: day.closeMs }] : []
  const spans = withOvertime(
    counters.schedule[id] ?? allDay,
    day.closeMs,
    counters.overtimeMinutes * minuteMs,
  )
  const kept = troubles.flatMap((trouble): Span[] =>
    trouble.kind === 'counters-closed' && trouble.counters.includes(id)
      ? [{ from: trouble.at, to: trouble.at + trouble.forMinutes * minuteMs }]
      : [],
  )
  const first = spans[0]?.from ?? 0
  const last = spans.at(-1)?.to ?? 0
  return {
    wanted(atMs) {
      if (isWithin(kept, atMs)) return 'closed'
      if (isWithin(spans, atMs)) return 'open'
      return atMs >= first && atMs < last ? 'paused' : 'closed'
    },
    changes: [...new Set([...spans, ...kept].flatMap(({ from, to }) => [from, to]))].toSorted(
      (a, b) => a - b,
    ),
  }
}
