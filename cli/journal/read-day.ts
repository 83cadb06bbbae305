/**
 * A recorded day, read from a file or from the running hub. Everything is checked before anyone acts on it: whole, of
 * no newer version, every link and body as it was written, the state at its beginning covered by the chain.
 */
import { readFileSync } from 'node:fs'
import type { EntryBody, Numbering } from '#hub/engine/entry.ts'
import type { HubSettings } from '#hub/engine/settings.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { ControlClient } from '#hub/ops/control.ts'
import { DayHead, DayLine } from '#hub/ops/day-lines.ts'
import { UsherError } from '#protocol/errors.ts'
import { checkDay, type RawDay } from './check-day.ts'

export type StateTables = ReadonlyMap<string, readonly (readonly [string, unknown])[]>

export interface RecordedEntry {
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  /** Hub time. */
  readonly at: number
  readonly kind: string
  readonly device: string | null
  /** The attempt it answers, `task/attempt`. */
  readonly cause: string | null
  /** null once erased. */
  readonly body: EntryBody | null
  readonly numbering: Numbering | undefined
  /** What was decided; null where some of it was erased. */
  readonly records: readonly DecisionRecord[] | null
}

export interface RunningVersions {
  readonly hub: string
  readonly xstate: string
  readonly flows: Readonly<Record<string, number>>
}

export interface RecordedDay {
  readonly branch: string
  /** `YYYY-MM-DD` of the branch's calendar. */
  readonly day: string
  readonly timeZone: string
  /** Hub time from midnight to midnight. Entries before it lead from the checkpoint to the day. */
  readonly fromMs: number
  readonly toMs: number
  readonly settings: HubSettings
  /** Of the hub that ran when the day began. */
  readonly versions: RunningVersions
  /** What the first entry meets; empty: the journal begins with it. */
  readonly state: StateTables
  /** In order, from the checkpoint on. */
  readonly entries: readonly RecordedEntry[]
  /** Bodies of entries, and entries' records, that were erased. */
  readonly erased: { readonly bodies: number; readonly records: number }
  /** The last link, to be found again in the hub's own journal. */
  readonly hash: string
}

/** What runs here: a day of anything newer is not read. */
export interface Here {
  readonly hub: string
  readonly flows: readonly { readonly id: string; readonly version: number }[]
}

const refuse = (where: string, detail: string, cause?: unknown): never => {
  throw new UsherError('journal.invalid', `${where}: ${detail}`, { cause })
}

const readHead = (item: unknown, where: string): DayHead => {
  const said = item as { type?: unknown; version?: unknown } | null
  if (said === null || typeof said !== 'object' || said.type !== 'usher-day')
    return refuse(where, 'the first line is not the head of a recorded day.')
  const head = DayHead.safeParse(item)
  if (head.success) return head.data
  if (typeof said.version === 'number' && said.version > 1)
    throw new UsherError(
      'journal.newer-version',
      `${where} is of format ${said.version}; this reads format 1.`,
    )
  const [issue] = head.error.issues
  return refuse(where, `line 1: ${issue?.path.join('.')}: ${issue?.message}.`)
}

/** Takes items one by one, from wherever they come. */
const createGatherer = (where: string) => {
  let raw: (RawDay & { rows: RawDay['rows'][number][]; lines: RawDay['lines'][number][] }) | undefined
  let count = 0
  return {
    take(item: unknown) {
      count++
      if (raw === undefined) {
        raw = { where, head: readHead(item, where), rows: [], lines: [], end: undefined }
        return
      }
      if (raw.end !== undefined) return refuse(where, `line ${count} comes after the end.`)
      const line = DayLine.safeParse(item)
      if (!line.success) {
        const [issue] = line.error.issues
        return refuse(where, `line ${count}: ${issue?.path.join('.')}: ${issue?.message}.`)
      }
      if (line.data.type === 'row') raw.rows.push(line.data)
      else if (line.data.type === 'entry') raw.lines.push(line.data)
      else raw = { ...raw, end: line.data }
    },
    day: (): RawDay => raw ?? refuse(where, 'it is empty.'),
  }
}

const versionsOf = ({ head }: RawDay, entries: readonly RecordedEntry[]): RunningVersions => {
  if (head.versions !== null) return head.versions
  const start = entries.find(({ body }) => body?.kind === 'start')?.body
  return start?.kind === 'start' ? start.versions : { hub: '', xstate: '', flows: {} }
}

const tablesOf = (rows: RawDay['rows']): StateTables => {
  const tables = new Map<string, (readonly [string, unknown])[]>()
  for (const { table, key, row } of rows) {
    const known = tables.get(table) ?? []
    if (known.length === 0) tables.set(table, known)
    known.push([key, row])
  }
  return tables
}

const openEntry = ({ body: text, records, ...line }: RawDay['lines'][number]): RecordedEntry => {
  const { branch, epoch, seq, at, kind, device, cause } = line
  const opened = text === null ? undefined : (JSON.parse(text) as { body: EntryBody; numbering?: Numbering })
  return {
    branch,
    epoch,
    seq,
    at,
    kind,
    device,
    cause,
    body: opened?.body ?? null,
    numbering: opened?.numbering,
    records: records?.map((record) => JSON.parse(record) as DecisionRecord) ?? null,
  }
}

const openDay = (raw: RawDay, here: Here): RecordedDay => {
  const entries = raw.lines.map(openEntry)
  const { head } = raw
  const { branch, day, timeZone, fromMs, toMs, settings } = head
  const state = tablesOf(raw.rows)
  checkDay(raw, { entries, state, here })
  return {
    branch,
    day,
    timeZone,
    fromMs,
    toMs,
    settings,
    versions: versionsOf(raw, entries),
    state,
    entries,
    erased: {
      bodies: entries.filter(({ body }) => body === null).length,
      records: entries.filter(({ records }) => records === null).length,
    },
    hash: raw.end?.hash ?? '',
  }
}

/**
 * @throws UsherError `journal.invalid`, `journal.cut-off`, `journal.newer-version`, `journal.broken`,
 *   `journal.no-checkpoint` or `journal.erased`
 */
export const readDay = async (
  items: Iterable<unknown> | AsyncIterable<unknown>,
  where: string,
  here: Here,
): Promise<RecordedDay> => {
  const gatherer = createGatherer(where)
  for await (const item of items) gatherer.take(item)
  return openDay(gatherer.day(), here)
}

function* linesOf(text: string, file: string): Generator {
  let number = 0
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from)
    const end = found < 0 ? text.length : found
    number++
    try {
      yield JSON.parse(text.slice(from, end)) as unknown
    } catch (cause) {
      // A last line that is no whole JSON was cut off while it was written.
      if (found < 0 && number > 1)
        throw new UsherError('journal.cut-off', `${file}, line ${number}.`, { cause })
      throw new UsherError('journal.invalid', `${file}: line ${number} is no JSON.`, { cause })
    }
    from = end + 1
  }
}

/** @throws UsherError as `readDay`, and `config.unreadable` */
export const readDayFile = (file: string, here: Here): Promise<RecordedDay> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', file, { cause })
  }
  return readDay(linesOf(text, file), file, here)
}

/** From the running hub, by its local socket. @throws UsherError as `readDay`, and what the hub answers. */
export const readDayOfHub = (control: ControlClient, day: string, here: Here): Promise<RecordedDay> =>
  readDay(control.stream('journal.day', { day }), day, here)
