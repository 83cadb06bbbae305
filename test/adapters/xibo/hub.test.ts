/**
 * The whole way: somebody comes in, the hub of the demonstration branch decides a greeting, and its words stand on a screen
 * of a simulated Xibo CMS; idle screens show a promotion, and the proof of play comes back with its task.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SimulatedCms } from '#adapters/xibo/simulator/cms.ts'
import { demoCms, demoSettings } from '#adapters/xibo/simulator/demo.ts'
import { CmsServer } from '#adapters/xibo/simulator/server.ts'
import { topics } from '#protocol/topics.ts'
import { demoBranch, remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'
import { comesIn } from '../sdk/support/visitor.ts'

const adapterMain = join(import.meta.dirname, '../../../adapters/xibo/main.ts')

/** Two of its screens are Xibo displays behind a gateway. */
const branchWithSignage = (yaml: string) =>
  ['screen-entrance', 'screen-waiting-1'].reduce(
    (text, id) =>
      text.replace(`- id: ${id}\n    kind: screen`, `- id: ${id}\n    gateway: signage-1\n    kind: screen`),
    yaml.replace('devices:\n', 'devices:\n  - { id: signage-1, kind: gateway, zone: entrance }\n'),
  )

let folder: string
let hub: ReturnType<typeof startUsher>
let port: number
let cms: SimulatedCms
let server: CmsServer
let url: string
let adapter: AdapterProcess

const say = async (...words: readonly string[]) => {
  const { code, said, complained } = await usher(...words, '--data', join(folder, 'data'))
  if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
  return said
}
const until = <T>(look: () => T | Promise<T>, timeout = 45_000) =>
  vi.waitFor(look, { timeout, interval: 150 })
const show = async (device: string) =>
  JSON.parse(await say('devices', 'show', device, '--json')) as {
    link: string
    health: string
    healthReasons?: string[]
  }

beforeAll(async () => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  const branch = join(folder, 'branch.yaml')
  writeFileSync(branch, branchWithSignage(readFileSync(demoBranch, 'utf8')))
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${branch}
data: data
mqtt: { loopback: { port: 0, trust: declared }, tls: { host: 127.0.0.1, port: 0, names: [localhost] } }
http: { port: 0 }
`,
  )
  hub = startUsher(['start', '--config', config])
  const ready = JSON.parse(await hub.line(/the hub is ready/)) as { mqtt: string }
  port = Number(ready.mqtt.split(':').at(-1))
  await say('flows', 'set', 'greeting', '--policy', 'screenMs=2500')
  await say('flows', 'set', 'promotion', '--autonomy', 'off')
  cms = new SimulatedCms(demoCms)
  server = new CmsServer(cms)
  url = await server.listen()
  const settings = demoSettings(url)
  const text = { dataSetId: 4, rowId: 1, columns: { zh: 7, en: 8 } }
  writeFileSync(
    join(folder, 'xibo.json'),
    JSON.stringify({
      ...settings,
      answerMs: 800,
      screens: [
        { device: 'screen-entrance', displayGroupId: 101 },
        { device: 'screen-waiting-1', displayGroupId: 102 },
      ],
      layouts: [{ when: { template: 'greeting' }, layoutId: 22, text }, ...settings.layouts],
    }),
  )
  adapter = startAdapterProcess([adapterMain], {
    USHER_BROKER: `mqtt://127.0.0.1:${port}`,
    USHER_DEVICE: 'signage-1',
    USHER_STATE: join(folder, 'state'),
    USHER_CONFIG: join(folder, 'xibo.json'),
  })
  await adapter.says('the line to the hub is up')
}, 120_000)

afterAll(async () => {
  adapter?.kill('SIGKILL')
  hub?.child.kill('SIGTERM')
  await Promise.all([adapter?.ended, hub?.ended])
  cms?.end()
  await server?.close()
  remove(folder)
}, 120_000)

test('who comes in is greeted on a Xibo screen, in the words that the hub chose', async () => {
  await until(async () =>
    expect(await show('screen-entrance')).toMatchObject({ link: 'online', health: 'ok' }),
  )
  await comesIn(port, 'one')
  await until(() => expect(cms.places.get(1)?.player.shows()).toBe(22))
  const written = cms.texts.get('4/1') ?? {}
  expect(written['dataSetColumnId_7']).toMatch(/\p{Script=Han}/u)
  await until(async () => {
    const tasks = JSON.parse(await say('tasks', 'list', '--all', '--flow', 'greeting', '--json')) as object[]
    expect(JSON.stringify(tasks)).toContain('"done"')
    expect(JSON.stringify(tasks)).toContain('screen-entrance')
  }, 90_000)
}, 120_000)

test('what the screen has really shown comes back with its task and is on record', async () => {
  await until(async () => {
    const lines = (await say('journal', 'export')).split('\n').filter((line) => line.startsWith('{'))
    const proofs = lines
      .map((line) => JSON.parse(line) as { kind: string; body: string })
      .filter(({ kind, body }) => kind === 'event' && body.includes('x-proof-of-play'))
    expect(
      proofs.map(({ body }) => (JSON.parse(body) as { body: { data: object } }).body.data),
    ).toContainEqual(expect.objectContaining({ layout: 22, plays: 1, task: expect.any(String) as string }))
  }, 90_000)
}, 90_000)

test('a screen that stands idle shows a promotion of the branch', async () => {
  const policy = ['--policy', 'silentWhenUnknown=false', '--policy', 'showForMs=3000']
  await say('flows', 'set', 'promotion', '--autonomy', 'automatic', ...policy)
  const sensor = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: 'demo/tester-1',
    protocolVersion: 4,
  })
  const lingers = JSON.stringify({ zone: 'waiting', dwellMs: 60_000 })
  await sensor.publishAsync(topics.event('demo', 'tester-1', 'zone.dwell'), lingers, { qos: 1 })
  await sensor.endAsync()
  await until(async () => {
    const orders = cms.places.get(2)?.player.frames.filter(({ action }) => action === 'changeLayout') ?? []
    expect(orders.map(({ layoutId }) => layoutId)).toContain(20)
    const tasks = await say('tasks', 'list', '--all', '--flow', 'promotion', '--json')
    expect(tasks).toContain('"done"')
    expect(tasks).toContain('screen-waiting-1')
  }, 90_000)
}, 90_000)

test('the CMS goes and comes back: the screens say so', async () => {
  await server.close()
  await until(async () =>
    expect(await show('screen-entrance')).toMatchObject({
      health: 'faulted',
      healthReasons: ['cms-unreachable'],
    }),
  )
  await server.listen(Number(new URL(url).port))
  await until(async () => expect((await show('screen-entrance')).health).toBe('ok'))
  expect(adapter.lines().filter(({ msg }) => msg === 'the CMS is lost')).toHaveLength(1)
  expect(JSON.stringify(adapter.lines())).not.toContain(demoCms.clientSecret)
}, 120_000)

test('it ends in order', async () => {
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await until(async () => expect((await show('screen-entrance')).link).toBe('offline'))
}, 90_000)
