/**
 * Which camera, line and zone of a vendor is which device and zone of the branch. What is not named here is not sensed:
 * the topics that carry faces, names and pictures are not even subscribed to.
 */
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { BrokerSettings } from '../shared/broker-line.ts'
import { BasicLogin, DoorSettings, isWholeDoor } from '../shared/http-door.ts'

const name = z.string().min(1).max(256)
/** One topic or a part of one: no wildcard may hide in it [MQTT-4.7.1]. */
const topicPart = name.regex(/^[^#+]+$/, 'without # and +')
const Direction = z.enum(['in', 'out', 'unknown'])
const Way = z.enum(['in', 'out'])

/** Somebody appears in a vendor's zone. */
const ZoneOf = z.strictObject({ zone: Id, direction: Direction.default('unknown') })
export type ZoneOf = z.infer<typeof ZoneOf>
const CountOf = z.strictObject({ device: Id, zone: Id })
/** What crossing forward means; backward is the opposite. */
const LineOf = z.strictObject({ zone: Id, direction: Way })

const common = {
  /** In logs, and the end of the path for HTTP. */
  name: Id,
  clock: z.enum(['synchronised', 'unknown']).default('synchronised'),
}

const MqttTopics = z.strictObject({ topics: z.array(name).min(1).max(64) })
/** Either the topics of the vendor's broker, or the sensor's own requests with user name and password. */
const via = {
  mqtt: MqttTopics.optional(),
  http: BasicLogin.optional(),
}

export const FrigateSource = z.strictObject({
  ...common,
  vendor: z.literal('frigate'),
  prefix: topicPart.default('frigate'),
  label: topicPart.default('person'),
  cameras: z.record(
    topicPart,
    z.strictObject({
      device: Id,
      zones: z.record(name, ZoneOf).default({}),
      /** From one zone straight into another: tells which way somebody went. */
      crossings: z.array(z.strictObject({ from: name, to: name, zone: Id, direction: Way })).default([]),
    }),
  ),
  /** Frigate's zone or camera, as in the topic `frigate/<name>/person`. */
  counts: z.record(topicPart, CountOf).default({}),
})

export const OnvifSource = z.strictObject({
  ...common,
  vendor: z.literal('onvif'),
  devices: z.array(
    z.strictObject({
      device: Id,
      /** The TopicPrefix that its event broker is configured with. */
      prefix: topicPart,
      rules: z.array(
        z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('line'),
            rule: name,
            videoSource: name.optional(),
            zone: Id,
            direction: Direction,
          }),
          z.strictObject({
            kind: z.literal('field'),
            rule: name,
            videoSource: name.optional(),
            zone: Id,
            direction: Direction.default('unknown'),
          }),
          z.strictObject({
            kind: z.literal('counter'),
            rule: name,
            videoSource: name.optional(),
            zone: Id,
            direction: Way,
          }),
          z.strictObject({
            kind: z.literal('occupancy'),
            rule: name,
            videoSource: name.optional(),
            zone: Id,
          }),
        ]),
      ),
    }),
  ),
})

export const AxisSource = z.strictObject({
  ...common,
  vendor: z.literal('axis'),
  cameras: z.array(
    z.strictObject({
      device: Id,
      /** The device topic prefix of the camera's MQTT client; by default `axis/<serial>`. */
      prefix: topicPart,
      /** `Device1Scenario1` and so on. */
      scenarios: z.record(
        topicPart,
        z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('crossline'),
            zone: Id,
            direction: Way,
            counts: z.enum(['human', 'all']).default('human'),
          }),
          z.strictObject({
            kind: z.literal('occupancy'),
            zone: Id,
            counts: z.enum(['human', 'all']).default('human'),
          }),
        ]),
      ),
    }),
  ),
})

export const MilesightSource = z.strictObject({
  ...common,
  ...via,
  vendor: z.literal('milesight'),
  /** By `device_sn`. */
  sensors: z.record(
    name,
    z.strictObject({
      device: Id,
      /** By the number of the region. */
      regions: z.record(name, z.strictObject({ zone: Id })).default({}),
      /** Everyone it sees, whatever region they are in. */
      all: z.strictObject({ zone: Id }).optional(),
      /** By the number of the line. */
      lines: z
        .record(name, LineOf.extend({ from: z.enum(['trigger', 'periodic', 'total']).default('trigger') }))
        .default({}),
    }),
  ),
})

export const XovisSource = z.strictObject({
  ...common,
  ...via,
  vendor: z.literal('xovis'),
  /** By `serial_number`. */
  sensors: z.record(
    name,
    z.strictObject({
      device: Id,
      /** Live data, by `geometry_id`. */
      zones: z.record(name, ZoneOf).default({}),
      lines: z.record(name, LineOf).default({}),
      /** Counted data, by the id of the logic: `balance` is how many are there. */
      counts: z.record(name, z.strictObject({ zone: Id })).default({}),
      /** Counted data, by the id of the logic: `fw` and `bw` are how many passed. */
      passed: z.record(name, LineOf).default({}),
    }),
  ),
})

const Source = z.discriminatedUnion('vendor', [
  FrigateSource,
  OnvifSource,
  AxisSource,
  MilesightSource,
  XovisSource,
])
export type Source = z.infer<typeof Source>
export type SourceOf<V extends Source['vendor']> = Extract<Source, { vendor: V }>

const minuteMs = 60_000

export const PeopleSensingConfig = z
  .strictObject({
    /** The vendor's side: the broker that the sensors publish to. */
    broker: BrokerSettings.optional(),
    /** Where sensors that push over HTTP reach this adapter. */
    http: DoorSettings.optional(),
    staleAfterMs: z
      .int()
      .min(minuteMs / 6)
      .max(1_440 * minuteMs)
      .default(10 * minuteMs),
    /** How long a count holds without news: past that the hub calls it unknown. */
    countPeriodMs: z
      .int()
      .min(1_000)
      .max(1_440 * minuteMs)
      .default(minuteMs),
    /** A sensor that tells changes only and has said nothing for so long may be dead: its last count is no longer repeated. */
    silentAfterMs: z
      .int()
      .min(minuteMs)
      .max(1_440 * minuteMs)
      .default(30 * minuteMs),
    sources: z.array(Source).min(1).max(64),
  })
  .superRefine((config, context) => {
    const say = (index: number, message: string) =>
      context.addIssue({ code: 'custom', message, path: ['sources', index] })
    const names = new Set<string>()
    for (const [index, source] of config.sources.entries()) {
      if (names.has(source.name)) say(index, `the name ${source.name} is there twice`)
      names.add(source.name)
      if (usesBroker(source) && config.broker === undefined) say(index, 'needs a broker')
      const door = doorOf(source)
      if (door !== undefined && config.http === undefined) say(index, 'needs http')
      if (!usesBroker(source) && door === undefined) say(index, 'needs mqtt or http')
      if (devicesOf(source).length === 0) say(index, 'names no device')
    }
    if (config.http !== undefined && !isWholeDoor(config.http))
      context.addIssue({ code: 'custom', message: 'key and certificate go together', path: ['http'] })
  })
export type PeopleSensingConfig = z.infer<typeof PeopleSensingConfig>

/** @returns what its sensors must show at the HTTP door, where they use it. */
export const doorOf = (source: Source): z.infer<typeof BasicLogin> | undefined =>
  source.vendor === 'milesight' || source.vendor === 'xovis' ? source.http : undefined

const usesBroker = (source: Source): boolean =>
  (source.vendor !== 'milesight' && source.vendor !== 'xovis') || source.mqtt !== undefined

/** @returns the devices of the branch that it speaks for, each once. */
export const devicesOf = (source: Source): string[] => {
  switch (source.vendor) {
    case 'frigate':
      return unique([
        ...Object.values(source.cameras).map(({ device }) => device),
        ...Object.values(source.counts).map(({ device }) => device),
      ])
    case 'onvif':
      return unique(source.devices.map(({ device }) => device))
    case 'axis':
      return unique(source.cameras.map(({ device }) => device))
    case 'milesight':
    case 'xovis':
      return unique(Object.values(source.sensors).map(({ device }) => device))
  }
}

const unique = (ids: readonly string[]) => [...new Set(ids)].sort()
