/** What crowding sees: one zone with its count and what is in it, or one robot that stands where it must not. */
import { type BranchView, type DeviceRow, fresh, type Mode } from '#protocol/model.ts'
import type { Spot } from '#protocol/targets.ts'
import { askable, havens } from '../havens.ts'

export interface CrowdingView {
  readonly languages: readonly string[]
  /** Robots may be sent away: movement is allowed, and the mode lets them. */
  readonly robotsMay: boolean
  readonly zone: {
    readonly id: string
    readonly limit: number | null
    /** null: not known, or too old. */
    readonly count: number | null
  } | null
  readonly robots: readonly string[]
  readonly screens: readonly string[]
  readonly havens: readonly Spot[]
  readonly device: Pick<DeviceRow, 'id' | 'zone' | 'inKeepClearSince'> | null
}

const devicePrefix = 'device:'

export const keyOfZone = (zone: string) => `zone:${zone}`
export const keyOfDevice = (device: string) => `${devicePrefix}${device}`

const robotsMay = ({ branch }: BranchView): boolean =>
  branch.stopped === null && branch.mode !== ('cash-delivery' satisfies Mode)

const none = { zone: null, robots: [], screens: [], havens: [], device: null } as const

const viewOfDevice = (model: BranchView, id: string): CrowdingView => {
  const row = model.device(id)
  const shared = { ...none, languages: model.branch.languages, robotsMay: robotsMay(model) }
  if (row?.kind !== 'robot') return shared
  return {
    ...shared,
    robots: askable(model, 'robot', { capability: 'dock' }).filter((robot) => robot === id),
    havens: havens(model, []),
    device: { id, zone: row.zone, inKeepClearSince: row.inKeepClearSince },
  }
}

export const crowdingView = (model: BranchView, key: string): CrowdingView => {
  if (key.startsWith(devicePrefix)) return viewOfDevice(model, key.slice(devicePrefix.length))
  const zone = model.zone(key.slice(key.indexOf(':') + 1))
  const shared = { ...none, languages: model.branch.languages, robotsMay: robotsMay(model) }
  if (zone === undefined || zone.limit === null) return shared
  const count = fresh(zone.count, model.at) ?? null
  return {
    ...shared,
    zone: { id: zone.id, limit: zone.limit, count },
    robots: askable(model, 'robot', { capability: 'dock', zone: zone.id }),
    screens: askable(model, 'screen', { capability: 'display', zone: zone.id }),
    havens: havens(model, [zone.id]),
  }
}
