/**
 * The checks on both ways: a command before a handler sees it, and everything an adapter gives before it goes out. A
 * bad one is answered with its code, counted and logged; it neither goes on nor throws.
 */
import type { z } from 'zod'
import { capabilities, isCapability, vendorCapability } from '#protocol/capabilities.ts'
import { type ErrorCode, errors } from '#protocol/errors.ts'
import { events, isEventName, vendorEvent } from '#protocol/events.ts'
import { DeviceState } from '#protocol/messages.ts'
import type { JsonObject, Sent } from './adapter.ts'
import type { Counts } from './counts.ts'
import { whatIsWrong } from './manifest.ts'
import type { Log, LogFields } from './ports.ts'

type Refused = Extract<Sent, { sent: false }>
export type Checked<T> = { readonly good: T } | { readonly bad: Refused }

export interface Checks {
  /** Counts and logs it. @returns how it is answered. */
  complain(code: ErrorCode, detail: string, about?: LogFields): Refused
  command(capability: string, value: unknown): Checked<JsonObject>
  progress(capability: string, value: unknown): Checked<JsonObject>
  result(capability: string, value: unknown): Checked<JsonObject>
  event(name: string, value: unknown): Checked<object>
  state(value: unknown): Checked<object>
  stream(name: string, value: unknown): Checked<object>
}

const topicName = /^[a-z][a-z0-9.-]{0,63}$/

/** The hub reads payloads up to so many bytes, and answers what is larger with an error. */
const payloadBytesMax = 60_000

const bytesOf = (value: unknown): number => {
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

export const createChecks = (parts: { device: string; log: Log; counts: Counts }): Checks => {
  const { device, log, counts } = parts
  const complain: Checks['complain'] = (code, detail, about = {}) => {
    counts.count(code)
    const text = `${errors[code].summary} ${detail}`
    log.error(text, { code, device, ...about })
    return { sent: false, code, text }
  }
  const fits = <T>(
    schema: z.ZodType,
    value: unknown,
    on: { code: ErrorCode; about: LogFields },
  ): Checked<T> => {
    const parsed = schema.safeParse(value)
    if (!parsed.success) return { bad: complain(on.code, whatIsWrong(parsed.error), on.about) }
    const bytes = bytesOf(parsed.data)
    if (bytes <= payloadBytesMax) return { good: parsed.data as T }
    return { bad: complain(on.code, `More than ${payloadBytesMax} bytes, or not plain JSON.`, on.about) }
  }
  const rowOf = (name: string) => (isCapability(name) ? capabilities[name] : vendorCapability)
  return {
    complain,
    command: (capability, value) =>
      fits(rowOf(capability).command, value, { code: 'adapter.command', about: { capability } }),
    progress: (capability, value) =>
      fits(rowOf(capability).progress, value, { code: 'adapter.progress', about: { capability } }),
    result: (capability, value) =>
      fits(rowOf(capability).result, value, { code: 'adapter.result', about: { capability } }),
    event(name, value) {
      const on = { code: 'adapter.event', about: { event: name } } as const
      if (isEventName(name)) return fits(events[name], value, on)
      if (name.startsWith('x-') && topicName.test(name)) return fits(vendorEvent, value, on)
      return { bad: complain('adapter.event', `${name} is neither an event of the contract nor x-….`) }
    },
    state: (value) => fits(DeviceState.strict(), value, { code: 'adapter.state', about: {} }),
    stream(name, value) {
      const on = { code: 'adapter.event', about: { stream: name } } as const
      if (topicName.test(name)) return fits(vendorEvent, value, on)
      return { bad: complain('adapter.event', `${name} cannot be the name of a stream.`) }
    },
  }
}
