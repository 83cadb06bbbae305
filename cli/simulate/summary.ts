/** What came out, for the terminal. */
import { figureRows } from '../figures/figure-rows.ts'
import { type Column, table } from '../io/table.ts'
import { unknown, valueText } from '../report/values.ts'
import { comparedText, meanFigure } from './compare.ts'
import type { Arm, SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

type Row = (typeof figureRows)[number]

const figureTable = ({ arms, comparison }: SimulationResult): string => {
  const textOf = ({ id, unit }: Row) => {
    const compared = comparison?.find((row) => row.id === id)
    return compared === undefined ? { difference: unknown, interval: unknown } : comparedText(compared, unit)
  }
  const compared: readonly Column<Row>[] =
    comparison === null
      ? []
      : [
          {
            title: 'difference',
            cell: (row) => textOf(row).difference,
          },
          {
            title: '95 % interval',
            cell: (row) => textOf(row).interval,
          },
        ]
  return table(figureRows, [
    { title: 'figure', cell: ({ label }) => label, widthMax: 52 },
    ...arms.map(
      ({ title, days }: Arm): Column<Row> => ({
        title: `policy ${title}`,
        cell: (row) => valueText(meanFigure(days, row), row.unit),
      }),
    ),
    ...compared,
  ])
}

const sensitivityTable = ({ sensitivity, arms }: SimulationResult): string => {
  if (sensitivity === null) return ''
  const [first, second] = arms
  const shown = table(sensitivity, [
    { title: 'changed', cell: ({ assumption, change }) => `${assumption}: ${change}` },
    { title: `wait, ${first?.title ?? ''}`, cell: ({ wait }) => valueText(wait.first, 'wait') },
    { title: `wait, ${second?.title ?? ''}`, cell: ({ wait }) => valueText(wait.second, 'wait') },
    { title: 'difference', cell: ({ wait }) => comparedText(wait, 'wait').difference },
    { title: '95 % interval', cell: ({ wait }) => comparedText(wait, 'wait').interval },
    { title: 'diverted', cell: ({ finished }) => valueText(finished.first, 'count') },
  ])
  return `\n\nWith one assumption changed at a time:\n${shown}`
}

export const summaryOf = (result: SimulationResult): string =>
  `${verdictOf(result).text}\n\n${figureTable(result)}${sensitivityTable(result)}`
