/** Troubles with the CMS in the words of a task: whether anything may have begun, and what is wrong. */
import {
  DeviceBusy,
  type DeviceError,
  DeviceFault,
  DeviceUnauthorised,
  DeviceUnreachable,
  DeviceUnsupported,
} from '../sdk/errors.ts'
import type { CmsTrouble } from './cms/trouble.ts'

/** Why all screens are out of order while the CMS is in that state. */
export const conditionOf = ({ kind }: CmsTrouble): string => {
  if (kind === 'unauthorised' || kind === 'forbidden') return 'cms-refuses'
  if (kind === 'odd') return 'cms-odd-answer'
  if (kind === 'limited') return 'cms-limits'
  return kind === 'broken' ? 'cms-broken' : 'cms-unreachable'
}

export const mishapOf = (trouble: CmsTrouble): DeviceError => {
  const { kind, message, mayBeDone, property } = trouble
  const about = { cause: trouble, begun: mayBeDone }
  switch (kind) {
    case 'unauthorised':
    case 'forbidden':
      return new DeviceUnauthorised(message, { ...about, code: 'cms-refuses' })
    case 'missing':
      return new DeviceUnsupported(message, { ...about, code: 'layout-missing' })
    case 'rejected':
      // The CMS says so of a display that never registered for pushed commands.
      return property === 'xmrChannel' || property === 'xmrPubKey' || property === 'xmrAddress'
        ? new DeviceFault(message, { ...about, code: 'display-not-ready' })
        : new DeviceUnsupported(message, { ...about, code: 'cms-rejects' })
    case 'limited':
      return new DeviceBusy(message, { ...about, code: 'cms-limits' })
    default:
      return new DeviceUnreachable(message, {
        ...about,
        code: mayBeDone ? 'cms-no-answer' : conditionOf(trouble),
      })
  }
}
