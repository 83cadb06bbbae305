/**
 * The whole way: somebody comes in and somebody asks the way, the hub of the demonstration branch decides, and a robot
 * whose side of rosbridge is `roslib` drives and speaks. The adapter is killed on the way, too.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import type { AdapterProcess } from '../sdk/support/process.ts'
import { type DemoHub, startDemoHub } from '../support/demo-hub.ts'
import { places } from './support/places.ts'
import { type RunningRobot, startRobot } from './support/robot.ts'

const main = join(import.meta.dirname, '../../../adapters/rosbridge/main.ts')
const escortFlow = join(import.meta.dirname, '../vda-5050/escort')
const slow = { timeout: 45_000, interval: 300 }

let folder: string
let hub: DemoHub
let robot: RunningRobot
let adapter: AdapterProcess

const stateOf = () => hub.json<{ link: string; health: string }>('devices', 'show', 'robot-1')
const config = () => ({
  robot: { url: robot.url },
  places,
  speech: { by: 'action', action: '/say', type: 'voice_msgs/action/Say' },
  languages: ['zh', 'en'],
})
const isThere = () =>
  vi.waitFor(async () => expect(await stateOf()).toMatchObject({ link: 'online', health: 'ok' }), slow)

beforeAll(async () => {
  folder = scratch()
  const [started, made] = await Promise.all([
    startDemoHub(join(folder, 'hub')),
    startRobot({ environment: { ROS_SPEED: '6' } }),
  ])
  hub = started
  robot = made
  await hub.say('flows', 'deploy', escortFlow)
  adapter = hub.startAdapter(main, 'robot-1', config())
  await isThere()
}, 120_000)

afterAll(async () => {
  await hub?.stop()
  await robot?.end()
  remove(folder)
}, 120_000)

const ledTo = (zone: string) =>
  vi.waitFor(async () => {
    const guide = await hub.taskFor('robot-1', 'guide')
    expect(guide).toMatchObject({ phase: 'done', intent: { command: { to: { zone } } } })
    return guide?.id ?? ''
  }, slow)

test('who comes in is greeted where they stand', async () => {
  await hub.sense('visitor.detected', {
    zone: 'entrance',
    track: 'track-1',
    direction: 'in',
    role: 'visitor',
  })
  await vi.waitFor(
    async () => expect(await hub.taskFor('robot-1', 'greet')).toMatchObject({ phase: 'done' }),
    slow,
  )
  expect(robot.simulation().spoken.join(' ')).toContain('欢迎光临')
  expect(robot.simulation().at).toMatchObject({ x: 1, y: 1 })
}, 120_000)

test('who asks the way is led there', async () => {
  await hub.sense('help.requested', { zone: 'counters', reason: 'ask-1' })
  const id = await ledTo('counters')
  await vi.waitFor(() => expect(robot.simulation().at).toMatchObject({ x: 4, y: 4 }), slow)
  expect(await hub.say('explain', '--task', id)).toContain('robot-1')
}, 120_000)

test('killed in the middle of a goal: it is known, the goal is stopped, and the robot works on', async () => {
  await hub.sense('help.requested', { zone: 'vip', reason: 'ask-2' })
  await vi.waitFor(() => expect(robot.simulation().active).toBe(1), slow)
  adapter.kill('SIGKILL')
  await adapter.ended
  expect(robot.simulation().active).toBe(1)
  adapter = hub.startAdapter(main, 'robot-1', config())
  await vi.waitFor(() => expect(robot.simulation().active).toBe(0), slow)
  const id = (await hub.taskFor('robot-1', 'guide'))?.id ?? ''
  expect(await hub.say('explain', '--task', id)).toContain('restarted in the middle')
  await isThere()
  await hub.say('tasks', 'cancel', id)
  await hub.sense('help.requested', { zone: 'waiting', reason: 'ask-3' })
  await ledTo('waiting')
  // Once by the restarted adapter, for what it found running.
  const all = Buffer.alloc(16).toString('base64')
  const swept = robot.relay.told.filter((message) => JSON.stringify(message).includes(all))
  expect(swept.length).toBeGreaterThan(0)
}, 120_000)

test('settings that do not fit end it with 2 and a sentence, and it ends in order otherwise', async () => {
  const bad = hub.startAdapter(main, 'robot-2', { robot: { url: 'http://robot' }, places })
  expect((await bad.ended).code).toBe(2)
  expect(bad.lines().at(-1)?.msg).toContain('robot.url: starts with ws:// or wss://')
  adapter.kill('SIGTERM')
  expect((await adapter.ended).code).toBe(0)
  await vi.waitFor(async () => expect(await stateOf()).toMatchObject({ link: 'offline' }), slow)
}, 90_000)
