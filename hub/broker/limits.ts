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

const limit = (value: number, unit: string, range: readonly [number, number], reason: string): Limit => ({
  value,
  unit,
  min: range[0],
  max: range[1],
  reason,
})

/** Name → default, unit, allowed range, and why it is there. */
export const limitTable = {
  connectBytesMax: limit(
    4_096,
    'bytes',
    [256, 65_536],
    'Largest CONNECT, and all a connection may send before it is signed in: without it, anyone can announce 200 MB and have it buffered.',
  ),
  packetBytesMax: limit(
    262_144,
    'bytes',
    [1_024, 16_777_216],
    'Largest packet of a signed-in device; the largest message of the contract is far smaller.',
  ),
  packetsPerSecond: limit(
    200,
    'packets/s',
    [1, 1_000_000],
    'One device cannot take the hub from the others. Above it the connection is read more slowly; nothing is lost.',
  ),
  packetsBurst: limit(
    400,
    'packets',
    [1, 1_000_000],
    'What a device has kept while the line was down may come at once.',
  ),
  gatewayPacketsPerSecond: limit(
    2_000,
    'packets/s',
    [1, 1_000_000],
    'A gateway speaks for many devices over one connection.',
  ),
  packetsPerRead: limit(
    64,
    'packets',
    [1, 10_000],
    'Packets of one connection handled in one go, so that the next connection is not kept waiting.',
  ),
  connectTimeoutMs: limit(
    5_000,
    'ms',
    [100, 60_000],
    'A connection that does not say CONNECT holds a socket for nothing.',
  ),
  handshakeTimeoutMs: limit(
    10_000,
    'ms',
    [500, 120_000],
    'The same for a TLS handshake; slow devices need some seconds.',
  ),
  hookTimeoutMs: limit(
    5_000,
    'ms',
    [100, 60_000],
    'Signing in that never gets an answer would keep its socket for ever.',
  ),
  heldAckMsMax: limit(
    1_000,
    'ms',
    [10, 60_000],
    'An unacknowledged message also holds the answer to a ping: if the disk does not take it by then, the connection is closed and the device sends it again.',
  ),
  keepAliveSecondsMax: limit(
    120,
    's',
    [1, 65_535],
    'A device that fell silent is noticed within one and a half times its keep-alive; 0 (never) is refused.',
  ),
  connectionsMax: limit(2_000, 'connections', [1, 100_000], 'Bounds file handles and memory.'),
  connectionsPerAddressMax: limit(
    64,
    'connections',
    [1, 100_000],
    'One address in the network cannot take all connections; the loopback address is exempt.',
  ),
  connectsPerSecond: limit(
    200,
    'connections/s',
    [1, 100_000],
    'Handshakes are the dearest thing a stranger can ask for.',
  ),
  connectsBurst: limit(
    1_000,
    'connections',
    [1, 100_000],
    'After a restart of the hub every device of a branch comes back at once.',
  ),
  takeoversPerMinute: limit(
    30,
    'connections/min',
    [1, 10_000],
    'Two clients with one id throw each other out for ever: above this rate the id is refused for a while.',
  ),
  claimFailuresPerMinute: limit(
    5,
    'attempts/min',
    [1, 100],
    'Wrong claim codes, for each device and each address: makes guessing hopeless.',
  ),
  claimLifeMs: limit(
    900_000,
    'ms',
    [10_000, 86_400_000],
    'A claim code is typed within minutes of being made.',
  ),
  certificateDays: limit(
    397,
    'days',
    [1, 397],
    'How long a certificate is good for; the longest that browsers accept too.',
  ),
  filtersMax: limit(20, 'filters', [4, 10_000], 'Subscriptions of one device; it has five topics to read.'),
  gatewayFiltersMax: limit(
    2_500,
    'filters',
    [4, 100_000],
    'Subscriptions of one gateway: five topics for each of its devices.',
  ),
  topicLevelsMax: limit(8, 'levels', [7, 100], 'The longest topic of the contract has seven levels.'),
  topicBytesMax: limit(512, 'bytes', [256, 65_535], 'Topics, filters, client ids and user names.'),
  payloadBytesMax: limit(
    65_536,
    'bytes',
    [1_024, 1_048_576],
    'The largest useful message is a queue snapshot of 500 tickets.',
  ),
  payloadDepthMax: limit(
    16,
    'levels',
    [4, 100],
    'Deep nesting is never meant and costs stack in everything that walks it.',
  ),
  badMessagesPerMinute: limit(
    30,
    'messages/min',
    [1, 10_000],
    'A device that sends nothing but bad messages is broken; it is disconnected and shows up as such.',
  ),
  inboundQos2Max: limit(
    16,
    'messages',
    [1, 1_000],
    'Half-open QoS 2 exchanges, where QoS 2 is accepted at all (devices use QoS 1).',
  ),
  unreadBytesMax: limit(
    262_144,
    'bytes',
    [4_096, 67_108_864],
    'A device that does not read is closed when this much waits for it, before it slows down the others.',
  ),
  drainTimeoutMs: limit(
    5_000,
    'ms',
    [100, 60_000],
    'The same for one that reads too slowly to ever catch up.',
  ),
  deliveriesMax: limit(
    2_000,
    'messages',
    [100, 100_000],
    'Deliveries in progress at once: one slow device must not use them all up.',
  ),
  sweepMs: limit(
    250,
    'ms',
    [10, 10_000],
    'How often held acknowledgements, unread bytes and expired certificates are looked at.',
  ),
  retainedMax: limit(
    5_000,
    'topics',
    [10, 1_000_000],
    'Retained messages in memory: presence, manifest and config of 1,500 devices, and the hub itself.',
  ),
  offlineQueueMax: limit(
    1_000,
    'messages',
    [1, 100_000],
    'Kept for one absent client where sessions are kept at all (for devices they are not).',
  ),
  telemetryPeriodMs: limit(
    1_000,
    'ms',
    [100, 60_000],
    'Telemetry at QoS 0 (battery, place, progress) is journalled at most this often for each device and name.',
  ),
  telemetryRefreshMs: limit(
    30_000,
    'ms',
    [1_000, 600_000],
    'Unchanged telemetry is journalled this often, so that silence can be told from no news.',
  ),
  ackPeriodMs: limit(
    50,
    'ms',
    [1, 10_000],
    'The cumulative acknowledgement of a device is sent at most this often.',
  ),
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
