/** Where robots can go to be out of the way, and what of a branch can be asked to move or to show something. */
import type { CapabilityName } from '#protocol/capabilities.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import { type BranchView, type DeviceRow, mayBeThere, type PlaceRow } from '#protocol/model.ts'
import type { Spot } from '#protocol/targets.ts'

const spotOf = ({ id, zone, at }: PlaceRow): Spot => ({
  place: id,
  zone,
  ...(at?.map === undefined
    ? {}
    : {
        pose: {
          map: at.map,
          x: at.x,
          y: at.y,
          ...(at.theta === undefined ? {} : { theta: at.theta }),
        },
      }),
})

/** Rest places and chargers outside the zones to be avoided, ways in and out, and keep-clear parts; rest places first. */
export const havens = (model: BranchView, avoid: readonly string[]): Spot[] => {
  const usable = model.places().filter(({ id, zone, kind }) => {
    const around = model.zone(zone)
    return (
      (kind === 'rest' || kind === 'charger') &&
      !avoid.includes(zone) &&
      around?.kind !== 'entrance' &&
      around?.kind !== 'exit' &&
      around?.keepClear.includes(id) !== true
    )
  })
  const rests = usable.filter(({ kind }) => kind === 'rest')
  return [...rests, ...usable.filter(({ kind }) => kind === 'charger')].map(spotOf)
}

const canBeAsked = (device: DeviceRow, capability: CapabilityName): boolean =>
  mayBeThere(device) &&
  device.willingness === 'open' &&
  device.health !== 'faulted' &&
  device.manifest?.capabilities[capability] !== undefined

/** Ids of devices of this kind that can be asked for this now. */
export const askable = (
  model: BranchView,
  kind: DeviceKind,
  { capability, zone }: { capability: CapabilityName; zone?: string },
): string[] =>
  model
    .devices()
    .filter(
      (device) =>
        device.kind === kind &&
        (zone === undefined || device.zone === zone) &&
        canBeAsked(device, capability),
    )
    .map((device) => device.id)
