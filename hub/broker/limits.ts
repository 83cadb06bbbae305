/**
 * Every limit of the broker, with its default and its reason: aedes itself limits neither sizes nor rates nor
 * connections. docs/operations/broker-limits.md lists exactly these.
 */
import { z } from 'zod'

interface Limit {
  readonly value: number
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly reason: string
}

/** Name → default, unit, allowed range, and why it is there. */
export const limitTable = {
  connectBytesMax: {
    value: 4_096,
    unit: 'bytes',
    min: 256,
    max: 65_536,
    reason:
      'Largest CONNECT, and all a connection may send before it is signed in: without it, anyone can announce 200 MB and have it buffered.',
  },
  packetBytesMax: {
    value: 262_144,
    unit: 'bytes',
    min: 1_024,
    max: 16_777_216,
    reason: 'Largest packet of a signed-in device; the largest message of the contract is far smaller.',
  },
  packetsPerSecond: {
    value: 200,
    unit: 'packets/s',
    min: 1,
    max: 1_000_000,
    reason:
      'One device cannot take the hub from the others. Above it the connection is read more slowly; nothing is lost.',
  },
  packetsBurst: {
    value: 400,
    unit: 'packets',
    min: 1,
    max: 1_000_000,
    reason: 'What a device has kept while the line was down may come at once.',
  },
  gatewayPacketsPerSecond: {
    value: 2_000,
    unit: 'packets/s',
    min: 1,
    max: 1_000_000,
    reason: 'A gateway speaks for many devices over one connection.',
  },
  packetsPerRead: {
    value: 64,
    unit: 'packets',
    min: 1,
    max: 10_000,
    reason: 'Packets of one connection handled in one go, so that the next connection is not kept waiting.',
  },
  connectTimeoutMs: {
    value: 5_000,
    unit: 'ms',
    min: 100,
    max: 60_000,
    reason: 'A connection that does not say CONNECT holds a socket for nothing.',
  },
  handshakeTimeoutMs: {
    value: 10_000,
    unit: 'ms',
    min: 500,
    max: 120_000,
    reason: 'The same for a TLS handshake; slow devices need some seconds.',
  },
  hookTimeoutMs: {
    value: 5_000,
    unit: 'ms',
    min: 100,
    max: 60_000,
    reason: 'Signing in that never gets an answer would keep its socket for ever.',
  },
  heldAckMsMax: {
    value: 1_000,
    unit: 'ms',
    min: 10,
    max: 60_000,
    reason:
      'An unacknowledged message also holds the answer to a ping: if the disk does not take it by then, the connection is closed and the device sends it again.',
  },
  keepAliveSecondsMax: {
    value: 120,
    unit: 's',
    min: 1,
    max: 65_535,
    reason:
      'A device that fell silent is noticed within one and a half times its keep-alive; 0 (never) is refused.',
  },
  connectionsMax: {
    value: 2_000,
    unit: 'connections',
    min: 1,
    max: 100_000,
    reason: 'Bounds file handles and memory.',
  },
  connectionsPerAddressMax: {
    value: 64,
    unit: 'connections',
    min: 1,
    max: 100_000,
    reason: 'One address in the network cannot take all connections; the loopback address is exempt.',
  },
  connectsPerSecond: {
    value: 200,
    unit: 'connections/s',
    min: 1,
    max: 100_000,
    reason: 'Handshakes are the dearest thing a stranger can ask for.',
  },
  connectsBurst: {
    value: 1_000,
    unit: 'connections',
    min: 1,
    max: 100_000,
    reason: 'After a restart of the hub every device of a branch comes back at once.',
  },
  challengeLifeMs: {
    value: 30_000,
    unit: 'ms',
    min: 1_000,
    max: 600_000,
    reason: 'A web page signs its challenge at once; an answer that somebody kept is good for nothing later.',
  },
  takeoversPerMinute: {
    value: 30,
    unit: 'connections/min',
    min: 1,
    max: 10_000,
    reason:
      'Two clients with one id throw each other out for ever: above this rate the id is refused for a while.',
  },
  claimFailuresPerMinute: {
    value: 5,
    unit: 'attempts/min',
    min: 1,
    max: 100,
    reason: 'Wrong claim codes, for each device and each address: makes guessing hopeless.',
  },
  claimLifeMs: {
    value: 900_000,
    unit: 'ms',
    min: 10_000,
    max: 86_400_000,
    reason: 'A claim code is typed within minutes of being made.',
  },
  certificateDays: {
    value: 397,
    unit: 'days',
    min: 1,
    max: 397,
    reason: 'How long a certificate is good for; the longest that browsers accept too.',
  },
  filtersMax: {
    value: 20,
    unit: 'filters',
    min: 4,
    max: 10_000,
    reason: 'Subscriptions of one device; it has five topics to read.',
  },
  gatewayFiltersMax: {
    value: 2_500,
    unit: 'filters',
    min: 4,
    max: 100_000,
    reason: 'Subscriptions of one gateway: five topics for each of its devices.',
  },
  topicLevelsMax: {
    value: 8,
    unit: 'levels',
    min: 7,
    max: 100,
    reason: 'The longest topic of the contract has seven levels.',
  },
  topicBytesMax: {
    value: 512,
    unit: 'bytes',
    min: 256,
    max: 65_535,
    reason: 'Topics, filters, client ids and user names.',
  },
  payloadBytesMax: {
    value: 65_536,
    unit: 'bytes',
    min: 1_024,
    max: 1_048_576,
    reason: 'The largest useful message is a queue snapshot of 500 tickets.',
  },
  payloadDepthMax: {
    value: 16,
    unit: 'levels',
    min: 4,
    max: 100,
    reason: 'Deep nesting is never meant and costs stack in everything that walks it.',
  },
  badMessagesPerMinute: {
    value: 30,
    unit: 'messages/min',
    min: 1,
    max: 10_000,
    reason:
      'A device that sends nothing but bad messages is broken; it is disconnected and shows up as such.',
  },
  inboundQos2Max: {
    value: 16,
    unit: 'messages',
    min: 1,
    max: 1_000,
    reason: 'Half-open QoS 2 exchanges, where QoS 2 is accepted at all (devices use QoS 1).',
  },
  unreadBytesMax: {
    value: 262_144,
    unit: 'bytes',
    min: 4_096,
    max: 67_108_864,
    reason:
      'A device that does not read is closed when this much waits for it, before it slows down the others.',
  },
  drainTimeoutMs: {
    value: 5_000,
    unit: 'ms',
    min: 100,
    max: 60_000,
    reason: 'The same for one that reads too slowly to ever catch up.',
  },
  deliveriesMax: {
    value: 2_000,
    unit: 'messages',
    min: 100,
    max: 100_000,
    reason: 'Deliveries in progress at once: one slow device must not use them all up.',
  },
  sweepMs: {
    value: 250,
    unit: 'ms',
    min: 10,
    max: 10_000,
    reason: 'How often held acknowledgements, unread bytes and expired certificates are looked at.',
  },
  retainedMax: {
    value: 5_000,
    unit: 'topics',
    min: 10,
    max: 1_000_000,
    reason:
      'Retained messages in memory: presence, manifest and config of 1,500 devices, and the hub itself.',
  },
  offlineQueueMax: {
    value: 1_000,
    unit: 'messages',
    min: 1,
    max: 100_000,
    reason: 'Kept for one absent client where sessions are kept at all (for devices they are not).',
  },
  telemetryPeriodMs: {
    value: 1_000,
    unit: 'ms',
    min: 100,
    max: 60_000,
    reason:
      'Telemetry at QoS 0 (battery, place, progress) is journalled at most this often for each device and name.',
  },
  telemetryRefreshMs: {
    value: 30_000,
    unit: 'ms',
    min: 1_000,
    max: 600_000,
    reason:
      'Unchanged telemetry is journalled this often, and at least once a heartbeat of the device, so that silence can be told from no news.',
  },
  ackPeriodMs: {
    value: 50,
    unit: 'ms',
    min: 1,
    max: 10_000,
    reason: 'The cumulative acknowledgement of a device is sent at most this often.',
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limitTable
export type BrokerLimits = { readonly [name in LimitName]: number }

const field = (row: Limit) => z.number().int().min(row.min).max(row.max).default(row.value)

/** Settings file section: each limit may be set, none has to be. */
export const BrokerLimitsSettings = z
  .strictObject(
    Object.fromEntries(Object.entries(limitTable).map(([name, row]) => [name, field(row)])) as {
      [name in LimitName]: ReturnType<typeof field>
    },
  )
  .prefault({})

/** @returns the limits with those given set. */
export const brokerLimits = (given: Partial<BrokerLimits> = {}): BrokerLimits =>
  BrokerLimitsSettings.parse(given)
