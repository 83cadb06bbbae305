/** A day's key figures as a list for people, and as CSV; what is not known says why. */
import { type FigureRow, figureRows } from '../figures/figure-rows.ts'
import { table } from '../io/table.ts'
import { valueText } from '../report/values.ts'
import type { DayReport } from './day-report.ts'

const isEmpty = ({ figures: { visitors, staff, promotion } }: DayReport) =>
  visitors.tickets === 0 && (visitors.came ?? 0) === 0 && staff.asked === 0 && promotion.shown === 0

const groupsOf = (rows: readonly FigureRow[]) => [...new Set(rows.map(({ group }) => group))]

const useTable = ({ figures: { devices, counters } }: DayReport): readonly string[] => [
  ...(Object.keys(devices).length === 0
    ? []
    : [
        '',
        table(Object.entries(devices), [
          { title: 'device', cell: ([id]) => id },
          { title: 'kind', cell: ([, { kind }]) => kind },
          { title: 'tasks', cell: ([, { tasks }]) => tasks },
          { title: 'busy', cell: ([, { busyShare }]) => valueText(busyShare, 'share') },
        ]),
      ]),
  ...(Object.keys(counters).length === 0
    ? []
    : [
        '',
        table(Object.entries(counters), [
          { title: 'counter', cell: ([id]) => id },
          { title: 'served', cell: ([, { served }]) => served },
          { title: 'open', cell: ([, { openMs }]) => valueText(openMs, 'wait') },
          { title: 'serving', cell: ([, { servingMs }]) => valueText(servingMs, 'wait') },
        ]),
      ]),
]

export const dayText = (report: DayReport): string => {
  const { branch, day, timeZone, figures, notKnown } = report
  const head = `${branch}, ${day} (${timeZone})`
  if (isEmpty(report)) return `${head}: nobody came in and no ticket was taken, as far as the journal knows.`
  const { visitors } = figures
  const came = visitors.came === null ? 'came in: not known' : `${visitors.came} visits`
  return [
    `${head}: ${came}, ${visitors.tickets} tickets, ${visitors.served} served, ${visitors.abandoned} left without service`,
    ...groupsOf(figureRows).flatMap((group) => [
      '',
      group,
      ...figureRows
        .filter((row) => row.group === group)
        .map(({ label, of, unit }) => {
          const value = of(figures)
          return `  ${label.padEnd(50)} ${value === null ? 'not known' : valueText(value, unit)}`
        }),
    ]),
    ...useTable(report),
    '',
    'Not known:',
    ...notKnown.map(({ figure, why }) => `  ${figure}: ${why}`),
  ].join('\n')
}

const unitOf = ({ unit }: FigureRow) => (unit === 'wait' || unit === 'seconds' ? 'ms' : unit)

/** No parts of a millisecond: a mean is not known better than what it is made of. */
const valueOf = (row: FigureRow, figures: DayReport['figures']): number | '' => {
  const value = row.of(figures)
  if (value === null) return ''
  return unitOf(row) === 'ms' ? Math.round(value) : value
}

export const dayCsv = ({ figures }: DayReport): string =>
  [
    'figure,unit,value',
    ...figureRows.map((row) => [row.id, unitOf(row), valueOf(row, figures)].join(',')),
  ].join('\n')
