/**
 * What a device sent and had refused is counted, and the counts are journalled once a minute at most: a vendor is
 * judged by them later, and a flood of bad messages does not become a flood of entries. A crash loses the last minute.
 */
import { type ErrorCode, errors, isErrorCode } from '#protocol/errors.ts'
import type { Input } from '../engine/entry.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { BrokerCount, BrokerMetrics } from './metrics.ts'

export interface RefusalTallyParts {
  readonly clock: Clock
  readonly metrics: BrokerMetrics
  submit(input: Input): Promise<unknown>
}

const periodMs = 60_000

/** Codes of a message's own faults; connections refused are another matter. */
const areas: ReadonlySet<string> = new Set(['payload', 'topic', 'event', 'packet', 'qos', 'report'])

/** Being thrown out for many bad messages follows from those, which are counted already. */
const consequence: ErrorCode = 'payload.too-many-bad'

const isAboutMessage = (code: BrokerCount): code is ErrorCode =>
  isErrorCode(code) &&
  code !== consequence &&
  errors[code].fault === 'sender' &&
  areas.has(code.slice(0, code.indexOf('.')))

/** @returns the metrics, which also keep the tally. */
export const tallyRefusals = ({ clock, metrics, submit }: RefusalTallyParts): BrokerMetrics => {
  const waiting = new Map<string, Map<ErrorCode, number>>()
  const tell = (device: string) => {
    const counts = Object.fromEntries([...(waiting.get(device) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)))
    waiting.delete(device)
    // A figure that cannot be kept is lost; the device has had its answer.
    submit({ body: { kind: 'refused', device, counts } }).catch(() => undefined)
  }
  const add = (device: string, code: ErrorCode) => {
    const counts = waiting.get(device) ?? new Map<ErrorCode, number>()
    counts.set(code, (counts.get(code) ?? 0) + 1)
    if (waiting.has(device)) return
    waiting.set(device, counts)
    clock.after(periodMs, () => tell(device))
  }
  return {
    count: (code, device) => {
      metrics.count(code, device)
      if (device !== null && isAboutMessage(code)) add(device, code)
    },
  }
}
