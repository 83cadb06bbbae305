/**
 * What came out, for programs: every figure of every day, the comparison with its intervals, and the first day's truth.
 * Its few words are English whatever language the page is in: the same run is the same file.
 */
import { figureRows } from '../figures/figure-rows.ts'
import { titled } from '../io/language.ts'
import { arrivalsText, factorText } from './report-words.ts'
import type { SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

/** Raised when a field changes its meaning or goes. */
const version = 1

export const reportJson = (result: SimulationResult): string => {
  const { scenario, seeds, arms, comparison, sensitivity, command } = result
  const { name, title, about } = scenario
  const words = (id: string) => {
    const row = figureRows.find((one) => one.id === id)
    return { label: row?.label.en ?? id, unit: row?.unit ?? 'number' }
  }
  return JSON.stringify(
    {
      version,
      scenario: { name, title: titled(title, 'en'), about: titled(about, 'en') },
      arrivals: arrivalsText(result, 'en'),
      seeds,
      command,
      verdict: verdictOf(result, 'en').text,
      arms: arms.map(({ title: policy, days, story }) => ({
        policy,
        days,
        firstDay: { counts: story.counts, record: story.record },
      })),
      comparison: comparison?.map((row) => ({ ...words(row.id), ...row })) ?? null,
      sensitivity:
        sensitivity?.map(({ assumption, factor, ...rows }) => ({
          assumption: assumption.en,
          change: factorText(factor, 'en'),
          ...rows,
        })) ?? null,
    },
    null,
    1,
  )
}
