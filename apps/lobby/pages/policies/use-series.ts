/** What a threshold is held against, as this page saw it in the last hour: one line for each service. */
import { useTitle } from '../../../ui/words.ts'
import { useLive } from '../../live/context.ts'
import { useNow, useTable } from '../../live/use-live.ts'
import type { Reading } from './model/chart.ts'
import type { Measure } from './model/measured.ts'

export interface Series {
  readonly id: string
  readonly title: string
  readonly readings: readonly Reading[]
}

const newest = ({ readings }: Series): number => readings.at(-1)?.value ?? -1

/** The busiest first. Drawn anew each second, as the line moves on. */
export const useSeries = (measure: Measure): readonly Series[] => {
  const { trends } = useLive()
  const titleOf = useTitle()
  useNow()
  return useTable('services')
    .map(({ id, title }) => ({ id, title: titleOf(title, id), readings: trends.of(id, measure) }))
    .filter(({ readings }) => readings.length > 0)
    .sort((a, b) => newest(b) - newest(a))
}
