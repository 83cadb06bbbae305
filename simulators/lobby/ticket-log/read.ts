/**
 * Reads the ticket log of a queue system: a real day, whose true arrivals and service times can then be played again.
 * Everything that is wrong is said at once, line by line, and then nothing is imported.
 */
import { UsherError } from '#protocol/errors.ts'
import type { LobbyBranch } from '../branch.ts'
import { type CsvFault, type CsvRecord, guessSeparator, readCsv } from './csv.ts'
import { TicketLogMapping, type TicketLogMappingInput } from './mapping.ts'
import { type LogTime, type ReadTime, timeReader } from './times.ts'

export interface LoggedTicket {
  readonly line: number
  readonly ticket: string
  readonly service: string
  /** Milliseconds since local midnight; null: it did not come to that. */
  readonly issuedAtMs: number
  readonly calledAtMs: number | null
  readonly endedAtMs: number | null
  readonly counter: string | null
  readonly priority: boolean
}

export interface TicketLog {
  /** `YYYY-MM-DD`; null: the log says times of day only. */
  readonly date: string | null
  /** In the order of their issue. */
  readonly tickets: readonly LoggedTicket[]
  /** Lines of other days. */
  readonly skipped: number
}

/** More than these help nobody. */
const faultsMax = 30
const optional = ['ticket', 'priority', 'counter'] as const
const yes = new Set(['yes', 'true', '1', 'y', '是'])
const replacement = '\uFFFD'

type Column = keyof TicketLogMapping['columns']

/** @throws UsherError `ticket-log.columns`, `ticket-log.invalid` with every line that cannot be understood. */
export const readTicketLog = (
  text: string,
  branch: LobbyBranch,
  mapped: TicketLogMappingInput = {},
): TicketLog => {
  const mapping = TicketLogMapping.parse(mapped)
  if (text.includes(replacement))
    throw new UsherError(
      'ticket-log.unreadable',
      'The text is not UTF-8: save it as UTF-8 (a log in GBK is not read).',
    )
  const readTime = timeReader(mapping.timeFormat)
  if (readTime === undefined)
    throw new UsherError(
      'ticket-log.invalid',
      `The time format "${mapping.timeFormat}" cannot be understood; write it as in yyyy-MM-dd HH:mm:ss.`,
    )
  const { records, faults } = readCsv(text, mapping.separator ?? guessSeparator(text))
  const [head, ...rows] = records
  const indexes = findColumns(head, mapping)
  const reading = new LineReader({ branch, mapping, readTime, indexes })
  const tickets = rows.flatMap((row) => reading.read(row) ?? [])
  refuse([...faults, ...reading.faults])
  if (tickets.length === 0) refuse([{ line: 1, says: 'there is no ticket in it' }])
  return {
    date: reading.date ?? null,
    tickets: tickets.toSorted((a, b) => a.issuedAtMs - b.issuedAtMs || a.line - b.line),
    skipped: reading.skipped,
  }
}

const refuse = (faults: readonly CsvFault[]): void => {
  if (faults.length === 0) return
  const sorted = faults.toSorted((a, b) => a.line - b.line)
  const shown = sorted.slice(0, faultsMax).map(({ line, says }) => `\nline ${line}: ${says}`)
  const more = sorted.length > faultsMax ? `\nand ${sorted.length - faultsMax} more` : ''
  throw new UsherError('ticket-log.invalid', `${shown.join('')}${more}`)
}

const findColumns = (head: CsvRecord | undefined, { columns }: TicketLogMapping): Record<Column, number> => {
  const names = (head?.cells ?? []).map((name) => name.toLowerCase())
  const indexes = Object.fromEntries(
    Object.entries(columns).map(([column, name]) => [column, names.indexOf(name.toLowerCase())]),
  ) as Record<Column, number>
  const missing = (Object.keys(columns) as Column[]).filter(
    (column) => indexes[column] < 0 && !(optional as readonly string[]).includes(column),
  )
  if (missing.length > 0)
    throw new UsherError(
      'ticket-log.columns',
      `No column for ${missing.map((column) => `${column} ("${columns[column]}")`).join(', ')}. ` +
        `The first line has: ${head === undefined ? 'nothing' : head.cells.join(', ')}.`,
    )
  return indexes
}

interface ReadingParts {
  readonly branch: LobbyBranch
  readonly mapping: TicketLogMapping
  readonly readTime: ReadTime
  readonly indexes: Record<Column, number>
}

class LineReader {
  readonly faults: CsvFault[] = []
  date: string | undefined
  skipped = 0
  readonly #parts: ReadingParts

  constructor(parts: ReadingParts) {
    this.#parts = parts
    this.date = parts.mapping.date
  }

  read({ line, cells }: CsvRecord): LoggedTicket | undefined {
    const { branch, mapping, indexes } = this.#parts
    const cell = (column: Column) => (indexes[column] < 0 ? '' : (cells[indexes[column]] ?? '').trim())
    const before = this.faults.length
    const say = (says: string) => void this.faults.push({ line, says })
    const time = (column: 'issued' | 'called' | 'ended') => this.#time(cell(column), column, say)
    const [issued, called, ended] = [time('issued'), time('called'), time('ended')]
    const service = named(cell('service'), mapping.services, branch.services)
    if (service === undefined)
      say(`the branch has no service "${cell('service')}"; name it in the mapping under services`)
    const counter = cell('counter') === '' ? null : named(cell('counter'), mapping.counters, branch.counters)
    if (counter === undefined)
      say(`the branch has no counter "${cell('counter')}"; name it in the mapping under counters`)
    if (issued === undefined && cell('issued') === '') say('the ticket has no time of issue')
    checkOrder({ issued, called, ended }, say)
    if (this.faults.length > before || issued === undefined || service === undefined) return undefined
    this.date ??= issued.date
    if (issued.date !== this.date) {
      this.skipped += 1
      return undefined
    }
    return {
      line,
      ticket: cell('ticket') === '' ? `line-${line}` : cell('ticket'),
      service,
      issuedAtMs: issued.atMs,
      calledAtMs: called?.atMs ?? null,
      endedAtMs: ended?.atMs ?? null,
      counter: counter ?? null,
      priority: yes.has(cell('priority').toLowerCase()),
    }
  }

  #time(text: string, column: string, say: (says: string) => void): LogTime | undefined {
    if (text === '') return undefined
    const { readTime, mapping } = this.#parts
    const time = readTime(text)
    if (time === undefined) say(`${column}: "${text}" is no time as in ${mapping.timeFormat}`)
    return time
  }
}

const named = (
  name: string,
  mapping: Readonly<Record<string, string>>,
  declared: readonly { readonly id: string }[],
): string | undefined => {
  const id = mapping[name] ?? name
  return declared.some((one) => one.id === id) ? id : undefined
}

type Times = Record<'issued' | 'called' | 'ended', LogTime | undefined>

const checkOrder = ({ issued, called, ended }: Times, say: (says: string) => void) => {
  const isBefore = (a: LogTime | undefined, b: LogTime | undefined) =>
    a !== undefined &&
    b !== undefined &&
    ((a.date ?? '') < (b.date ?? '') || (a.date === b.date && a.atMs < b.atMs))
  if (isBefore(called, issued)) say('it was called before it was issued')
  if (isBefore(ended, called)) say('it ended before it was called')
  else if (isBefore(ended, issued)) say('it ended before it was issued')
  for (const time of [called, ended])
    if (issued !== undefined && time !== undefined && time.date !== issued.date)
      say('it was called or ended on another day than it was issued')
}
