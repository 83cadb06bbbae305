/** A day's key figures as a list for people, and as CSV; what is not known says why. */
import { figureRows, groupedRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { padTo } from '../io/width.ts'
import { type Unit, valueText } from '../report/values.ts'
import { callRows, callsTitle } from './call-figures.ts'
import type { DayReport } from './day-report.ts'
import { dayWords, deviceKinds } from './words.ts'

const labelWidth = 50

const isEmpty = ({ calls, figures: { visitors, staff, promotion } }: DayReport) =>
  calls === null &&
  visitors.tickets === 0 &&
  (visitors.came ?? 0) === 0 &&
  staff.asked === 0 &&
  promotion.shown === 0

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

const lineOf = (label: string, value: number | null, { unit, tongue }: { unit: Unit; tongue: Tongue }) =>
  `  ${padTo(label, labelWidth)} ${value === null ? dayWords(tongue).unknown : valueText(value, unit, tongue)}`

const callLines = ({ calls }: DayReport, tongue: Tongue): readonly string[] =>
  calls === null
    ? []
    : [
        '',
        callsTitle[tongue],
        ...callRows.map(({ label, of, unit }) => lineOf(label[tongue], of(calls), { unit, tongue })),
      ]

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
      ...rows.map(({ label, of, unit }) => lineOf(label[tongue], of(figures), { unit, tongue })),
    ]),
    ...callLines(report, tongue),
    ...useTable(report, tongue),
    '',
    words.notKnown,
    ...notKnown.map(({ figure, why }) => `  ${words.because(figure, why[tongue])}`),
  ].join('\n')
}

const unitOf = ({ unit }: { readonly unit: Unit }) => (unit === 'wait' || unit === 'seconds' ? 'ms' : unit)

/** No parts of a millisecond: a mean is not known better than what it is made of. */
const valueOf = (row: { readonly unit: Unit }, value: number | null): number | '' => {
  if (value === null) return ''
  return unitOf(row) === 'ms' ? Math.round(value) : value
}

export const dayCsv = ({ figures, calls }: DayReport): string =>
  [
    'figure,unit,value',
    ...figureRows.map((row) => [row.id, unitOf(row), valueOf(row, row.of(figures))].join(',')),
    ...(calls === null
      ? []
      : callRows.map((row) => [row.id, unitOf(row), valueOf(row, row.of(calls))].join(','))),
  ].join('\n')
