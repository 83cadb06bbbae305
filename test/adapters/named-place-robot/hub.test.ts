/**
 * The whole way: somebody comes in, the hub of the demonstration branch decides, and the simulated temi goes to them,
 * speaks, understands what they want and leads them there. And a robot that does not accept the adapter's token.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import type { AdapterProcess } from '../sdk/support/process.ts'
import { type DemoHub, startDemoHub } from '../support/demo-hub.ts'
import { startSimulator } from './support/stand.ts'

const main = join(import.meta.dirname, '../../../adapters/named-place-robot/main.ts')
const slow = { timeout: 45_000, interval: 300 }

let folder: string
let hub: DemoHub
let temi: Awaited<ReturnType<typeof startSimulator>>
let adapter: AdapterProcess

const linkOf = async (device: string) =>
  await hub.json<{ link: string; health: string; healthReasons?: string[] }>('devices', 'show', device)
const taskFor = (capability: string) => hub.taskFor('robot-1', capability)

beforeAll(async () => {
  folder = scratch()
  const [started, simulated] = await Promise.all([
    startDemoHub(join(folder, 'hub')),
    startSimulator({ ROBOT_SPEED: '3' }),
  ])
  hub = started
  temi = simulated
  adapter = hub.startAdapter(main, 'robot-1', temi.config)
  await adapter.says('the line to the hub is up')
}, 120_000)

afterAll(async () => {
  await hub?.stop()
  await temi?.end()
  remove(folder)
}, 120_000)

test('who comes in is greeted, says what they want, and is led there', async () => {
  await temi.simulate({ answer: '您好，我想取钱。' })
  await hub.sense('visitor.detected', {
    zone: 'entrance',
    track: 'track-1',
    direction: 'in',
    role: 'visitor',
  })
  await vi.waitFor(async () => expect(await taskFor('greet')).toMatchObject({ phase: 'done' }), slow)
  await vi.waitFor(async () => expect(await taskFor('guide')).toMatchObject({ phase: 'done' }), slow)
  const { at, moving, spoken } = await temi.simulate()
  expect({ at, moving }).toEqual({ at: 'Desk', moving: false })
  expect(spoken.join(' ')).toContain('欢迎光临')
  const why = await hub.say('explain', '--task', (await taskFor('guide'))?.id ?? '')
  expect(why).toContain('robot-1')
  // What they said stays at the robot; what it was about does not.
  const record = await hub.say('journal', 'export')
  expect(record).not.toContain('我想取钱')
  expect(record).toContain('"intent\\":\\"cash\\"')
}, 120_000)

test('it ends in order', async () => {
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await vi.waitFor(async () => expect(await linkOf('robot-1')).toMatchObject({ link: 'offline' }), slow)
}, 90_000)

test('a wrong token: the robot is lost as one that lets nobody in, the hub never sees it, and no log has the token', async () => {
  const token = 'a-token-of-another-robot'
  const wrong = hub.startAdapter(main, 'robot-2', {
    ...temi.config,
    robot: { ...robotOf(temi.config), token },
  })
  const line = await wrong.says('the device is lost')
  expect(line).toMatchObject({ level: 'warn', code: 'unauthorised' })
  expect(await linkOf('robot-2')).not.toMatchObject({ link: 'online' })
  wrong.kill('SIGTERM')
  expect((await wrong.ended).code).toBe(0)
  expect(JSON.stringify(wrong.lines())).not.toContain(token)
}, 90_000)

const robotOf = (config: Readonly<Record<string, unknown>>) => config['robot'] as object
