/** A day's key figures as a list for people, and as CSV; what is not known says why. */
import { type FigureRow, figureRows, groupedRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { padTo } from '../io/width.ts'
import { valueText } from '../report/values.ts'
import type { DayReport } from './day-report.ts'
import { dayWords, deviceKinds } from './words.ts'

const labelWidth = 50

const isEmpty = ({ figures: { visitors, staff, promotion } }: DayReport) =>
  visitors.tickets === 0 && (visitors.came ?? 0) === 0 && staff.asked === 0 && promotion.shown === 0

const useTable = ({ figures: { devices, counters } }: DayReport, tongue: Tongue): readonly string[] => {
  const words = dayWords(tongue)
  const deviceTable = table(Object.entries(devices), [
    { title: words.device, cell: ([id]) => id },
    { title: words.kind, cell: ([, { kind }]) => deviceKinds[kind]?.[tongue] ?? kind },
    { title: words.tasks, cell: ([, { tasks }]) => tasks },
    { title: words.busy, cell: ([, { busyShare }]) => valueText(busyShare, 'share', tongue) },
  ])
  const counterTable = table(Object.entries(counters), [
    { title: words.counter, cell: ([id]) => id },
    { title: words.served, cell: ([, { served }]) => served },
    { title: words.open, cell: ([, { openMs }]) => valueText(openMs, 'wait', tongue) },
    { title: words.serving, cell: ([, { servingMs }]) => valueText(servingMs, 'wait', tongue) },
  ])
  return [
    ...(Object.keys(devices).length === 0 ? [] : ['', deviceTable]),
    ...(Object.keys(counters).length === 0 ? [] : ['', counterTable]),
  ]
}

export const dayText = (report: DayReport, tongue: Tongue): string => {
  const { figures, notKnown } = report
  const words = dayWords(tongue)
  const head = words.head(report)
  if (isEmpty(report)) return words.nobody(head)
  const { came, tickets, served, abandoned } = figures.visitors
  return [
    words.headline(head, came === null ? words.cameUnknown : words.came(came), {
      tickets,
      served,
      left: abandoned,
    }),
    ...groupedRows(tongue).flatMap(({ title, rows }) => [
      '',
      title,
      ...rows.map(({ label, of, unit }) => {
        const value = of(figures)
        return `  ${padTo(label[tongue], labelWidth)} ${value === null ? words.unknown : valueText(value, unit, tongue)}`
      }),
    ]),
    ...useTable(report, tongue),
    '',
    words.notKnown,
    ...notKnown.map(({ figure, why }) => `  ${words.because(figure, why[tongue])}`),
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
