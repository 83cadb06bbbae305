/**
 * Two arms of the same days: because the same visitors come with the same errands and the same patience, each day is a
 * pair, and what differs within pairs is the policies' doing.
 */
import type { DayFigures } from '../figures/day-figures.ts'
import { type FigureRow, figureRows } from '../figures/figure-rows.ts'
import { meanOf } from '../figures/spread.ts'
import { type Estimate, meanInterval } from '../statistics/interval.ts'

export interface ComparedRow {
  readonly id: string
  readonly first: number | null
  readonly second: number | null
  /** First minus second, over the days on which both are known; undefined below two of them. */
  readonly difference: Estimate | null
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
    pairs: differences.length,
  }
}

export const compare = (
  first: readonly DayFigures[],
  second: readonly DayFigures[],
): readonly ComparedRow[] => figureRows.map((row) => compareRow(first, second, row))

/** Whether the interval leaves zero out: below that, nobody should speak of an effect. */
export const isSure = (difference: Estimate | null): difference is Estimate =>
  difference !== null && (difference.low > 0 || difference.high < 0)
