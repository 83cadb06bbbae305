/**
 * Two arms of the same days: because the same visitors come with the same errands and the same patience, each day is a
 * pair, and what differs within pairs is the policies' doing.
 */
import { meanOf } from '#hub/figures/spread.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { type FigureRow, figureRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { differenceText, intervalText, type Unit, unknown } from '../report/values.ts'
import { type Estimate, meanInterval } from '../statistics/interval.ts'
import { simulateWords } from './report-words.ts'

export interface ComparedRow {
  readonly id: string
  readonly first: number | null
  readonly second: number | null
  /** First minus second, over the days on which both are known; null below two of them: one day has no interval. */
  readonly difference: Estimate | null
  /** The same without an interval: known of one day as well. */
  readonly plainDifference: number | null
  /** How many days those are. */
  readonly pairs: number
}

export const meanFigure = (days: readonly DayFigures[], row: FigureRow): number | null =>
  meanOf(days.map(row.of).filter((value) => value !== null))

export const compareRow = (
  first: readonly DayFigures[],
  second: readonly DayFigures[],
  row: FigureRow,
): ComparedRow => {
  const differences = first.flatMap((figures, day) => {
    const other = second[day]
    const [a, b] = [row.of(figures), other === undefined ? null : row.of(other)]
    return a === null || b === null ? [] : [a - b]
  })
  return {
    id: row.id,
    first: meanFigure(first, row),
    second: meanFigure(second, row),
    difference: meanInterval(differences) ?? null,
    plainDifference: meanOf(differences),
    pairs: differences.length,
  }
}

export const compare = (
  first: readonly DayFigures[],
  second: readonly DayFigures[],
): readonly ComparedRow[] => figureRows.map((row) => compareRow(first, second, row))

/** As the table and the page show it: what there is no interval of says why. */
export const comparedText = (
  { difference, plainDifference, pairs }: ComparedRow,
  unit: Unit,
  tongue: Tongue,
): { readonly difference: string; readonly interval: string } => ({
  difference: differenceText(plainDifference, unit, tongue),
  interval:
    difference !== null
      ? intervalText(difference, unit, tongue)
      : pairs === 1
        ? simulateWords(tongue).columns.noInterval
        : unknown,
})

/** Whether the interval leaves zero out: below that, nobody should speak of an effect. */
export const isSure = (difference: Estimate | null): difference is Estimate =>
  difference !== null && (difference.low > 0 || difference.high < 0)
