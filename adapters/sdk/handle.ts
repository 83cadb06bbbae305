/** The adapter's hand on one device: what it may say about it, checked before it goes out. */
import type { DeviceConfig } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { DeviceHandle, JsonObject, Sent } from './adapter.ts'
import type { Checks } from './checks.ts'
import type { Condition } from './condition.ts'
import type { Outgoing } from './outgoing.ts'

export interface HandleParts {
  readonly branch: string
  readonly id: string
  readonly checks: Checks
  readonly outgoing: Outgoing
  readonly condition: Condition
  readonly updating: DeviceHandle['updating']
  readonly config: () => DeviceConfig | undefined
  readonly listeners: Set<(config: DeviceConfig) => void>
}

const faultReason = 'fault'

export const createHandle = (parts: HandleParts): DeviceHandle => {
  const { branch, id, checks, outgoing, condition, config, listeners } = parts
  let fault: string | undefined

  const emit = (name: string, data: object): Sent => {
    const checked = checks.event(name, data)
    if ('bad' in checked) return checked.bad
    outgoing.keep(topics.event(branch, id, name), checked.good)
    return { sent: true }
  }
  return {
    id,
    emit: (name: string, data: object | JsonObject) => emit(name, data),
    state: (patch) => condition.patch(patch),
    stream(name, data) {
      const checked = checks.stream(name, data)
      if ('bad' in checked) return checked.bad
      outgoing.pass(topics.stream(branch, id, name), checked.good)
      return { sent: true }
    },
    fault(reason) {
      if (fault !== undefined) condition.because(fault, undefined)
      fault = reason === undefined ? undefined : reason || faultReason
      if (fault !== undefined) condition.because(fault, 'faulted')
    },
    updating: parts.updating,
    performed: (behaviour, about) => emit('behaviour.performed', { behaviour, ...about }),
    config,
    onConfig(listener) {
      listeners.add(listener)
      const known = config()
      if (known !== undefined) listener(known)
      return () => void listeners.delete(listener)
    },
  }
}
