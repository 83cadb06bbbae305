/** The scorecard of recorded days: the same as a running hub's, for whoever has the files and not the hub. */
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { ScoreAnswer } from '#hub/ops/methods/score.ts'
import { createScorecard, type ScoredDevice, type ScoreEntry } from '#hub/ops/score/scorecard.ts'
import { UsherError } from '#protocol/errors.ts'
import type { DeviceRow, FirmwareRow } from '#protocol/model.ts'
import { ownEntries } from '../journal/day-timeline.ts'
import type { RecordedDay, RecordedEntry } from '../journal/read-day.ts'

type Devices = Map<string, ScoredDevice>

/** What each device was at the checkpoint that leads to the first day. */
const storedDevices = ({ state }: RecordedDay): Devices =>
  new Map((state.get('devices') ?? []).map(([id, row]) => [id, row as DeviceRow]))

const links: ReadonlySet<string> = new Set(['online', 'offline', 'lost', 'unknown'])
const healths: ReadonlySet<string> = new Set(['ok', 'degraded', 'faulted', 'updating'])

const standingOf = (record: DecisionRecord): FirmwareRow['standing'] | undefined => {
  const { code, params } = record
  if (code === 'firmware.changed') return String(params?.['standing']) as FirmwareRow['standing']
  if (code === 'firmware.approved') return 'approved'
  return code === 'firmware.declined' ? 'declined' : undefined
}

const withRecord = (device: ScoredDevice, record: DecisionRecord, at: number): ScoredDevice => {
  const { code, params } = record
  const standing = standingOf(record)
  if (standing !== undefined) {
    const { vendor, model, version } = device.firmware ?? { vendor: '', model: '', version: null }
    const named = {
      vendor: String(params?.['vendor'] ?? vendor),
      model: String(params?.['model'] ?? model),
      version: String(params?.['firmware'] ?? version ?? '') || null,
    }
    return { ...device, firmware: { ...named, standing, since: at, by: null, was: null } }
  }
  if (typeof params?.['was'] !== 'string') return device
  const word = code.slice('device.'.length)
  if (links.has(word)) return { ...device, link: word as DeviceRow['link'] }
  return healths.has(word) ? { ...device, health: word as DeviceRow['health'] } : device
}

/** Carries what the devices are through one entry, as far as the scorecard asks for it at the end. */
const follow = (devices: Devices, { at, body, records }: RecordedEntry) => {
  if (body?.kind === 'config')
    for (const { id, kind } of body.file.devices) {
      const known = devices.get(id) ?? { id, link: 'unknown', health: 'ok', manifest: null }
      devices.set(id, { ...known, kind })
    }
  if (body?.kind === 'manifest') {
    const known = devices.get(body.device)
    if (known !== undefined) devices.set(body.device, { ...known, manifest: body.manifest })
  }
  for (const record of records ?? []) {
    const known = record.kind === 'device' ? devices.get(record.device ?? '') : undefined
    if (known !== undefined) devices.set(known.id, withRecord(known, record, at))
  }
}

const asScored = (entry: RecordedEntry): ScoreEntry => ({ ...entry, body: () => entry.body })

const isErased = ({ body, records }: RecordedEntry) => body === null || records === null

const beginOf = (day: RecordedDay): number => ownEntries(day)[0]?.at ?? day.fromMs

/**
 * @param days in order of time; what lies between two of them is not counted.
 * @throws UsherError `firmware.no-model`
 */
export const scoreDays = (days: readonly RecordedDay[], model?: string): ScoreAnswer => {
  const [first] = days
  const devices: Devices = first === undefined ? new Map() : storedDevices(first)
  const from = first === undefined ? 0 : beginOf(first)
  // What leads from the checkpoint to a later day is the day before's.
  for (const entry of first?.entries ?? []) if (entry.at < from) follow(devices, entry)
  const card = createScorecard(from, [...devices.keys()])
  let to = from
  let entries = 0
  let erased = 0
  for (const [index, day] of days.entries()) {
    const own = ownEntries(day)
    if (index > 0 && day.fromMs !== days[index - 1]?.toMs) card.skip(beginOf(day))
    for (const entry of own) {
      follow(devices, entry)
      card.take(asScored(entry))
      if (isErased(entry)) erased += 1
    }
    entries += own.length
    to = own.at(-1)?.at ?? to
  }
  const all = card.end([...devices.values()], to)
  const rows = model === undefined ? all : all.filter((row) => row.model === model)
  if (model !== undefined && rows.length === 0) throw new UsherError('firmware.no-model', model)
  return { from, to, entries, erased, rows }
}
