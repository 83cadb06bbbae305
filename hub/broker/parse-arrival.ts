/** What a device may send, checked against the contract: the one edge at which MQTT messages become inputs. */
import { z } from 'zod'
import type { ErrorCode } from '#protocol/errors.ts'
import { type EventData, type EventName, events, isEventName, vendorEvent } from '#protocol/events.ts'
import { DeviceState, EnrolRequest, Manifest, Numbered, Presence, Report } from '#protocol/messages.ts'
import { type DeviceTopic, parseTopic } from '#protocol/topics.ts'
import type { EntryBody, Numbering } from '../engine/entry.ts'
import type { Arrival } from './port.ts'
import { type JsonLimits, readJson } from './strict-json.ts'

export type Parsed =
  | {
      readonly what: 'input'
      readonly body: EntryBody
      readonly cause?: string
      readonly numbering?: Numbering
    }
  | { readonly what: 'enrol'; readonly csr: string }
  | { readonly what: 'stream'; readonly name: string; readonly data: Record<string, unknown> }
  | {
      readonly what: 'bad'
      readonly code: ErrorCode
      readonly detail?: string
      readonly numbering?: Numbering
    }

type Checked<T> = { readonly good: T } | { readonly bad: Parsed }

const issuesShown = 3

type Check<T> = (value: unknown) => Checked<T>

/** Compiled with the first message of its kind: a branch says the same few things all day, and a start waits for none. */
const checkOf = <S extends z.ZodType>(schema: S): Check<z.infer<S>> => {
  let compiled: S | undefined
  return (value) => {
    compiled ??= z.compile(schema)
    const result = compiled.safeParse(value)
    if (result.success) return { good: result.data }
    const detail = result.error.issues
      .slice(0, issuesShown)
      .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}.`)
      .join(' ')
    return { bad: { what: 'bad', code: 'payload.invalid', detail } }
  }
}

const checks = {
  numbered: checkOf(Numbered),
  presence: checkOf(Presence),
  manifest: checkOf(Manifest),
  state: checkOf(DeviceState),
  report: checkOf(Report),
  enrol: checkOf(EnrolRequest),
  vendorEvent: checkOf(vendorEvent),
}

const eventChecks = Object.fromEntries(
  Object.entries(events).map(([name, schema]) => [name, checkOf(schema)]),
) as { readonly [N in EventName]: Check<EventData<N>> }

const eventBody = (device: string, name: string, value: Record<string, unknown>): Checked<EntryBody> => {
  if (isEventName(name)) {
    const data = eventChecks[name](value)
    return 'bad' in data ? data : { good: { kind: 'event', device, name, data: data.good } }
  }
  if (!name.startsWith('x-')) return { bad: { what: 'bad', code: 'event.unknown', detail: name } }
  const { boot: _boot, n: _n, ...own } = value
  const data = checks.vendorEvent(own)
  return 'bad' in data
    ? data
    : { good: { kind: 'event', device, name: name as `x-${string}`, data: data.good } }
}

type Journalled =
  | Exclude<DeviceTopic, { channel: 'enrol' | 'stream' }>
  | { channel: 'presence' | 'manifest' | 'state' }

const bodyOf = (device: string, topic: Journalled, value: Record<string, unknown>): Checked<EntryBody> => {
  switch (topic.channel) {
    case 'event':
      return 'name' in topic ? eventBody(device, topic.name, value) : unknownTopic
    case 'presence': {
      const presence = checks.presence(value)
      return 'bad' in presence ? presence : { good: { kind: 'presence', device, presence: presence.good } }
    }
    case 'manifest': {
      const manifest = checks.manifest(value)
      return 'bad' in manifest ? manifest : { good: { kind: 'manifest', device, manifest: manifest.good } }
    }
    case 'state': {
      const state = checks.state(value)
      return 'bad' in state ? state : { good: { kind: 'state', device, state: state.good } }
    }
    case 'report': {
      const report = checks.report(value)
      if ('bad' in report) return report
      return 'task' in topic
        ? { good: { kind: 'report', device, task: topic.task, report: report.good } }
        : unknownTopic
    }
    default:
      return unknownTopic
  }
}

const unknownTopic: { readonly bad: Parsed } = { bad: { what: 'bad', code: 'topic.unknown' } }

const numberingOf = (value: Record<string, unknown>): Checked<Numbering | undefined> => {
  const numbered = checks.numbered(value)
  if ('bad' in numbered) return numbered
  const { boot, n } = numbered.good
  return { good: boot === undefined || n === undefined ? undefined : { boot, n } }
}

const mayBeRetained = new Set(['presence', 'manifest'])

export const parseArrival = (arrival: Arrival, limits: JsonLimits): Parsed => {
  const topic = parseTopic(arrival.topic)
  if (topic === undefined || topic.channel === 'hub') return unknownTopic.bad
  if (arrival.retain && !mayBeRetained.has(topic.channel)) return { what: 'bad', code: 'topic.retain' }
  const read = readJson(arrival.payload, limits)
  if ('fault' in read) return { what: 'bad', ...read.fault }
  if (topic.channel === 'stream') return { what: 'stream', name: topic.name, data: read.value }
  if (topic.channel === 'enrol') {
    const request = checks.enrol(read.value)
    return 'bad' in request ? request.bad : { what: 'enrol', csr: request.good.csr }
  }
  const numbering = numberingOf(read.value)
  if ('bad' in numbering) return numbering.bad
  const body = bodyOf(arrival.device, topic as Journalled, read.value)
  const numbered = numbering.good === undefined ? {} : { numbering: numbering.good }
  if ('bad' in body) return { ...body.bad, ...numbered }
  const { good } = body
  if (good.kind !== 'report') return { what: 'input', body: good, ...numbered }
  return { what: 'input', body: good, cause: `${good.task}/${good.report.attempt}`, ...numbered }
}
