/**
 * The whole way: a simulated queue system posts what Orchestra documents, mosquitto_pub and a growing file tell of others, and
 * the hub of the demonstration branch counts, believes the system's own count, and has nothing on record that is personal.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { tables } from '#adapters/queue-system/simulator/documented.ts'
import { type Orchestra, startOrchestra } from '#adapters/queue-system/simulator/orchestra.ts'
import { remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { createMosquitto, freePort, type Mosquitto } from '../people-sensing/support/mosquitto.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'

const root = join(import.meta.dirname, '../../..')
const soon = { timeout: 45_000, interval: 200 }

let folder: string
let data: string
let hub: ReturnType<typeof startUsher>
let mosquitto: Mosquitto
let orchestra: Orchestra
let adapter: AdapterProcess
let startAgain: () => AdapterProcess
let csv: string

const token = 'the-token-of-the-test'
const signIn = { username: 'usher', password: 'of the test' }

const say = async (...words: readonly string[]) => {
  const { code, said, complained } = await usher(...words, '--data', data)
  if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
  return said
}
interface Sensed {
  readonly device: string
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}
const sensed = async (): Promise<Sensed[]> =>
  (await say('journal', 'export'))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { kind: string; body: string })
    .filter(({ kind }) => kind === 'event')
    .map(({ body }) => (JSON.parse(body) as { body: Sensed }).body)
const about = async (ticket: string) =>
  (await sensed())
    .filter(({ data: body }) => body['ticket'] === ticket)
    .map(({ name, data: body }) => [name, body])
const device = async () =>
  JSON.parse(await say('devices', 'show', 'tickets-1', '--json')) as {
    readonly link: string
    readonly health: string
    readonly healthReasons?: readonly string[]
  }

beforeAll(async () => {
  folder = scratch()
  mkdirSync(join(folder, 'hub'), { recursive: true })
  csv = join(folder, 'queue.csv')
  writeFileSync(csv, '票号,业务,状态,窗口,姓名\n')
  const config = join(folder, 'hub', 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${join(root, 'simulators/branches/demo.yaml')}
data: data
mqtt: { loopback: { port: 0, trust: declared }, tls: { host: 127.0.0.1, port: 0, names: [localhost] } }
http: { port: 0 }
`,
  )
  data = join(folder, 'hub', 'data')
  hub = startUsher(['start', '--config', config])
  const ready = JSON.parse(await hub.line(/the hub is ready/)) as { mqtt: string }
  mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  const port = await freePort()
  orchestra = await startOrchestra({
    webhook: { url: `http://127.0.0.1:${port}/events`, token },
    login: signIn,
    thinksMs: 0,
  })
  const settings = join(folder, 'queue-system.json')
  writeFileSync(
    settings,
    JSON.stringify({
      preset: 'qmatic-orchestra',
      rules: [
        { tells: 'issued', when: { 状态: '等待' }, ticket: '票号', service: { path: '业务', table: 'file' } },
        {
          tells: 'called',
          when: { 状态: '叫号' },
          ticket: '票号',
          counter: { path: '窗口', table: 'windows' },
        },
        {
          tells: 'snapshot',
          when: { '$topic[0]': 'queues' },
          service: { path: '$topic[1]', table: 'topics' },
          waiting: 'waiting',
        },
      ],
      tables: { ...tables, file: { 对公: 'corporate' }, windows: { '3': 'counter-3' } },
      ticketPrefixes: { 公: 'C' },
      webhook: { port, login: { token } },
      broker: { url: mosquitto.url },
      topics: ['queues/+'],
      csv: { file: csv, from: 'start', everyMs: 100 },
      snapshot: {
        url: `${orchestra.url}/rest/managementinformation/v2/branches/1/queues`,
        signIn,
        everyMs: 1_000,
      },
      settleMs: 1_500,
    }),
  )
  startAgain = () =>
    startAdapterProcess([join(root, 'adapters/queue-system/main.ts')], {
      USHER_BROKER: `mqtt://127.0.0.1:${ready.mqtt.split(':').at(-1) ?? ''}`,
      USHER_DEVICE: 'tickets-1',
      USHER_STATE: join(folder, 'state'),
      USHER_CONFIG: settings,
    })
  adapter = startAgain()
  await adapter.says('the line to the hub is up')
  await adapter.says('the vendor broker is reached')
}, 120_000)

afterAll(async () => {
  adapter?.kill('SIGTERM')
  await adapter?.ended
  await orchestra?.close()
  await mosquitto?.kill()
  hub?.child.kill('SIGTERM')
  await hub?.ended
  remove(folder)
}, 120_000)

test('a visit is created, called and ended, and the hub has each once', async () => {
  const visit = await orchestra.issue('cash')
  await orchestra.tell('VISIT_CALL', visit, 'counter-1')
  await orchestra.tell('VISIT_CALL', visit, 'counter-1')
  await orchestra.tell('VISIT_END', visit)
  await vi.waitFor(async () => expect(await about('A001')).toHaveLength(3), soon)
  expect(await about('A001')).toEqual([
    ['ticket.issued', { ticket: 'A001', service: 'cash' }],
    ['ticket.called', { ticket: 'A001', counter: 'counter-1' }],
    ['ticket.ended', { ticket: 'A001', outcome: 'served' }],
  ])
}, 90_000)

test('a growing file and a broker tell of the same branch', async () => {
  appendFileSync(csv, '公001,对公,等待,,王小明\n')
  appendFileSync(csv, '公001,对公,叫号,3,王小明\n')
  execFileSync('mosquitto_pub', [
    '-p',
    String(mosquitto.port),
    '-q',
    '1',
    '-t',
    'queues/corporate',
    '-m',
    '{"waiting":"4"}',
  ])
  await vi.waitFor(async () => expect(await about('C001')).toHaveLength(2), soon)
  await vi.waitFor(
    async () =>
      expect(await sensed()).toContainEqual({
        device: 'tickets-1',
        name: 'queue.snapshot',
        data: { service: 'corporate', waiting: 4 },
        kind: 'event',
      }),
    soon,
  )
}, 90_000)

test('a ticket whose end was never told is ended, because the system’s own count wins', async () => {
  const visit = await orchestra.issue('account')
  await vi.waitFor(async () => expect(await about(visit.ticket)).toHaveLength(1), soon)
  // The system knows that it is gone; its message is lost on the way.
  orchestra.forget(visit)
  await vi.waitFor(
    async () =>
      expect((await about(visit.ticket)).at(-1)).toEqual([
        'ticket.ended',
        { ticket: visit.ticket, outcome: 'withdrawn' },
      ]),
    soon,
  )
  await vi.waitFor(
    async () =>
      expect(await device()).toMatchObject({
        health: 'degraded',
        healthReasons: expect.arrayContaining(['tickets-missed']) as unknown,
      }),
    soon,
  )
}, 90_000)

test('nothing personal is on record, in the log or in the memory of the adapter', async () => {
  const everything = JSON.stringify([
    (await sensed()).map(({ data: body }) => body),
    adapter.lines(),
    ...['csv-position', 'tickets'].map((end) =>
      readFileSync(join(folder, 'state', `tickets-1.${end}`), 'utf8'),
    ),
  ])
  for (const word of ['Xiaoming', 'Wang', '王小明', '13800138000', '1101011990', token, signIn.password])
    expect(everything).not.toContain(word)
}, 90_000)

test('it ends in order, and after a restart goes on where it was', async () => {
  const visit = await orchestra.issue('cash')
  await vi.waitFor(async () => expect(await about(visit.ticket)).toHaveLength(1), soon)
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  appendFileSync(csv, '公002,对公,等待,,李四\n')
  adapter = startAgain()
  await vi.waitFor(async () => expect(await about('C002')).toHaveLength(1), soon)
  expect(await about('C001')).toHaveLength(2)
  // Of its call only the system's own id of the visit is told.
  await orchestra.tell('VISIT_CALL', visit, 'counter-3')
  await vi.waitFor(
    async () =>
      expect((await about(visit.ticket)).at(-1)).toEqual([
        'ticket.called',
        { ticket: visit.ticket, counter: 'counter-3' },
      ]),
    soon,
  )
}, 90_000)

test('settings that do not fit end it with 2 and say what', async () => {
  const file = join(folder, 'wrong.json')
  writeFileSync(
    file,
    JSON.stringify({ preset: 'qmatic-orchestra', webhook: { port: 1, login: { token: 'short' } } }),
  )
  const wrong = startAdapterProcess([join(root, 'adapters/queue-system/main.ts')], {
    USHER_DEVICE: 'tickets-1',
    USHER_STATE: join(folder, 'elsewhere'),
    USHER_CONFIG: file,
  })
  expect((await wrong.ended).code).toBe(2)
  expect(wrong.lines().at(-1)?.msg).toMatch(/webhook/)
}, 90_000)
