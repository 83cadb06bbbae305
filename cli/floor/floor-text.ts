/** The floor report as a table by zone and hour, a table of counters, and as CSV of every quarter of an hour. */
import { dayWords } from '../day/words.ts'
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { clockIn } from '../io/time.ts'
import { unknown, valueText } from '../report/values.ts'
import type { CounterQuarter, FloorReport, ZoneQuarter } from './floor-report.ts'
import { floorWords } from './words.ts'

const shades = [' ', '░', '▒', '▓', '█'] as const
const hourQuarters = 4

const known = (values: readonly (number | null)[]) =>
  values.filter((value): value is number => value !== null)
const total = (values: readonly (number | null)[]) => known(values).reduce((sum, value) => sum + value, 0)

const grouped = <T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row)) ?? []
    if (group.length === 0) groups.set(key(row), group)
    group.push(row)
  }
  return groups
}

/** From the first to the last hour in which anything was seen or a counter was open. */
const busyHours = ({ zones, counters }: FloorReport): readonly number[] => {
  const quarters = [
    ...zones.filter(({ footfall, maxPeople }) => (footfall ?? 0) > 0 || (maxPeople ?? 0) > 0),
    ...counters.filter(({ openMs, servingMs }) => openMs > 0 && servingMs > 0),
  ].map(({ quarter }) => Math.floor(quarter / hourQuarters))
  if (quarters.length === 0) return []
  const first = quarters.reduce((low, one) => Math.min(low, one))
  const last = quarters.reduce((high, one) => Math.max(high, one))
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

const heatStrip = (rows: readonly ZoneQuarter[], hours: readonly number[], most: number): string =>
  hours
    .flatMap((hour) => Array.from({ length: hourQuarters }, (_, index) => hour * hourQuarters + index))
    .map((quarter) => {
      const people = rows.find((row) => row.quarter === quarter)?.meanPeople
      if (people == null) return '·'
      return shades[Math.min(shades.length - 1, Math.ceil((people / most) * (shades.length - 1)))] ?? ' '
    })
    .join('')

const fullHour = (hour: number) => `${String(hour).padStart(2, '0')}:00`

const zoneTable = (report: FloorReport, hours: readonly number[], tongue: Tongue): string => {
  const words = floorWords(tongue)
  const most = Math.max(1, ...known(report.zones.map(({ meanPeople }) => meanPeople)))
  const rows = [...grouped(report.zones, ({ zone }) => zone)]
  return table(rows, [
    { title: words.zone, cell: ([zone]) => zone },
    {
      title: words.came,
      cell: ([, own]) =>
        own.every(({ footfall }) => footfall === null) ? unknown : total(own.map((one) => one.footfall)),
    },
    {
      title: words.stayed,
      cell: ([, own]) => {
        const stays = own.filter(({ dwellMs, footfall }) => dwellMs !== null && footfall !== null)
        const people = total(stays.map(({ footfall }) => footfall))
        const ms = stays.reduce((sum, one) => sum + (one.dwellMs ?? 0) * (one.footfall ?? 0), 0)
        return people === 0 ? unknown : valueText(ms / people, 'wait', tongue)
      },
    },
    {
      title: words.most,
      cell: ([, own]) => {
        const counts = known(own.map(({ maxPeople }) => maxPeople))
        return counts.length === 0 ? unknown : Math.max(...counts)
      },
    },
    {
      title: words.hours(fullHour(hours[0] ?? 0), fullHour((hours.at(-1) ?? 0) + 1)),
      cell: ([, own]) => heatStrip(own, hours, most),
      widthMax: 200,
    },
  ])
}

const counterTable = (counters: readonly CounterQuarter[], tongue: Tongue): string => {
  const words = floorWords(tongue)
  const sum = (values: readonly (number | null)[]) => valueText(total(values), 'wait', tongue)
  return table(
    [...grouped(counters, ({ counter }) => counter)],
    [
      { title: words.counter, cell: ([counter]) => counter },
      { title: words.open, cell: ([, own]) => sum(own.map(({ openMs }) => openMs)) },
      { title: words.serving, cell: ([, own]) => sum(own.map(({ servingMs }) => servingMs)) },
      {
        title: words.unstaffed,
        cell: ([, own]) =>
          own.every(({ unstaffedMs }) => unstaffedMs === null)
            ? unknown
            : sum(own.map(({ unstaffedMs }) => unstaffedMs)),
      },
      { title: words.idle, cell: ([, own]) => sum(own.map(({ idleMs }) => idleMs)) },
    ],
  )
}

const notKnownLines = ({ notKnown }: FloorReport, tongue: Tongue): readonly string[] => {
  const words = floorWords(tongue)
  return notKnown.length === 0
    ? []
    : [
        '',
        words.notKnown,
        ...notKnown.map(({ what, why }) => `  ${words.because(what[tongue], why[tongue])}`),
      ]
}

export const floorText = (report: FloorReport, tongue: Tongue): string => {
  const hours = busyHours(report)
  const words = floorWords(tongue)
  const head = dayWords(tongue).head(report)
  if (hours.length === 0) return [words.nobody(head), ...notKnownLines(report, tongue)].join('\n')
  return [
    head,
    '',
    zoneTable(report, hours, tongue),
    words.marks,
    '',
    counterTable(report.counters, tongue),
    ...notKnownLines(report, tongue),
  ].join('\n')
}

const cells = (values: readonly (string | number | null)[]) =>
  values
    .map((value) => (value === null ? '' : typeof value === 'number' ? Math.round(value * 100) / 100 : value))
    .join(',')

/** One line a zone or counter and quarter: what does not concern it is left empty. */
export const floorCsv = ({ zones, counters, timeZone }: FloorReport): string =>
  [
    'what,name,from,footfall,dwellMs,meanPeople,maxPeople,openMs,unstaffedMs,servingMs,idleMs',
    ...zones.map(({ zone, at, footfall, dwellMs, meanPeople, maxPeople }) =>
      cells([
        'zone',
        zone,
        clockIn(timeZone, at),
        footfall,
        dwellMs,
        meanPeople,
        maxPeople,
        null,
        null,
        null,
        null,
      ]),
    ),
    ...counters.map(({ counter, at, openMs, unstaffedMs, servingMs, idleMs }) =>
      cells([
        'counter',
        counter,
        clockIn(timeZone, at),
        null,
        null,
        null,
        null,
        openMs,
        unstaffedMs,
        servingMs,
        idleMs,
      ]),
    ),
  ].join('\n')
