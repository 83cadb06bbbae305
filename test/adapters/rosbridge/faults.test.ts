/** What such robots and their server do wrong with goals, one by one: each is planted, and the hub is told the truth. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningRobot, startRobot } from './support/robot.ts'
import { createStand, type Stand } from './support/stand.ts'

const arrived = { status: 'done', result: { arrived: true } }
const stands: Stand[] = []
const robots: RunningRobot[] = []
let robot: RunningRobot

const standsUp = async (how: Parameters<typeof createStand>[1] = {}, at = robot) => {
  const stand = await createStand(at, how)
  stands.push(stand)
  await stand.up()
  return stand
}
const anotherRobot = async (options: Parameters<typeof startRobot>[0]) => {
  const made = await startRobot(options)
  robots.push(made)
  return made
}
const far = { to: { zone: 'exit' } }
const isUnderWay = async (stand: Stand, guide: ReturnType<Stand['give']>) => {
  await stand.until(() => expect(JSON.stringify(guide.reports())).toContain('driving'))
  await stand.until(() => expect(stand.simulation().active).toBe(1))
}
const isStill = (stand: Stand) => stand.until(() => expect(stand.simulation().active).toBe(0))

beforeAll(async () => {
  robot = await startRobot({ environment: { ROS_SPEED: '10' } })
}, 90_000)
/** Each begins at the entrance. */
beforeEach(() => {
  robot.relay.faults.clear()
  robot.relay.setWifi('there')
  robot.wish({
    faults: [],
    distro: 'jazzy',
    place: { x: 1, y: 1 },
    battery: { percentage: 0.8, power_supply_status: 2 },
  })
})
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.stop()))
  await Promise.all(robots.splice(0).map((one) => one.end()))
})
afterAll(() => robot?.end())

const announcement = { at: {}, words: [{ language: 'zh', text: '您好。' }] }

describe('a goal', () => {
  test.each([
    ['reject', 'not-started', 'Action goal was rejected'],
    ['complain', 'not-started', 'no such type'],
  ] as const)(
    'that the robot does not take (%s) was not begun',
    async (fault, status, note) => {
      const stand = await standsUp()
      robot.relay.faults.add(fault)
      const end = await stand.give('guide', { to: { zone: 'waiting' } }).ended()
      expect(end).toMatchObject({ status, code: 'goal-rejected' })
      expect(end.note).toContain(note)
    },
    90_000,
  )

  test.each(['reject-in-silence', 'drop-goal'] as const)(
    'that nobody answers (%s) has failed, and the connection it may have blocked is dialled anew',
    async (fault) => {
      const stand = await standsUp({ config: { acceptWithinMs: 1_000 } })
      robot.relay.faults.add(fault)
      const guide = stand.give('guide', { to: { zone: 'waiting' } })
      expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'no-answer' })
      robot.relay.faults.clear()
      expect(await stand.give('guide', { to: { zone: 'waiting' } }).ended()).toMatchObject(arrived)
    },
    90_000,
  )

  test.each([
    ['jazzy', 'blocked', '(105) Failed to make progress'],
    ['iron', 'blocked', '(105)'],
    ['humble', 'navigation-failed', 'gave the goal up'],
  ])(
    'that nav2 of %s gives up: %s',
    async (distro, code, note) => {
      const stand = await standsUp()
      robot.wish({ faults: ['blocked'], distro })
      const end = await stand.give('guide', far).ended()
      expect(end).toMatchObject({ status: 'failed', code })
      expect(end.note).toContain(note)
      const blocked = stand.hub.sent.map(({ body }) => body['blocked']).filter((one) => one !== undefined)
      expect(blocked).toContain(true)
      await stand.until(() => expect(stand.state()).toMatchObject({ blocked: false }))
    },
    90_000,
  )

  test.each(['drop-result', 'double-result', 'status-inside', 'no-status', 'in-pieces'] as const)(
    'whose result is spoilt (%s) ends once, as it did',
    async (fault) => {
      const stand = await standsUp()
      robot.relay.faults.add(fault)
      const guide = stand.give('guide', { to: { zone: 'waiting' } })
      expect(await guide.ended()).toMatchObject(arrived)
      expect(await stand.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject(arrived)
      expect(guide.reports().filter(({ status }) => status === 'done')).toHaveLength(1)
    },
    90_000,
  )

  test('that somebody cancels at the robot has failed, though the server calls it a result', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.wish({ cancel: true })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'stopped-by-hand' })
  }, 90_000)

  test('that another takes the place of has failed, and the robot is taken as long as that goes on', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.wish({ goal: { x: 900, y: 1 } })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'taken-over' })
    await stand.until(() => expect(stand.state()).toMatchObject({ busy: true }))
    expect(await stand.give('guide', far).ended()).toMatchObject({ status: 'refused', code: 'other-goal' })
    robot.wish({ cancel: true })
    await stand.until(() => expect(stand.state()).toMatchObject({ busy: false }))
    expect(await stand.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject(arrived)
  }, 90_000)

  test('that succeeded where the robot does not stand has failed', async () => {
    const stand = await standsUp()
    robot.wish({ faults: ['lies'] })
    const guide = stand.give('guide', { to: { zone: 'waiting' } })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'wrong-place' })
  }, 90_000)

  test('of which nothing is heard any more is ended', async () => {
    const stand = await standsUp({ config: { silentMs: 1_500 } })
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.wish({ faults: ['dies'] })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'goal-lost' })
    await isStill(stand)
  }, 90_000)

  test('of a navigation that was started anew is lost', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.wish({ restart: true })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'goal-lost' })
  }, 90_000)

  test('of a robot that dies behind its server is lost, and nobody waits for its stop', async () => {
    const own = await anotherRobot({})
    const stand = await standsUp({ config: { silentMs: 1_500 } }, own)
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    own.robot.kill('SIGKILL')
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'goal-lost' })
  }, 90_000)

  test('onto a dock that does not charge', async () => {
    const stand = await standsUp()
    robot.wish({ faults: ['no-contact'] })
    const dock = stand.give('dock', { to: { place: 'charger-1' }, charge: true })
    expect(await dock.ended()).toMatchObject({ status: 'failed', code: 'not-charging' })
  }, 90_000)
})

describe('a cancel', () => {
  test('that the robot ignores is told again, reported as unconfirmed, and the robot stays taken', async () => {
    const stand = await standsUp({ stopWithinMs: 300 })
    const guide = stand.give('guide', { to: { pose: { map: 'map', x: 1, y: 81 } } })
    await isUnderWay(stand, guide)
    robot.wish({ faults: ['deaf-to-cancel'] })
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'stop-unconfirmed' })
    expect(await stand.give('guide', far).ended()).toMatchObject({ status: 'refused', code: 'busy' })
    await isStill(stand)
    const calls = robot.relay.told.filter(
      ({ service }) => service === '/navigate_to_pose/_action/cancel_goal',
    )
    expect(calls.length).toBeGreaterThan(1)
    await stand.until(async () =>
      expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' }),
    )
  }, 90_000)

  test('that takes its time is confirmed when it is over, not before', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.wish({ faults: ['slow-to-cancel'] })
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    expect(stand.simulation().active).toBe(0)
  }, 90_000)

  test.each(['drop-cancel', 'drop-cancel-call'] as const)(
    'of which one way is deaf (%s) gets there by the other',
    async (fault) => {
      const own = await anotherRobot({ threads: true })
      const stand = await standsUp({}, own)
      own.relay.faults.add(fault)
      const guide = stand.give('guide', far)
      await isUnderWay(stand, guide)
      guide.cancel()
      expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
      expect(own.simulation().active).toBe(0)
    },
    90_000,
  )

  test('of all movement stops the robot, whoever sent it', async () => {
    const stand = await standsUp({ config: { leftovers: 'leave' } })
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    stand.config('stopped')
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'movement-stopped' })
    await isStill(stand)
    robot.wish({ goal: { x: 900, y: 1 } })
    await stand.until(() => expect(stand.simulation().active).toBe(1))
    await isStill(stand)
    stand.config('allowed')
  }, 90_000)
})
