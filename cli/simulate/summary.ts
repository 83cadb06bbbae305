/** What came out, for the terminal. */
import { figureRows } from '../figures/figure-rows.ts'
import { type Column, table } from '../io/table.ts'
import { differenceText, intervalText, unknown, valueText } from '../report/values.ts'
import { meanFigure } from './compare.ts'
import type { Arm, SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

type Row = (typeof figureRows)[number]

const figureTable = ({ arms, comparison }: SimulationResult): string => {
  const comparedOf = ({ id }: Row) => comparison?.find((row) => row.id === id)
  const compared: readonly Column<Row>[] =
    comparison === null
      ? []
      : [
          {
            title: 'difference',
            cell: (row) => differenceText(comparedOf(row)?.difference?.value ?? null, row.unit),
          },
          {
            title: '95 % interval',
            cell: (row) => {
              const difference = comparedOf(row)?.difference ?? null
              return difference === null ? unknown : intervalText(difference, row.unit)
            },
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
    { title: 'difference', cell: ({ wait }) => differenceText(wait.difference?.value ?? null, 'wait') },
    {
      title: '95 % interval',
      cell: ({ wait }) => (wait.difference === null ? unknown : intervalText(wait.difference, 'wait')),
    },
    { title: 'diverted', cell: ({ finished }) => valueText(finished.first, 'count') },
  ])
  return `\n\nWith one assumption changed at a time:\n${shown}`
}

export const summaryOf = (result: SimulationResult): string =>
  `${verdictOf(result).text}\n\n${figureTable(result)}${sensitivityTable(result)}`
