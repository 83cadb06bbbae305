/**
 * The whole way: simulated sensors publish what their vendors document to mosquitto, the adapter hears it there, and the
 * hub of the demonstration branch decides a greeting. And what happens when mosquitto is gone.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { xovisLive } from '#adapters/people-sensing/simulator/documented.ts'
import { remove, scratch } from '../../cli/support.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'
import { devices, gateway, type StartedBranch, startBranch } from './support/branch.ts'
import { createMosquitto, type Mosquitto } from './support/mosquitto.ts'

const root = join(import.meta.dirname, '../../..')
const simulator = join(root, 'adapters/people-sensing/simulator/main.ts')
const adapterMain = join(root, 'adapters/people-sensing/main.ts')
const robotMain = join(root, 'test/adapters/sdk/tiny/main.ts')

/** The machine may be busy. */
const within = { timeout: 45_000, interval: 50 }

let folder: string
let branch: StartedBranch
let mosquitto: Mosquitto
let sensors: AdapterProcess
let adapter: AdapterProcess
let robot: AdapterProcess

/** A sensor that pushes over HTTP instead. */
const pushing = {
  name: 'door',
  vendor: 'xovis',
  http: { username: 'sensor', password: 'long enough' },
  sensors: {
    '00:6E:02:00:00:01': { device: 'sensor-door', lines: { '2': { zone: 'entrance', direction: 'in' } } },
  },
}

interface Device {
  readonly link: string
  readonly health: string
  readonly healthReasons?: readonly string[]
}
const show = (device: string) => branch.json<Device>('devices', 'show', device)

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  branch = await startBranch(join(folder, 'hub'))
  sensors = startAdapterProcess([simulator], {
    VENDOR_BROKER: mosquitto.url,
    VENDOR_EVERY_MS: '400',
  })
  const { config } = (await vi.waitFor(() => {
    const ready = sensors.lines().find((line) => line['ready'] === true)
    if (ready === undefined) throw new Error('the sensors are not ready')
    return ready
  }, within)) as unknown as { config: { sources: object[] } }
  const file = join(folder, 'people-sensing.json')
  const { sources } = config
  const http = { host: '127.0.0.1', port: 0 }
  writeFileSync(
    file,
    JSON.stringify({ ...config, http, sources: [...sources, pushing], countPeriodMs: 2_000 }),
  )
  robot = startAdapterProcess([robotMain], {
    USHER_BROKER: branch.broker,
    USHER_DEVICE: 'robot-1',
    USHER_STATE: join(folder, 'state'),
  })
  await robot.says('the line to the hub is up')
  adapter = startAdapterProcess([adapterMain], {
    USHER_BROKER: branch.broker,
    USHER_DEVICE: gateway,
    USHER_STATE: join(folder, 'state'),
    USHER_CONFIG: file,
  })
}, 120_000)

afterAll(async () => {
  for (const one of [adapter, robot, sensors]) one?.kill('SIGTERM')
  await Promise.all([adapter?.ended, robot?.ended, sensors?.ended])
  await mosquitto?.kill()
  await branch?.stop()
  remove(folder)
}, 120_000)

test('somebody whom a camera sees is greeted', async () => {
  await adapter.says('the vendor broker is reached')
  const { task } = await robot.says('greets')
  const why = await branch.say('explain', '--task', String(task))
  expect(why).toMatch(/Cause: .* camera-(frigate|onvif|axis|milesight-line|xovis) saw somebody at Entrance/)
}, 120_000)

interface Sensed {
  readonly device: string
  readonly name: string
  readonly data: object
}

/** What the hub has on record of what was sensed. */
const sensed = async (): Promise<Sensed[]> =>
  (await branch.say('journal', 'export'))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { kind: string; body: string })
    .filter(({ kind }) => kind === 'event')
    .map(({ body }) => (JSON.parse(body) as { body: Sensed }).body)

test('every vendor is heard, and the hub has nothing but what the contract knows', async () => {
  const events = await vi.waitFor(
    async () => {
      const found = await sensed()
      expect(new Set(found.map(({ device }) => device))).toEqual(new Set(devices))
      return found
    },
    { timeout: 45_000, interval: 500 },
  )
  expect(new Set(events.map(({ name }) => name))).toEqual(
    new Set(['visitor.detected', 'visitor.left', 'zone.count']),
  )
  const keys = new Set(events.flatMap(({ data }) => Object.keys(data)))
  for (const key of keys) expect(['zone', 'track', 'count', 'direction', 'observedAgoMs']).toContain(key)
  const told = JSON.stringify([events.map(({ data }) => data), adapter.lines()])
  for (const word of ['Wang', 'ABC12345', '/9j/4AAQ', 'FEMALE', '1.74', 'STAFF'])
    expect(told).not.toContain(word)
}, 120_000)

test('a sensor that pushes over HTTP is heard', async () => {
  const { port } = await adapter.says('the door for sensors is open')
  const { status } = await fetch(`http://127.0.0.1:${String(port)}/door`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('sensor:long enough').toString('base64')}` },
    body: xovisLive(1, Date.now(), [{ type: 'LINE_CROSS_FORWARD', track: 1, geometry: 2 }]),
  })
  expect(status).toBe(200)
  await vi.waitFor(
    async () =>
      expect((await sensed()).filter(({ device }) => device === 'sensor-door')).toMatchObject([
        { name: 'visitor.detected', data: { zone: 'entrance', direction: 'in' } },
      ]),
    { timeout: 45_000, interval: 200 },
  )
}, 90_000)

test('the vendor broker goes and comes back: one line each, and the cameras say so', async () => {
  const count = (msg: string) => adapter.lines().filter((line) => line.msg === msg).length
  await vi.waitFor(async () => expect((await show('camera-frigate')).health).toBe('ok'), {
    timeout: 45_000,
    interval: 200,
  })
  await mosquitto.kill()
  await adapter.says('the vendor broker is lost')
  await vi.waitFor(
    async () =>
      expect(await show('camera-onvif')).toMatchObject({
        health: 'faulted',
        healthReasons: ['vendor-broker-unreachable'],
      }),
    { timeout: 45_000, interval: 200 },
  )
  const detected = async () =>
    (await sensed()).filter(({ device, name }) => device === 'camera-frigate' && name === 'visitor.detected')
      .length
  const before = await detected()
  await mosquitto.start()
  await adapter.says('the vendor broker is back')
  await vi.waitFor(async () => expect((await show('camera-onvif')).health).toBe('ok'), {
    timeout: 45_000,
    interval: 200,
  })
  await vi.waitFor(async () => expect(await detected()).toBeGreaterThan(before), {
    timeout: 45_000,
    interval: 500,
  })
  expect(count('the vendor broker is lost')).toBe(1)
  expect(count('the vendor broker is back')).toBe(1)
}, 90_000)

test('it ends in order', async () => {
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await vi.waitFor(async () => expect((await show('camera-frigate')).link).toBe('offline'), {
    timeout: 45_000,
    interval: 200,
  })
}, 90_000)
