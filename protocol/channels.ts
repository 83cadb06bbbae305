/**
 * The channels of contract v1 as a table: who speaks, how reliably, whether the broker keeps the last message, and
 * which messages travel there. The addresses themselves are built and parsed in topics.ts.
 */
import type { z } from 'zod'
import { type EventName, events, vendorEvent } from './events.ts'
import {
  Ack,
  Credential,
  DeviceConfig,
  DeviceState,
  EnrolRequest,
  ErrorMessage,
  HubPresence,
  Manifest,
  Numbered,
  Presence,
  Report,
  TaskMessage,
} from './messages.ts'
import { type Topic, topics } from './topics.ts'

export interface Channel {
  readonly address: string
  readonly from: 'device' | 'hub'
  readonly qos: 0 | 1
  readonly retain: boolean
  readonly summary: string
  /** By the name of its JSON Schema. */
  readonly messages: Readonly<Record<string, z.ZodType>>
}

/** An event as it travels: its data, and the number that lets the hub recognise a repeat. */
const eventMessage = (name: EventName): z.ZodObject => (events[name] as z.ZodObject).extend(Numbered.shape)

const eventMessages = Object.fromEntries(
  (Object.keys(events) as EventName[]).sort().map((name) => [`event.${name}`, eventMessage(name)]),
)

const branch = '{branch}'
const device = '{device}'

export const channels: Readonly<Record<Topic['channel'], Channel>> = {
  presence: {
    address: topics.presence(branch, device),
    from: 'device',
    qos: 1,
    retain: true,
    summary: 'Online, offline or updating; also the last will (lost).',
    messages: { Presence },
  },
  manifest: {
    address: topics.manifest(branch, device),
    from: 'device',
    qos: 1,
    retain: true,
    summary: 'What the device is, what it can do and what it guarantees.',
    messages: { Manifest },
  },
  state: {
    address: topics.state(branch, device),
    from: 'device',
    qos: 0,
    retain: false,
    summary:
      'Health, battery, place, busy; the newest replaces what waits. QoS 1 for a change that must not be missed.',
    messages: { DeviceState },
  },
  stream: {
    address: topics.stream(branch, device, '{name}'),
    from: 'device',
    qos: 0,
    retain: false,
    summary: 'Positions and the like: never journalled, and never decided on.',
    messages: { 'vendor.stream': vendorEvent },
  },
  event: {
    address: topics.event(branch, device, '{name}'),
    from: 'device',
    qos: 1,
    retain: false,
    summary: 'Something the device sensed. On the embedded broker its PUBACK means: committed to disk.',
    messages: { ...eventMessages, 'vendor.event': vendorEvent },
  },
  report: {
    address: topics.report(branch, device, '{task}'),
    from: 'device',
    qos: 1,
    retain: false,
    summary:
      'What became of an attempt. Repeated unchanged whenever the same message from the hub arrives again.',
    messages: { Report },
  },
  enrol: {
    address: topics.enrol(branch, device),
    from: 'device',
    qos: 1,
    retain: false,
    summary: 'A new device that signed in with its claim code asks for its credential.',
    messages: { EnrolRequest },
  },
  task: {
    address: topics.task(branch, device),
    from: 'hub',
    qos: 1,
    retain: false,
    summary: 'Offer, start and cancel. Sent again unchanged until a report names the attempt.',
    messages: { TaskMessage },
  },
  config: {
    address: topics.config(branch, device),
    from: 'hub',
    qos: 1,
    retain: true,
    summary: 'Mode of the branch, whether machines may move, and the settings of the device.',
    messages: { DeviceConfig },
  },
  error: {
    address: topics.error(branch, device),
    from: 'hub',
    qos: 0,
    retain: false,
    summary: 'What was wrong with a message of the device: code, text, and which one.',
    messages: { ErrorMessage },
  },
  ack: {
    address: topics.ack(branch, device),
    from: 'hub',
    qos: 0,
    retain: false,
    summary: 'Every message of this boot up to and including n is committed.',
    messages: { Ack },
  },
  credential: {
    address: topics.credential(branch, device),
    from: 'hub',
    qos: 1,
    retain: false,
    summary: 'The certificate that staff approved, for the device that asked.',
    messages: { Credential },
  },
  hub: {
    address: topics.hub(branch),
    from: 'hub',
    qos: 1,
    retain: true,
    summary: 'Whether the hub is there; also its last will. A device that waits knows why.',
    messages: { HubPresence },
  },
}
