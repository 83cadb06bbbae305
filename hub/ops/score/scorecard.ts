/**
 * The vendor scorecard: a journal goes through it entry by entry, and out come the counts of every device model and
 * firmware. It keeps counts, not entries: its memory is bounded by the devices and by what is open at one time.
 */
import type { DeviceKind } from '#protocol/device-kinds.ts'
import { isErrorCode } from '#protocol/errors.ts'
import type { DeviceRow } from '#protocol/model.ts'
import type { EntryBody } from '../../engine/entry.ts'
import type { DecisionRecord } from '../../engine/turn.ts'
import { createAttempts, type Word } from './attempts.ts'
import { addCode, addCounts, type Counts, noCounts } from './counts.ts'
import {
  countsOf,
  createTracker,
  type Named,
  noteDevice,
  noteReturn,
  settle,
  skipAbsence,
  type Tracker,
} from './tracker.ts'

export interface ScoreEntry {
  readonly at: number
  readonly kind: string
  readonly device: string | null
  /** `task/attempt` of a report. */
  readonly cause: string | null
  /** null once erased. Asked for only where it matters. */
  body(): EntryBody | null
  /** null where some of them were erased. */
  readonly records: readonly DecisionRecord[] | null
}

export interface ScoreRow extends Named {
  readonly kind: DeviceKind
  /** Those that ran it. */
  readonly devices: readonly string[]
  /** Of firmware that they run now. */
  readonly onProbation: boolean
  readonly counts: Counts
}

/** What must be known of a device at the end. */
export type ScoredDevice = Pick<DeviceRow, 'id' | 'kind' | 'link' | 'health' | 'manifest' | 'firmware'>

export interface Scorecard {
  take(entry: ScoreEntry): void
  /** What lies between the last entry and this moment is not known. */
  skip(until: number): void
  /** @param devices as they are after the last entry. */
  end(devices: readonly ScoredDevice[], at: number): readonly ScoreRow[]
}

const cancelPrefix = 'cancel-'

const timerWord = (body: EntryBody | null): Word => {
  if (body?.kind !== 'timer' || !body.name.startsWith(cancelPrefix)) return { by: 'timer' }
  const task = body.owner.slice('task/'.length)
  return { by: 'cancel-timer', task, attempt: Number(body.name.slice(cancelPrefix.length)) }
}

const reportWord = (entry: ScoreEntry): Word => {
  const [task = '', attempt = ''] = entry.cause?.split('/') ?? []
  const body = entry.body()
  const report = body?.kind === 'report' ? body : undefined
  return {
    by: 'report',
    task: report?.task ?? task,
    attempt: report?.report.attempt ?? Number(attempt),
    device: entry.device ?? '',
    status: report?.report.status ?? null,
    code: report?.report.code,
  }
}

const wordOf = (entry: ScoreEntry): Word => {
  if (entry.kind === 'report') return reportWord(entry)
  return entry.kind === 'timer' ? timerWord(entry.body()) : { by: 'other' }
}

const devicePrefix = 'branch/device/'

/** Whether the entry is about that device, and not about the gateway that takes it along. */
const isAbout = (entry: ScoreEntry, device: string): boolean => {
  if (entry.kind !== 'timer') return entry.device === device
  const body = entry.body()
  return body?.kind !== 'timer' || body.owner === `${devicePrefix}${device}`
}

/** A message that was refused, or that named what the branch does not know. */
const noteInvalid = (counts: Counts, { code, params }: DecisionRecord) => {
  if (code === 'messages.refused')
    for (const [refused, count] of Object.entries(params ?? {}))
      addCode(counts.invalid, refused, Number(count))
  else if (isErrorCode(code) && params?.['name'] !== undefined) addCode(counts.invalid, code)
}

const namedOf = ({ firmware, manifest }: ScoredDevice): Named | undefined => {
  if (firmware !== undefined) {
    const { vendor, model, version } = firmware
    return { vendor, model, firmware: version }
  }
  if (manifest === null) return undefined
  const { vendor, model } = manifest
  return { vendor, model, firmware: manifest.firmware ?? null }
}

const nobody: Named = { vendor: '', model: '', firmware: null }

const rowsOf = (
  trackers: ReadonlyMap<string, Tracker>,
  devices: readonly ScoredDevice[],
): readonly ScoreRow[] => {
  const rows = new Map<string, ScoreRow & { devices: string[]; onProbation: boolean }>()
  for (const device of devices) {
    const tracker = trackers.get(device.id)
    for (const { named, counts } of tracker?.segments ?? []) {
      if (named === undefined || named === nobody) continue
      const key = JSON.stringify([device.kind, named.vendor, named.model, named.firmware])
      const row = rows.get(key) ?? {
        ...named,
        kind: device.kind,
        devices: [],
        onProbation: false,
        counts: noCounts(),
      }
      rows.set(key, row)
      addCounts(row.counts, counts)
      if (!row.devices.includes(device.id)) row.devices.push(device.id)
      const { firmware } = device
      if (firmware?.standing === 'probation' && firmware.model === named.model)
        row.onProbation ||= firmware.version === named.firmware
    }
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** @param known devices at the beginning, with nothing but their names: what they were then, the journal tells. */
export const createScorecard = (fromMs: number, known: readonly string[]): Scorecard => {
  const trackers = new Map(known.map((device) => [device, createTracker(device, fromMs)]))
  let lastAt = fromMs
  const trackerOf = (device: string): Tracker => {
    const found = trackers.get(device) ?? createTracker(device, lastAt)
    trackers.set(device, found)
    return found
  }
  const attempts = createAttempts({
    counts: (device) => countsOf(trackerOf(device)),
    isThere: (device) => {
      const { link } = trackerOf(device)
      return link === undefined || link === 'online'
    },
  })
  const noteBack = (entry: ScoreEntry, records: readonly DecisionRecord[]) => {
    if (entry.kind !== 'presence' || entry.device === null) return
    const back = records.some(({ code, device }) => code === 'device.online' && device === entry.device)
    if (!back) return
    const restarted = records.some(
      ({ code, device }) => code === 'device.restarted' && device === entry.device,
    )
    const body = entry.body()
    const boot = body?.kind === 'presence' && body.presence.boot !== undefined
    noteReturn(trackerOf(entry.device), { at: entry.at, restarted, boot })
  }
  const skip = (until: number) => {
    for (const tracker of trackers.values()) skipAbsence(tracker, { until: lastAt, from: until })
    lastAt = until
  }
  return {
    skip,
    take: (entry) => {
      const { at } = entry
      const records = entry.records ?? []
      if (entry.kind === 'start') skip(at)
      const word = wordOf(entry)
      attempts.hear(word)
      for (const record of records) {
        attempts.decided(record, word)
        if (record.kind !== 'device' || record.device === undefined) continue
        const tracker = trackerOf(record.device)
        noteDevice(tracker, record, { at, own: isAbout(entry, record.device) })
        noteInvalid(countsOf(tracker), record)
      }
      noteBack(entry, records)
      lastAt = at
    },
    end: (devices, at) => {
      attempts.end()
      for (const row of devices) {
        const { link, health } = row
        settle(trackerOf(row.id), at, { link, health, named: namedOf(row) ?? nobody })
      }
      return rowsOf(trackers, devices)
    },
  }
}
