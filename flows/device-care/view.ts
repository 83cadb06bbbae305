/** What device care sees of the branch: one device, how many others are lost, and where a robot could charge. */
import { type BranchView, type DeviceRow, type Mode, mayBeThere } from '#protocol/model.ts'

export interface DeviceSeen
  extends Pick<
    DeviceRow,
    | 'id'
    | 'kind'
    | 'zone'
    | 'link'
    | 'linkAt'
    | 'health'
    | 'healthAt'
    | 'updatingForMs'
    | 'willingness'
    | 'battery'
    | 'blockedSince'
    | 'heardAt'
  > {
  readonly heartbeatMs: number | null
  /** Its gateway is lost too: the gateway's alert says it for all behind it. */
  readonly gatewayLost: boolean
  readonly canDock: boolean
}

/** A robot that works, charges or is on its way to do so. */
export interface RobotSeen {
  readonly id: string
  readonly percent: number
  readonly charging: boolean
  /** It was sent to charge, and does not yet. */
  readonly leaving: boolean
}

export interface CareView {
  readonly mode: Mode
  readonly device: DeviceSeen | null
  readonly lostNow: number
  /** Of a robot: all that share its work, itself included. */
  readonly robots: readonly RobotSeen[]
  readonly chargers: readonly { readonly id: string; readonly zone: string }[]
}

const isGatewayLost = (view: BranchView, device: DeviceRow) =>
  device.gateway !== null && view.device(device.gateway)?.link === 'lost'

const isLost = (view: BranchView, device: DeviceRow) =>
  device.link === 'lost' && device.willingness !== 'out-of-service' && !isGatewayLost(view, device)

/** Held from the moment a robot is asked to charge until it does, so that the others know. */
export const chargingClaim = (device: string) => `charging:device:${device}`

/** Shares the work; one whose firmware a person has declined is asked for nothing. */
const isFit = (device: DeviceRow) =>
  device.kind === 'robot' &&
  mayBeThere(device) &&
  device.willingness === 'open' &&
  device.health !== 'faulted' &&
  device.health !== 'updating' &&
  device.firmware?.standing !== 'declined'

const seeRobots = (view: BranchView): readonly RobotSeen[] =>
  view.devices().flatMap((device) => {
    const { id, battery } = device
    if (battery === null || !isFit(device)) return []
    return [{ id, ...battery, leaving: view.isClaimed(chargingClaim(id)) }]
  })

const seeDevice = (view: BranchView, device: DeviceRow): DeviceSeen => ({
  id: device.id,
  kind: device.kind,
  zone: device.zone,
  link: device.link,
  linkAt: device.linkAt,
  health: device.health,
  healthAt: device.healthAt,
  updatingForMs: device.updatingForMs ?? null,
  willingness: device.willingness,
  battery: device.battery,
  blockedSince: device.blockedSince,
  heardAt: device.heardAt,
  heartbeatMs: device.manifest?.heartbeatMs ?? null,
  gatewayLost: isGatewayLost(view, device),
  canDock: device.manifest?.capabilities['dock'] !== undefined,
})

export const viewCare = (view: BranchView, id: string): CareView => {
  const device = view.device(id)
  return {
    mode: view.branch.mode,
    device: device === undefined ? null : seeDevice(view, device),
    lostNow: view.devices().filter((other) => isLost(view, other)).length,
    robots: device?.kind === 'robot' ? seeRobots(view) : [],
    chargers: view
      .places()
      .filter((place) => place.kind === 'charger')
      .map((place) => ({ id: place.id, zone: place.zone })),
  }
}

/** Devices worth a look each minute, whatever the policy: the instance itself decides. */
export const mightAil = (device: DeviceRow, at: number): boolean => {
  if (device.link === 'lost' || device.health === 'faulted' || device.health === 'updating') return true
  if (device.blockedSince !== null) return true
  if (device.battery !== null && !device.battery.charging && device.battery.percent <= 90) return true
  const beat = device.manifest?.heartbeatMs
  return (
    device.link === 'online' &&
    beat !== undefined &&
    device.heardAt !== null &&
    at - device.heardAt > 2 * beat
  )
}
