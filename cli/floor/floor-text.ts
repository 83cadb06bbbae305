/** The floor report as a table by zone and hour, a table of counters, and as CSV of every quarter of an hour. */
import { table } from '../io/table.ts'
import { unknown, valueText } from '../report/values.ts'
import type { CounterQuarter, FloorReport, ZoneQuarter } from './floor-report.ts'

const shades = [' ', '░', '▒', '▓', '█'] as const
const hourQuarters = 4

const known = (values: readonly (number | null)[]) =>
  values.filter((value): value is number => value !== null)
const total = (values: readonly (number | null)[]) => known(values).reduce((sum, value) => sum + value, 0)

const timeOf = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

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

const zoneTable = (report: FloorReport, hours: readonly number[]): string => {
  const most = Math.max(1, ...known(report.zones.map(({ meanPeople }) => meanPeople)))
  const rows = [...grouped(report.zones, ({ zone }) => zone)]
  return table(rows, [
    { title: 'zone', cell: ([zone]) => zone },
    {
      title: 'came in',
      cell: ([, own]) =>
        own.every(({ footfall }) => footfall === null) ? unknown : total(own.map((one) => one.footfall)),
    },
    {
      title: 'stayed',
      cell: ([, own]) => {
        const stays = own.filter(({ dwellMs, footfall }) => dwellMs !== null && footfall !== null)
        const people = total(stays.map(({ footfall }) => footfall))
        const ms = stays.reduce((sum, one) => sum + (one.dwellMs ?? 0) * (one.footfall ?? 0), 0)
        return people === 0 ? unknown : valueText(ms / people, 'wait')
      },
    },
    {
      title: 'most at once',
      cell: ([, own]) => {
        const counts = known(own.map(({ maxPeople }) => maxPeople))
        return counts.length === 0 ? unknown : Math.max(...counts)
      },
    },
    {
      title: `${String(hours[0] ?? 0).padStart(2, '0')}:00 to ${String((hours.at(-1) ?? 0) + 1).padStart(2, '0')}:00`,
      cell: ([, own]) => heatStrip(own, hours, most),
      widthMax: 200,
    },
  ])
}

const counterTable = (counters: readonly CounterQuarter[]): string =>
  table(
    [...grouped(counters, ({ counter }) => counter)],
    [
      { title: 'counter', cell: ([counter]) => counter },
      { title: 'open', cell: ([, own]) => valueText(total(own.map(({ openMs }) => openMs)), 'wait') },
      {
        title: 'serving',
        cell: ([, own]) => valueText(total(own.map(({ servingMs }) => servingMs)), 'wait'),
      },
      {
        title: 'open, nobody there',
        cell: ([, own]) =>
          own.every(({ unstaffedMs }) => unstaffedMs === null)
            ? unknown
            : valueText(total(own.map(({ unstaffedMs }) => unstaffedMs)), 'wait'),
      },
      {
        title: 'idle while people waited',
        cell: ([, own]) => valueText(total(own.map(({ idleMs }) => idleMs)), 'wait'),
      },
    ],
  )

const notKnownLines = ({ notKnown }: FloorReport): readonly string[] =>
  notKnown.length === 0 ? [] : ['', 'Not known:', ...notKnown.map(({ what, why }) => `  ${what}: ${why}`)]

export const floorText = (report: FloorReport): string => {
  const hours = busyHours(report)
  const head = `${report.branch}, ${report.day} (${report.timeZone})`
  if (hours.length === 0)
    return [`${head}: nobody was seen and no counter served.`, ...notKnownLines(report)].join('\n')
  return [
    head,
    '',
    zoneTable(report, hours),
    `Each mark is a quarter of an hour: the darker, the more people (· not known).`,
    '',
    counterTable(report.counters),
    ...notKnownLines(report),
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
        timeOf(at, timeZone),
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
        timeOf(at, timeZone),
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
