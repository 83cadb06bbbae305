/** Which kiosks a visitor may be sent to. One definition, so that nobody is invited to a machine that cannot take them. */
import { type BranchView, type DeviceRow, mayBeThere } from './model.ts'

/** The lease on a kiosk that someone has been promised. */
export const kioskClaim = (kiosk: string) => `kiosk:${kiosk}`

/** It works and is open to dispatch; who uses it is another question. */
export const isKioskFit = (device: DeviceRow): boolean =>
  device.kind === 'kiosk' && mayBeThere(device) && device.health === 'ok' && device.willingness === 'open'

/** Fit, used by nobody and promised to nobody. */
export const freeKiosks = (view: BranchView): readonly DeviceRow[] =>
  view
    .devices()
    .filter(
      (device) =>
        isKioskFit(device) &&
        device.session === null &&
        !view.isOccupied(device.id) &&
        !view.isClaimed(kioskClaim(device.id)),
    )
