/** Between vendors and hub: troubles counted and logged once a minute, sensors that are out of order, counts that are kept fresh. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PeopleSensingConfig } from '#adapters/people-sensing/config.ts'
import { topicsOf } from '#adapters/people-sensing/hearing.ts'
import { createIntake, payloadMax } from '#adapters/people-sensing/intake.ts'
import { sourceFor, vendors } from '#adapters/people-sensing/simulator/round.ts'
import { troubles } from '#adapters/people-sensing/troubles.ts'
import type { DeviceHandle, Sent } from '#adapters/sdk/adapter.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'
import { now, settingsWith } from './support/listen.ts'

const frigate = {
  name: 'frigate',
  vendor: 'frigate',
  cameras: { door: { device: 'camera-1', zones: { lobby: { zone: 'entrance' } } } },
  counts: { lobby: { device: 'camera-1', zone: 'entrance' } },
}
const xovis = {
  name: 'xovis',
  vendor: 'xovis',
  http: { username: 'sensor', password: 'long enough' },
  sensors: { S: { device: 'sensor-1', counts: { '1': { zone: 'waiting' } } } },
}

const start = (...sources: object[]) => {
  const clock = createFakeClock(now)
  const sent: { device: string; name: string; data: unknown }[] = []
  const faults: [string, string | undefined][] = []
  const lines: { text: string; fields: Readonly<Record<string, unknown>> | undefined }[] = []
  const answer: { now: Sent } = { now: { sent: true } }
  const devices = (device: string) => ({
    emit: ((name: string, data: unknown) => {
      sent.push({ device, name, data })
      return answer.now
    }) as DeviceHandle['emit'],
    fault: (reason: string | undefined) => void faults.push([device, reason]),
  })
  const config = settingsWith(...sources)
  const intake = createIntake({
    config,
    devices,
    clock,
    timeOfDay: () => clock.now(),
    log: { warn: (text, fields) => void lines.push({ text, fields }) },
  })
  const publish = (topic: string, payload: string, retained = false) =>
    intake.published({ topic, payload, retained, again: false })
  return { clock, sent, faults, lines, answer, intake, publish, config }
}

test('each kind of trouble is counted every time and logged once a minute', async () => {
  const { clock, lines, intake, publish } = start(frigate)
  for (let times = 0; times < 50; times += 1) publish('frigate/events', 'no json')
  publish('frigate/lobby/person', 'many')
  expect(lines.map(({ fields }) => fields?.['code'])).toEqual(['not-json', 'bad-shape'])
  await clock.pass(60_000)
  publish('frigate/events', 'no json')
  expect(lines.at(-1)).toEqual({
    text: troubles['not-json'],
    fields: { code: 'not-json', source: 'frigate', times: 50 },
  })
  expect(lines).toHaveLength(3)
  expect(intake.counts()).toEqual({ 'not-json': 51, 'bad-shape': 1 })
  intake.close()
})

test('what is far too large is not read', () => {
  const { intake, publish, sent } = start(frigate)
  publish('frigate/lobby/person', `${' '.repeat(payloadMax)}3`)
  intake.tooLarge('frigate')
  expect(sent).toEqual([])
  expect(intake.counts()).toEqual({ 'too-large': 2 })
  intake.close()
})

test('an event that the hub would not take is counted', () => {
  const { answer, intake, publish } = start(frigate)
  answer.now = { sent: false, code: 'adapter.event', text: 'no' }
  publish('frigate/lobby/person', '3')
  expect(intake.counts()).toEqual({ 'not-sent': 1 })
  intake.close()
})

test('a count that is told when it changes is repeated while its sensor is well', async () => {
  const { clock, sent, intake, publish, config } = start(frigate, xovis)
  publish('frigate/lobby/person', '3')
  const push = (balance: number) =>
    intake.pushed('xovis', {
      topic: '/xovis',
      payload: JSON.stringify({
        logics_data: {
          sensor_info: { serial_number: 'S' },
          logics: [{ id: 1, records: [{ to: clock.now(), counts: [{ name: 'balance', value: balance }] }] }],
        },
      }),
      retained: false,
      again: false,
    })
  push(5)
  const news = () => sent.splice(0).map(({ device, data }) => [device, data])
  expect(news()).toEqual([
    ['camera-1', { zone: 'entrance', count: 3 }],
    ['sensor-1', { zone: 'waiting', count: 5 }],
  ])
  // Xovis tells every so often by itself: when it falls silent, nobody says so in its name.
  await clock.pass(config.countPeriodMs)
  expect(news()).toEqual([
    ['camera-1', { zone: 'entrance', count: 3 }],
    ['camera-1', { zone: 'entrance', count: 3 }],
  ])
  publish('frigate/available', 'offline')
  await clock.pass(config.countPeriodMs)
  expect(news()).toEqual([])
  publish('frigate/available', 'online')
  await clock.pass(config.countPeriodMs)
  // Who came or went meanwhile, nobody saw.
  expect(news()).toEqual([])
  publish('frigate/lobby/person', '1')
  await clock.pass(config.countPeriodMs)
  expect(news()).toHaveLength(3)
  intake.close()
  await clock.pass(config.countPeriodMs)
  expect(news()).toEqual([])
})

test('a sensor that tells its count without end is told four times a second, the newest value last', async () => {
  const { clock, sent, intake, publish } = start(frigate)
  for (let tick = 0; tick < 1_000; tick += 1) {
    publish('frigate/lobby/person', String(tick % 100))
    await clock.pass(1)
  }
  await clock.pass(1_000)
  const counts = sent.map(({ data }) => (data as { count: number }).count)
  expect(counts.length).toBeLessThanOrEqual(6)
  expect(counts[0]).toBe(0)
  expect(counts.at(-1)).toBe(99)
  intake.close()
})

test('a camera that has been silent for long is no longer spoken for', async () => {
  const { clock, sent, intake, publish, config } = start({
    name: 'onvif',
    vendor: 'onvif',
    devices: [
      { device: 'camera-1', prefix: 'Cam', rules: [{ kind: 'occupancy', rule: 'Hall', zone: 'waiting' }] },
    ],
  })
  publish(
    'Cam/onvif-ej/RuleEngine/CountAggregation/OccupancyCounter/&1/Hall',
    JSON.stringify({
      UtcTime: new Date(clock.now()).toISOString(),
      Source: { Rule: 'Hall' },
      Data: { Count: 2 },
    }),
  )
  await clock.pass(config.silentAfterMs)
  const before = sent.length
  expect(before).toBeGreaterThan(50)
  await clock.pass(10 * config.countPeriodMs)
  expect(sent.length).toBe(before)
  intake.close()
})

test('reasons to be out of order are told one at a time, and the last one ends it', () => {
  const { faults, intake, publish } = start(frigate)
  intake.brokerIs('vendor-broker-unreachable')
  intake.brokerIs('vendor-broker-unreachable')
  intake.brokerIs('vendor-broker-refuses')
  publish('frigate/door/status/detect', 'offline')
  intake.brokerIs(undefined)
  publish('frigate/door/status/detect', 'online')
  expect(faults.filter((one, index) => String(one) !== String(faults[index - 1]))).toEqual([
    ['camera-1', 'vendor-broker-unreachable'],
    ['camera-1', undefined],
    ['camera-1', 'vendor-broker-refuses'],
    ['camera-1', 'camera-offline'],
    ['camera-1', undefined],
  ])
  intake.close()
})

test('the topics that carry faces, names and pictures are not subscribed to', () => {
  const topics = vendors.flatMap((vendor) => settingsWith(sourceFor[vendor]).sources.flatMap(topicsOf))
  expect(topics).toContain('frigate/events')
  for (const topic of topics) {
    expect(topic).not.toMatch(/tracked_object_update|snapshot|reviews|onvif-mj|\bface\b|LicensePlate/)
    expect(topic).not.toBe('#')
    expect(topic).not.toBe('frigate/#')
  }
})

test('settings that do not fit are refused with their place', () => {
  const refused = (config: object) =>
    PeopleSensingConfig.safeParse(config).error?.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    )
  expect(refused({ sources: [] })?.join()).toContain('sources')
  expect(refused({ sources: [frigate] })).toEqual(['sources.0: needs a broker'])
  expect(refused({ sources: [xovis] })).toEqual(['sources.0: needs http'])
  const broker = { url: 'mqtt://x' }
  expect(refused({ broker, sources: [frigate, frigate] })).toEqual([
    'sources.1: the name frigate is there twice',
  ])
  expect(refused({ broker, sources: [{ ...frigate, cameras: {}, counts: {} }] })).toEqual([
    'sources.0: names no device',
  ])
  expect(refused({ broker, sources: [{ ...frigate, prefix: 'a/#' }] })?.[0]).toContain('without # and +')
  expect(refused({ broker, sources: [{ ...frigate, faces: true }] })?.[0]).toContain('faces')
  const { http: _http, ...deaf } = xovis
  expect(refused({ broker, sources: [deaf] })).toEqual(['sources.0: needs mqtt or http'])
})

test('the README names every trouble', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../adapters/people-sensing/README.md'), 'utf8')
  const named = [...page.matchAll(/^\| `([a-z-]+)` \| (.+?) \|$/gm)].map(([, code, text]) => [code, text])
  expect(named).toEqual(Object.entries(troubles))
})
