/**
 * What Home Assistant would find on its broker (mosquitto): the documented form of device discovery, from a hub that runs
 * and from a branch that changes. The form is that of the example in Home Assistant's documentation of MQTT discovery,
 * https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { SeenBranch, SeenDevice } from '#cli/home-assistant/discovery.ts'
import { startExporter } from '#cli/home-assistant/exporter.ts'
import { createMosquitto, type Mosquitto } from '../../adapters/people-sensing/support/mosquitto.ts'
import { remove, scratch, startHub, startUsher, usher } from '../support.ts'

let folder: string
let broker: Mosquitto
const clients: MqttClient[] = []

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  broker = await createMosquitto(folder)
  await broker.start()
})
afterAll(async () => {
  for (const client of clients) client.end(true)
  await broker.kill()
  remove(folder)
})

/** What the broker holds, as somebody sees it who comes later, and how often each topic was said. */
const watch = async () => {
  const client = connect(broker.url)
  clients.push(client)
  const held = new Map<string, string>()
  const said = new Map<string, number>()
  client.on('message', (topic, payload) => {
    held.set(topic, payload.toString())
    said.set(topic, (said.get(topic) ?? 0) + 1)
  })
  await client.subscribeAsync('#', { qos: 1 })
  const config = (object: string) => JSON.parse(held.get(`homeassistant/device/${object}/config`) ?? 'null')
  return { client, held, said, config }
}

const until = (look: () => void) => vi.waitFor(look, { timeout: 45_000, interval: 20 })

/** Of the documented example: what stands at the top, and what every component must have. */
const mustBeDocumented = (config: Record<string, unknown>) => {
  expect(Object.keys(config).toSorted()).toEqual(['availability', 'cmps', 'dev', 'o', 'qos', 'state_topic'])
  expect(config['dev']).toMatchObject({
    ids: expect.stringMatching(/^[a-zA-Z0-9_-]+$/),
    name: expect.any(String),
  })
  expect(config['o']).toMatchObject({ name: 'usher' })
  const components = Object.entries(config['cmps'] as Record<string, Record<string, unknown>>)
  expect(components.length).toBeGreaterThan(0)
  for (const [key, component] of components) {
    expect(['sensor', 'binary_sensor']).toContain(component['p'])
    expect(component['unique_id']).toMatch(/^[a-zA-Z0-9_-]+$/)
    expect(component['value_template']).toBe(`{{ value_json.${key} }}`)
    expect(component).not.toHaveProperty('command_topic')
  }
}

test('a hub that runs: every device of the branch, read-only, until the command is stopped', async () => {
  const hub = await startHub(join(folder, 'hub'))
  const { held, config } = await watch()
  const shown = startUsher(['home-assistant', '--broker', broker.url, '--data', hub.data])
  try {
    await until(() => expect(config('usher_demo_robot-1')).not.toBeNull())
    await until(() => expect(held.get('usher-home-assistant/usher_demo/available')).toBe('online'))
    const { length } = await hub.json<unknown[]>('devices', 'list')
    const objectsNow = () =>
      [...held.keys()].filter((topic) => topic.endsWith('/config')).map((topic) => topic.split('/')[2] ?? '')
    await until(() => expect(objectsNow()).toHaveLength(length + 1))
    const objects = objectsNow()
    for (const object of objects) {
      expect(object).toMatch(/^[a-zA-Z0-9_-]+$/)
      mustBeDocumented(config(object))
    }
    expect(config('usher_demo_robot-1').dev).toMatchObject({
      name: 'Welcome robot',
      via_device: 'usher_demo',
    })
    expect(JSON.parse(held.get('usher-home-assistant/usher_demo_robot-1/state') ?? '')).toMatchObject({
      link: 'offline',
      willingness: 'open',
    })
    expect(JSON.stringify([...held]).match(/lobby-1|manager-1|adviser-1|guard-1|visit|track/g)).toBeNull()
    shown.child.kill('SIGTERM')
    expect((await shown.ended).code).toBe(0)
    await until(() => expect(held.get('usher-home-assistant/usher_demo/available')).toBe('offline'))
  } finally {
    shown.child.kill('SIGKILL')
    await hub.stop()
  }
}, 60_000)

const robot = (change: Partial<SeenDevice> = {}): SeenDevice => ({
  id: 'robot-1',
  kind: 'robot',
  title: { zh: '迎宾机器人', en: 'Welcome robot' },
  link: 'online',
  health: 'ok',
  willingness: 'open',
  ...change,
})
const branchOf = (devices: readonly SeenDevice[]): SeenBranch => ({
  id: 'north',
  title: { en: 'North' },
  mode: 'open',
  openAlerts: 0,
  devices,
})
const exporter = () =>
  startExporter({
    url: broker.url,
    prefix: 'homeassistant',
    tongue: 'en',
    branch: 'north',
    onTrouble: () => {},
  })

test('news is said once, again when Home Assistant starts, and a device that is gone is taken back', async () => {
  const { client, held, said, config } = await watch()
  const topic = 'homeassistant/device/usher_north_robot-1/config'
  const first = exporter()
  const seen = branchOf([robot(), robot({ id: 'lamp-1' })])
  first.show(seen)
  await until(() => expect(held.get('usher-home-assistant/usher_north_robot-1/state')).toContain('online'))
  first.show(seen)
  const charged = robot({ battery: { percent: 71.6, charging: false } })
  first.show(branchOf([charged, robot({ id: 'lamp-1' })]))
  await until(() =>
    expect(held.get('usher-home-assistant/usher_north_robot-1/state')).toContain('"battery":72'),
  )
  expect(said.get(topic)).toBe(2)
  expect(config('usher_north_robot-1').cmps.battery).toMatchObject({
    p: 'sensor',
    device_class: 'battery',
    unit_of_measurement: '%',
  })
  await client.publishAsync('homeassistant/status', 'online', { qos: 1 })
  await until(() => expect(said.get(topic)).toBe(3))
  // As the hub has it when the device is taken out of the branch file.
  const removed = robot({ willingness: 'out-of-service', willingnessBy: 'branch-file' })
  first.show(branchOf([removed, robot({ id: 'lamp-1' })]))
  await until(() => expect(held.get(topic)).toBe(''))
  await until(() => expect(held.get('usher-home-assistant/usher_north_robot-1/state')).toBe(''))
  await first.stop()

  // What went while nobody looked is taken back by the next start.
  const next = exporter()
  next.show(branchOf([]))
  await until(() => {
    next.show(branchOf([]))
    expect(held.get('homeassistant/device/usher_north_lamp-1/config')).toBe('')
  })
  const later = await watch()
  await until(() => expect(later.held.has('homeassistant/device/usher_north/config')).toBe(true))
  expect([...later.held.keys()].filter((one) => one.includes('usher_north_'))).toEqual([])
  await next.stop()
}, 30_000)

test.each([
  ['http://127.0.0.1', 'starts with mqtt://'],
  ['mqtt://name:secret@127.0.0.1', 'HOME_ASSISTANT_USERNAME'],
])('%s is refused', async (url, words) => {
  const { code, complained } = await usher(
    'home-assistant',
    '--broker',
    url,
    '--data',
    join(folder, 'hub/data'),
  )
  expect(code).not.toBe(0)
  expect(complained).toContain(words)
  expect(complained).not.toContain('secret')
})
