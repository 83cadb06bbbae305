/**
 * Puts a branch file in force while the branch runs: rows that still exist keep what was sensed of them, new ones
 * begin, removed ones are taken out of service, and running work is left alone.
 */
import type { FlowSettingRow } from '#protocol/model.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { Table } from '../engine/rows.ts'
import type { Turn } from '../engine/turn.ts'
import { leaveAlerts, offerAlerts } from './alert-turns.ts'
import { applyExperts, followKiosk } from './calls.ts'
import { applyCampaigns } from './campaigns.ts'
import { armClock } from './clock.ts'
import * as declared from './declared-rows.ts'
import { refreshConfigs, withholdConfig } from './device-config.ts'
import type { BranchFile } from './file.ts'
import { forgetFirmwareAlert, tellOfFirmware } from './firmware.ts'
import { allowedManifest } from './manifests.ts'
import { followBounds } from './proposal-rows.ts'
import { branchOf, fileOf, putBranch, putFile } from './rows.ts'
import { applyRecording } from './sales.ts'
import { setFlow } from './settings.ts'
import { keepPlan } from './versions-kept.ts'
import { putVisit } from './visits.ts'

/** Marks what a person did not do, so that a device declared again is open again. */
const removedBy = 'branch-file'

interface Listed {
  readonly id: string
}

const merge = <Row, Item extends Listed>(
  table: Table<Row>,
  items: readonly Item[],
  make: (item: Item, known: Row | undefined) => Row,
) => {
  for (const item of items) table.put(item.id, make(item, table.get(item.id)))
}

const dropMissing = (table: Table<unknown>, items: readonly Listed[]) => {
  const listed = new Set(items.map((item) => item.id))
  for (const key of table.keys()) if (!listed.has(key)) table.drop(key)
}

const applyPlaces = (turn: Turn, file: BranchFile, before: BranchFile | undefined) => {
  const { zones, places, services, counters } = turn.state
  merge(zones, file.zones, declared.zoneRow)
  merge(places, file.places, declared.placeRow)
  merge(services, file.services, declared.serviceRow)
  merge(counters, file.counters, (item, known) => declared.counterRow(item, { known, at: turn.at }))
  applyCampaigns(turn, file, before)
  dropMissing(zones, file.zones)
  dropMissing(places, file.places)
  dropMissing(services, file.services)
  dropMissing(counters, file.counters)
  for (const visit of turn.state.visits.values())
    if (visit.zone !== null && !zones.has(visit.zone)) putVisit(turn, visit.id, { zone: null })
}

const applyDevices = (turn: Turn, file: BranchFile) => {
  const { devices } = turn.state
  const listed = new Set(file.devices.map((device) => device.id))
  for (const item of file.devices) {
    const row = declared.deviceRow(item, { known: devices.get(item.id), at: turn.at })
    const open =
      row.willingnessBy === removedBy ? ({ willingness: 'open', willingnessBy: null } as const) : {}
    devices.put(item.id, { ...row, ...open, manifest: allowedManifest(turn.state, item.id) })
    if (row.willingnessBy !== removedBy) continue
    tellOfFirmware(turn, item.id)
    followKiosk(turn, item.id)
  }
  for (const row of devices.values()) {
    if (listed.has(row.id) || row.willingnessBy === removedBy) continue
    devices.put(row.id, { ...row, willingness: 'out-of-service', willingnessBy: removedBy, heldUntil: null })
    withholdConfig(turn, row.id)
    forgetFirmwareAlert(turn, row.id)
    turn.record({ kind: 'device', device: row.id, code: 'device.removed' })
    turn.tell({ type: 'device.willingness', device: row.id })
    followKiosk(turn, row.id)
  }
}

const applyStaff = (turn: Turn, file: BranchFile) => {
  const { staff } = turn.state
  const listed = new Set(file.staff.map((person) => person.id))
  merge(staff, file.staff, declared.staffRow)
  for (const row of staff.values()) {
    if (listed.has(row.id) || !row.onDuty) continue
    staff.put(row.id, { ...row, onDuty: false, serving: null })
    turn.tell({ type: 'duty.changed', person: row.id })
    leaveAlerts(turn, row.id)
  }
  offerAlerts(turn)
}

type FlowSection = BranchFile['flows'][string]

const settingOf = ({ autonomy, policy }: FlowSection) => ({ autonomy, policy })

/** A flow is set again only where the file's own section changed, so that a manager's change outlives other edits. */
const applyFlows = (
  turn: Turn,
  file: BranchFile,
  { before, by }: { before: BranchFile | undefined; by: string },
) => {
  for (const [flow, section] of Object.entries(file.flows)) {
    const was: FlowSection | undefined = before?.flows[flow]
    // Other bounds alone change nothing that is set.
    if (was !== undefined && canonicalJson(settingOf(was)) === canonicalJson(settingOf(section))) continue
    const row: FlowSettingRow | undefined = turn.state.flowSettings.get(flow)
    if (row !== undefined) turn.state.flowSettings.put(flow, { ...row, policy: {} })
    setFlow(turn, flow, { ...section, by })
  }
}

export interface ConfigEntry {
  readonly file: BranchFile
  /** The revision its editor had read. */
  readonly revision: number
  readonly by: string
  /** SHA-256 of the file it was read from. */
  readonly source?: string
}

export const applyConfig = (turn: Turn, { file, revision, by, source }: ConfigEntry) => {
  const before = fileOf(turn.state)
  const first = before === undefined
  putFile(turn.state, file)
  if (source !== undefined) turn.state.meta.put('source', { source })
  putBranch(turn.state, {
    ...(first && { mode: file.mode, modeBy: 'start', modeAt: turn.at }),
    languages: file.languages,
    quiet: file.quiet,
    timeZone: file.timeZone,
    revision: revision + 1,
  })
  keepPlan(turn, file, { revision: revision + 1, by, before })
  applyPlaces(turn, file, before)
  applyDevices(turn, file)
  applyStaff(turn, file)
  applyExperts(turn, file, before)
  applyRecording(turn, file, before)
  applyFlows(turn, file, { before, by })
  followBounds(turn, by)
  armClock(turn)
  refreshConfigs(turn)
  turn.record({
    kind: 'policy',
    code: 'config.applied',
    params: { by, revision: branchOf(turn.state).revision },
  })
  turn.stir()
}
