/**
 * What is wrong with the queue system, as the device's own state: one part that is missing makes it degraded, and when nothing
 * is heard of it any more it is out of order.
 */
import type { DeviceHandle } from '../sdk/adapter.ts'

/** Reasons that last as long as the thing itself. */
export const standing = [
  'vendor-broker-unreachable',
  'vendor-broker-refuses',
  'csv-file-missing',
  'snapshot-unreachable',
  'snapshot-refused',
  'snapshot-unusable',
] as const
/** Reasons that are held for a while after it was last seen. */
export const passing = ['tickets-missed', 'counts-differ', 'messages-not-understood'] as const
export type Standing = (typeof standing)[number]
export type Passing = (typeof passing)[number]

/** By which the system is heard. */
export type Channel = 'webhook' | 'broker' | 'csv' | 'snapshot'

const channelOf: Readonly<Record<Standing, Channel>> = {
  'vendor-broker-unreachable': 'broker',
  'vendor-broker-refuses': 'broker',
  'csv-file-missing': 'csv',
  'snapshot-unreachable': 'snapshot',
  'snapshot-refused': 'snapshot',
  'snapshot-unusable': 'snapshot',
}

export interface ConditionParts {
  readonly device: Pick<DeviceHandle, 'state'>
  readonly channels: readonly Channel[]
  readonly now: () => number
  /** How long something that went wrong is worth telling. */
  readonly holdMs: number
}

export const createCondition = ({ device, channels, now, holdMs }: ConditionParts) => {
  const lasting = new Set<Standing>()
  const seenAt = new Map<Passing, number>()
  let told = ''
  const tell = () => {
    const down = new Set([...lasting].map((reason) => channelOf[reason]))
    const reasons = [...lasting, ...seenAt.keys()].sort()
    const isDeaf = channels.length > 0 && channels.every((channel) => down.has(channel))
    const level = isDeaf ? 'faulted' : reasons.length > 0 ? 'degraded' : 'ok'
    const health = { level, ...(reasons.length > 0 && { reasons }) } as const
    const text = JSON.stringify(health)
    if (text === told) return
    told = text
    device.state({ health })
  }
  return {
    is(reason: Standing, isSo: boolean) {
      if (lasting.has(reason) === isSo) return
      if (isSo) lasting.add(reason)
      else lasting.delete(reason)
      tell()
    },
    /** Just now. */
    saw(reason: Passing) {
      seenAt.set(reason, now())
      tell()
    },
    look() {
      for (const [reason, at] of seenAt) if (now() - at >= holdMs) seenAt.delete(reason)
      tell()
    },
  }
}
export type Condition = ReturnType<typeof createCondition>
