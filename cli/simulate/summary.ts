/** What came out, for the terminal. */
import { figureRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { type Column, table } from '../io/table.ts'
import { unknown, valueText } from '../report/values.ts'
import { comparedText, meanFigure } from './compare.ts'
import { factorText, simulateWords } from './report-words.ts'
import type { Arm, SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

type Row = (typeof figureRows)[number]

const figureTable = ({ arms, comparison }: SimulationResult, tongue: Tongue): string => {
  const { columns } = simulateWords(tongue)
  const textOf = ({ id, unit }: Row) => {
    const compared = comparison?.find((row) => row.id === id)
    return compared === undefined
      ? { difference: unknown, interval: unknown }
      : comparedText(compared, unit, tongue)
  }
  const compared: readonly Column<Row>[] =
    comparison === null
      ? []
      : [
          { title: columns.difference, cell: (row) => textOf(row).difference },
          { title: columns.interval, cell: (row) => textOf(row).interval },
        ]
  return table(figureRows, [
    { title: columns.figure, cell: ({ label }) => label[tongue], widthMax: 52 },
    ...arms.map(
      ({ title, days }: Arm): Column<Row> => ({
        title: columns.policy(title),
        cell: (row) => valueText(meanFigure(days, row), row.unit, tongue),
      }),
    ),
    ...compared,
  ])
}

const sensitivityTable = ({ sensitivity, arms }: SimulationResult, tongue: Tongue): string => {
  if (sensitivity === null) return ''
  const { columns } = simulateWords(tongue)
  const [first, second] = arms
  const shown = table(sensitivity, [
    {
      title: columns.changed,
      cell: ({ assumption, factor }) => columns.change(assumption[tongue], factorText(factor, tongue)),
    },
    {
      title: columns.waitUnder(first?.title ?? ''),
      cell: ({ wait }) => valueText(wait.first, 'wait', tongue),
    },
    {
      title: columns.waitUnder(second?.title ?? ''),
      cell: ({ wait }) => valueText(wait.second, 'wait', tongue),
    },
    { title: columns.difference, cell: ({ wait }) => comparedText(wait, 'wait', tongue).difference },
    { title: columns.interval, cell: ({ wait }) => comparedText(wait, 'wait', tongue).interval },
    { title: columns.diverted, cell: ({ finished }) => valueText(finished.first, 'count', tongue) },
  ])
  return `\n\n${columns.oneChanged}\n${shown}`
}

export const summaryOf = (result: SimulationResult, tongue: Tongue): string =>
  `${verdictOf(result, tongue).text}\n\n${figureTable(result, tongue)}${sensitivityTable(result, tongue)}`
