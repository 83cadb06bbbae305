/** What came out, for programs: every figure of every day, the comparison with its intervals, and the first day's truth. */
import { figureRows } from '../figures/figure-rows.ts'
import type { SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

/** Raised when a field changes its meaning or goes. */
const version = 1

export const reportJson = (result: SimulationResult): string => {
  const { scenario, arrivals, seeds, arms, comparison, sensitivity, command } = result
  const words = (id: string) => {
    const row = figureRows.find((one) => one.id === id)
    return { label: row?.label ?? id, unit: row?.unit ?? 'number' }
  }
  return JSON.stringify(
    {
      version,
      scenario,
      arrivals,
      seeds,
      command,
      verdict: verdictOf(result).text,
      arms: arms.map(({ title, days, story }) => ({
        policy: title,
        days,
        firstDay: { counts: story.counts, record: story.record },
      })),
      comparison: comparison?.map((row) => ({ ...words(row.id), ...row })) ?? null,
      sensitivity,
    },
    null,
    1,
  )
}
