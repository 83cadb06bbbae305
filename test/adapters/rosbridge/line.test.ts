/** The line to the robot: Wi-Fi, restarts, nonsense, and who may come in. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRosbridge } from '#adapters/rosbridge/adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { remove, scratch } from '../../cli/support.ts'
import { ownCertificate } from './support/own-certificate.ts'
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
const count = (stand: Stand, text: string) => stand.lines.filter((line) => line.text === text).length

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

describe('Wi-Fi', () => {
  test.each(['cut', 'silent'] as const)(
    '%s and back on the way: the goal goes on, and its end is known',
    async (how) => {
      const stand = await standsUp()
      const guide = stand.give('guide', { to: { pose: { map: 'map', x: 41, y: 1 } } })
      await isUnderWay(stand, guide)
      robot.relay.setWifi(how)
      // The robot arrives while nobody hears it.
      await isStill(stand)
      await stand.until(() => expect(count(stand, 'the robot is out of reach')).toBe(1))
      expect(guide.end()).toBeUndefined()
      robot.relay.setWifi('there')
      expect(await guide.ended()).toMatchObject(arrived)
      expect(count(stand, 'the robot is in reach again')).toBe(1)
      expect(await stand.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject(arrived)
    },
    90_000,
  )

  test('back in time, while the goal still goes on: it can be cancelled, though its connection is gone', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.relay.setWifi('cut')
    await stand.until(() => expect(count(stand, 'the robot is out of reach')).toBe(1))
    robot.relay.setWifi('there')
    await stand.until(() => expect(count(stand, 'the robot is in reach again')).toBe(1))
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    await isStill(stand)
  }, 90_000)

  test('back in time, and the server does not say what goes on: the goal is ended', async () => {
    const stand = await standsUp()
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.relay.faults.add('no-latch')
    robot.relay.setWifi('cut')
    await stand.until(() => expect(count(stand, 'the robot is out of reach')).toBe(1))
    robot.relay.setWifi('there')
    expect(await guide.ended()).toMatchObject({ status: 'failed' })
    await isStill(stand)
  }, 90_000)

  test('gone for too long: the task has failed, and the goal is stopped at the next meeting', async () => {
    const stand = await standsUp({ config: { graceMs: 500, leftovers: 'leave' } })
    const guide = stand.give('guide', far)
    await isUnderWay(stand, guide)
    robot.relay.setWifi('cut')
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'unreachable' })
    expect(await stand.give('guide', far).ended()).toMatchObject({ status: 'refused', code: 'unreachable' })
    expect(stand.simulation().active).toBe(1)
    robot.relay.setWifi('there')
    await isStill(stand)
    await stand.until(() => expect(stand.state()).toMatchObject({ health: { level: 'ok' } }))
    expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' })
  }, 90_000)
})

describe('a goal left over from before a restart of the adapter', () => {
  test('is stopped', async () => {
    robot.wish({ goal: { x: 900, y: 1 } })
    await expect.poll(() => robot.simulation().active).toBe(1)
    const stand = await standsUp()
    await isStill(stand)
    // The adapter may hear of it a moment later than the test.
    await stand.until(async () =>
      expect(await stand.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject({
        status: 'done',
      }),
    )
  }, 90_000)

  test('is left alone where somebody else sends some, too', async () => {
    robot.wish({ goal: { x: 900, y: 1 } })
    await expect.poll(() => robot.simulation().active).toBe(1)
    const stand = await standsUp({ config: { leftovers: 'leave' } })
    await stand.until(() => expect(stand.state()).toMatchObject({ busy: true }))
    expect(await stand.give('guide', far).ended()).toMatchObject({ status: 'refused', code: 'other-goal' })
    robot.wish({ cancel: true })
    await isStill(stand)
  }, 90_000)
})

describe('what the robot says', () => {
  test('is survived, counted and told once, whatever it is', async () => {
    const stand = await standsUp({ config: { topics: { diagnostics: '/diagnostics' } } })
    const guide = stand.give('guide', { to: { pose: { map: 'map', x: 12, y: 1 } } })
    const { relay } = robot
    for (let times = 0; times < 3; times += 1) {
      relay.shout('no JSON at all, NaN')
      relay.shout('[1, 2]')
      relay.shout(Buffer.from([0xd9, 0xd9, 0xf7]))
      relay.shout(JSON.stringify({ op: 'publish', topic: '/map', msg: 'x'.repeat(1_000_001) }))
      relay.shout('{"op":"png","data":"iVBORw0KGgo="}')
      relay.shout('{"op":"publish_everything"}')
      relay.shout('{"op":"fragment","id":"f","data":"x","num":7,"total":2}')
      relay.shout('{"op":"action_result","id":"usher:nobody","status":4,"values":{},"result":true}')
      relay.shout('{"op":"status","level":"warning","msg":"you should not"}')
      relay.publish('/battery_state', { percentage: 'full' })
      relay.publish('/amcl_pose', { header: { frame_id: 'map' }, pose: null })
      relay.publish('/navigate_to_pose/_action/status', { status_list: [{ goal_info: 7 }] })
    }
    expect(await guide.ended()).toMatchObject(arrived)
    const codes = stand.lines.flatMap(({ fields: { code } }) => (typeof code === 'string' ? [code] : []))
    expect(codes.toSorted()).toEqual([
      'bad-fragment',
      'bad-message',
      'compressed',
      'not-rosbridge',
      'server-complains',
      'too-large',
      'unknown-op',
    ])
    await stand.stop()
    // Each came on both connections.
    const odd = stand.lines.find(({ text }) => text === 'the robot is let go')?.fields['odd']
    expect(odd).toMatchObject({ 'not-rosbridge': 12, 'too-large': 6, compressed: 12, 'bad-message': 9 })
  }, 90_000)

  test('about its battery: a measured one, percent instead of a fraction, none at all', async () => {
    const stand = await standsUp()
    await stand.until(() =>
      expect(stand.state()).toMatchObject({ battery: { percent: 80, charging: false } }),
    )
    robot.wish({ battery: { percentage: 87, power_supply_status: 4 } })
    await stand.until(() => expect(stand.state()).toMatchObject({ battery: { percent: 87, charging: true } }))
    robot.wish({ battery: { percentage: null, power_supply_status: 0 } })
    expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' })
    expect(stand.state()).toMatchObject({ battery: { percent: 87 } })
  }, 90_000)

  test('about its parts: what is in error makes it degraded, until it is well again', async () => {
    const stand = await standsUp({ config: { topics: { diagnostics: '/diagnostics' } } })
    robot.wish({
      diagnostics: [
        { level: 2, name: 'lidar: Scan' },
        { level: 1, name: 'imu' },
      ],
    })
    await stand.until(() =>
      expect(stand.state()).toMatchObject({ health: { level: 'degraded', reasons: ['lidar-scan'] } }),
    )
    robot.wish({ diagnostics: [{ level: 0, name: 'lidar: Scan' }] })
    await stand.until(() => expect(stand.state()).toMatchObject({ health: { level: 'ok' } }))
  }, 90_000)
})

describe('who may come in', () => {
  const token = 'a-token-of-the-proxy-before-rosbridge'

  test('is told by a token, which is in no log', async () => {
    const own = await anotherRobot({ token })
    const stand = await standsUp({ config: { robot: { url: own.url, token } } }, own)
    expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' })
    expect(JSON.stringify([stand.lines, stand.hub.sent])).not.toContain(token)
  }, 90_000)

  test('with a wrong one the robot is lost, as one that lets nobody in', async () => {
    const own = await anotherRobot({ token })
    const wrong = 'a-token-of-somebody-else'
    const stand = await createStand(own, { config: { robot: { url: own.url, token: wrong } } })
    stands.push(stand)
    await stand.until(() => expect(stand.lines.map(({ fields }) => fields['code'])).toEqual(['unauthorised']))
    expect(JSON.stringify(stand.lines)).not.toContain(wrong)
  }, 90_000)
})

test('over TLS a robot is believed that the named authority vouches for, and no other', async () => {
  const tls = await ownCertificate()
  const own = await anotherRobot({ tls })
  const stranger = await createStand(own)
  stands.push(stranger)
  await stranger.until(() =>
    expect(stranger.lines.map(({ fields }) => fields['code'])).toEqual(['unreachable']),
  )
  const folder = scratch()
  mkdirSync(folder, { recursive: true })
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, tls.cert)
  const stand = await standsUp({ config: { robot: { url: own.url, ca } } }, own)
  expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' })
  remove(folder)
}, 90_000)

test('words on a topic take their reckoned time, and the manifest says that they cannot be taken back', async () => {
  const speech = { by: 'topic', topic: '/speech', msPerCharacter: 50 }
  const stand = await standsUp({
    config: { speech },
    adapter: createRosbridge({ clock: createSystemClock(), newId: () => globalThis.crypto.randomUUID() }),
  })
  expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' })
  expect(robot.relay.last('/speech')).toEqual({ data: '您好。' })
  const manifest = stand.hub.sent.find(({ topic }) => topic.endsWith('/manifest'))?.body
  expect(manifest).toMatchObject({ guarantees: { cancels: false } })
}, 90_000)
