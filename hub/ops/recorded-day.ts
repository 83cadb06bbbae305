/**
 * Takes one day out of the journal so that it can be replayed elsewhere: the state at its beginning, its entries with
 * their links and decision records, and what a decision depends on besides (settings, versions, time zone).
 */
import { UsherError } from '#protocol/errors.ts'
import { dayMs, dayText } from '#protocol/local-time.ts'
import { instantOf, offsetMinutes } from '../branch/local-time.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { HubSettings } from '../engine/settings.ts'
import { digestOf, firstHash } from '../store/chain.ts'
import { reasonsDigest } from '../store/link-batch.ts'
import type { Store, StoredEntry } from '../store/port.ts'
import type { Checkpoint, CheckpointHead, Checkpoints } from '../store/upkeep.ts'
import { type DayEntry, type DayHead, type DayLine, dayVersion } from './day-lines.ts'

export interface DayParts {
  readonly branch: string
  readonly store: Pick<Store, 'entries' | 'decisions'> & Checkpoints
  readonly settings: HubSettings
  readonly timeZone: string
  readonly nowMs: number
  /** Last committed entry. */
  readonly headSeq: number
}

/** So that the decision records of a page stay below what the store gives at once. */
const pageMax = 200

/** @returns the day of the branch's calendar: `today`, `yesterday`, or as it is written. */
export const dayNamed = (name: string, { timeZone, nowMs }: Pick<DayParts, 'timeZone' | 'nowMs'>): string => {
  const today = Math.floor((nowMs + offsetMinutes(timeZone, nowMs) * 60_000) / dayMs)
  if (name === 'today') return dayText(today)
  return name === 'yesterday' ? dayText(today - 1) : name
}

const spanOf = (day: string, timeZone: string): { readonly fromMs: number; readonly toMs: number } => {
  const number = Date.parse(`${day}T00:00:00Z`) / dayMs
  if (!Number.isInteger(number))
    throw new UsherError('command.invalid', `${day} is no day such as 2026-10-01.`)
  return { fromMs: instantOf(timeZone, number, 0), toMs: instantOf(timeZone, number + 1, 0) }
}

export interface JournalPlace {
  readonly branch: string
  readonly store: Pick<Store, 'entries'>
  /** Last committed entry. */
  readonly headSeq: number
}

const entryAt = async ({ branch, store }: JournalPlace, seq: number): Promise<StoredEntry | undefined> =>
  (await store.entries(branch, { from: seq, limit: 1 }))[0]

/** First entry at or after a moment: hub time never falls with seq. */
export const seqAt = async (parts: JournalPlace, at: number): Promise<number> => {
  let low = 1
  let high = parts.headSeq + 1
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    const found = await entryAt(parts, middle)
    if (found === undefined || found.at >= at) high = middle
    else low = found.seq + 1
  }
  return low
}

/** What sensors tell of an empty lobby as well. */
const nobodyNeeded = new Set(['zone.count', 'queue.snapshot', 'counter.changed'])

const isAboutPeople = ({ kind, body }: StoredEntry): boolean => {
  if (kind !== 'event') return false
  const name = body === null ? undefined : (JSON.parse(body) as { body: { name: string } }).body.name
  return name === undefined || !nobodyNeeded.has(name)
}

/** So many entries of a night are looked through for the first sign of people. */
const nightMax = 2_000

/**
 * The daily copy is made shortly after midnight, or after the hub was switched on. As long as nobody had come by then,
 * the day begins with it; otherwise with the one before, and what lies between leads up to the day.
 */
const startOf = async (
  parts: DayParts,
  { first, to }: { first: number; to: number },
): Promise<CheckpointHead | undefined> => {
  const { branch, store } = parts
  const checkpoints = await store.checkpoints(branch)
  const own = checkpoints.find(({ seq }) => seq >= first)
  if (own !== undefined && own.seq < to && own.seq - first < nightMax) {
    const night = await store.entries(branch, { from: first, to: own.seq, limit: nightMax })
    if (night.length > 0 && !night.some(isAboutPeople)) return own
  }
  return checkpoints.findLast(({ seq }) => seq < first)
}

interface Stretch {
  readonly checkpoint: Checkpoint | null
  readonly before: DayHead['before']
  readonly to: number
}

/** From the last checkpoint before the day, or the beginning of the journal, to the day's last entry. */
const stretchOf = async (
  parts: DayParts,
  span: { fromMs: number; toMs: number; day: string },
): Promise<Stretch> => {
  const { branch, store } = parts
  const first = await seqAt(parts, span.fromMs)
  const to = (await seqAt(parts, span.toMs)) - 1
  if (to < first) throw new UsherError('journal.no-day', `${span.day}.`)
  const start = await startOf(parts, { first, to })
  const checkpoint = start === undefined ? null : await store.loadCheckpoint(branch, start.seq)
  if (checkpoint === null) {
    if ((await entryAt(parts, 1))?.seq !== 1) throw new UsherError('journal.no-checkpoint', `${span.day}.`)
    return { checkpoint, before: { seq: 0, hash: firstHash }, to }
  }
  const { seq } = checkpoint
  const [before] = seq === 0 ? [] : await store.entries(branch, { from: seq, to: seq, limit: 1 })
  if (seq > 0 && before === undefined) throw new UsherError('journal.no-checkpoint', `${span.day}.`)
  return { checkpoint, before: { seq, hash: before?.hash ?? firstHash }, to }
}

const versionsAt = (checkpoint: Checkpoint | null): DayHead['versions'] => {
  const start = checkpoint?.tables.get('meta')?.find(([key]) => key === 'start')?.[1]
  return (start as { versions: DayHead['versions'] } | undefined)?.versions ?? null
}

/** null when some of them are erased: what is left could not be proved. */
const withRecords = (entry: StoredEntry, records: readonly string[]): DayEntry => {
  const digest = reasonsDigest(records.length === 0 ? undefined : records.map(digestOf).join(''))
  return { type: 'entry', ...entry, records: digest === entry.reasons ? [...records] : null }
}

async function* entriesOf(parts: DayParts, range: { from: number; to: number }): AsyncGenerator<DayEntry> {
  const { branch, store } = parts
  for (let { from } = range; from <= range.to; ) {
    const page = await store.entries(branch, { from, to: range.to, limit: pageMax })
    const [first, last] = [page[0], page.at(-1)]
    if (first === undefined || last === undefined) return
    const decisions = await store.decisions(branch, { from: first.at, to: last.at })
    const bySeq = Map.groupBy(decisions, ({ seq }) => seq)
    for (const entry of page)
      yield withRecords(entry, bySeq.get(entry.seq)?.map(({ record }) => canonicalJson(record)) ?? [])
    from = last.seq + 1
  }
}

/** @throws UsherError `journal.no-day`, `journal.no-checkpoint`, `command.invalid` */
export async function* recordedDay(parts: DayParts, name: string): AsyncGenerator<DayLine> {
  const { branch, settings, timeZone, nowMs } = parts
  const day = dayNamed(name, parts)
  const span = spanOf(day, timeZone)
  const { checkpoint, before, to } = await stretchOf(parts, { ...span, day })
  yield {
    type: 'usher-day',
    version: dayVersion,
    branch,
    day,
    timeZone,
    ...span,
    madeAt: nowMs,
    settings,
    versions: versionsAt(checkpoint),
    before,
    checkpoint: checkpoint && {
      seq: checkpoint.seq,
      at: checkpoint.at,
      digest: checkpoint.digest,
      rows: checkpoint.rows,
    },
  }
  for (const [table, rows] of checkpoint?.tables ?? [])
    for (const [key, row] of rows) yield { type: 'row', table, key, row }
  let entries = 0
  let { hash } = before
  for await (const line of entriesOf(parts, { from: before.seq + 1, to })) {
    entries++
    hash = line.hash
    yield line
  }
  yield { type: 'end', entries, hash }
}
