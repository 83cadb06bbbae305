/** Against a robot of somebody else's: `roslib`'s action server, in a process of its own. What it answers is not ours to choose. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningRobot, startRobot } from './support/robot.ts'
import { createStand, type Stand } from './support/stand.ts'

let robot: RunningRobot
let stand: Stand | undefined
const standsUp = async (how: Parameters<typeof createStand>[1] = {}) => {
  stand = await createStand(robot, how)
  await stand.up()
  return stand
}

beforeAll(async () => {
  robot = await startRobot()
}, 90_000)
afterEach(async () => {
  await stand?.stop()
  stand = undefined
})
afterAll(() => robot?.end())

const arrived = { status: 'done', result: { arrived: true } }
const words = [
  { language: 'zh', text: '您好，请跟我来。' },
  { language: 'en', text: 'Follow me, please.' },
]

describe('a robot with nav2', () => {
  test('leads somebody to a zone, and says so on the way', async () => {
    const rig = await standsUp()
    const guide = rig.give('guide', { to: { zone: 'waiting' }, words })
    expect(await guide.ended()).toMatchObject({ ...arrived, result: { arrived: true, said: [words[0]] } })
    const progress = guide.reports().filter(({ status }) => status === 'progress')
    expect(JSON.stringify(progress)).toContain('"step":"driving, 1 s left"')
    expect(JSON.stringify(progress)).toMatch(/"percent":[3-9]\d/)
    expect(guide.reports().map(({ status }) => status)).toContain('started')
    expect(rig.simulation().spoken).toContain(words[0]?.text)
    await rig.until(() =>
      expect(rig.state()).toMatchObject({ spot: { zone: 'waiting', pose: { map: 'map' } }, busy: false }),
    )
    expect(rig.hub.sent.some(({ topic }) => topic.endsWith('/stream/pose'))).toBe(true)
  }, 90_000)

  test('goes to a pose, and to a place by its own row before the zone around it', async () => {
    const rig = await standsUp()
    expect(await rig.give('guide', { to: { pose: { map: 'map', x: 2, y: 3 } } }).ended()).toMatchObject(
      arrived,
    )
    await rig.until(() => expect(rig.simulation().at).toMatchObject({ x: 2, y: 3 }))
    expect(await rig.give('guide', { to: { place: 'window', zone: 'kiosks' } }).ended()).toMatchObject(
      arrived,
    )
    await rig.until(() => expect(rig.simulation().at).toMatchObject({ x: 1, y: 4 }))
  }, 90_000)

  test('greets where it is asked to, and announces where it stands', async () => {
    const rig = await standsUp()
    const greet = rig.give('greet', { at: { zone: 'entrance' }, words, party: 1, askIntent: false })
    expect(await greet.ended()).toMatchObject({
      status: 'done',
      result: { said: [words[0]], language: 'zh' },
    })
    const english = [{ language: 'en-GB', text: 'Welcome.' }]
    expect(await rig.give('announce', { at: {}, words: english }).ended()).toMatchObject({ status: 'done' })
    await rig.until(() => expect(rig.simulation().spoken.at(-1)).toBe('Welcome.'))
    expect(rig.simulation().at).toMatchObject({ x: 1, y: 1 })
  }, 90_000)

  test('docks to charge, and leaves the dock before its next drive', async () => {
    const rig = await standsUp()
    const dock = rig.give('dock', { to: { place: 'charger-1' }, charge: true })
    expect(await dock.ended()).toMatchObject(arrived)
    await rig.until(() => expect(rig.state()).toMatchObject({ battery: { charging: true, percent: 80 } }))
    expect(await rig.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject(arrived)
    const goals = rig.relay.told.filter(({ op }) => op === 'send_action_goal').map(({ action }) => action)
    expect(goals.slice(-3)).toEqual(['/dock_robot', '/undock_robot', '/navigate_to_pose'])
    await rig.until(() => expect(rig.state()).toMatchObject({ battery: { charging: false } }))
  }, 90_000)

  test('refuses what it does not know before anything is promised', async () => {
    const rig = await standsUp()
    const unknown = { status: 'refused', code: 'unknown-place' }
    expect(await rig.give('guide', { to: { zone: 'cellar' } }).ended()).toMatchObject(unknown)
    expect(await rig.give('guide', { to: { pose: { map: 'upstairs', x: 1, y: 1 } } }).ended()).toMatchObject(
      unknown,
    )
    expect(
      await rig.give('dock', { to: { place: 'charger-9', zone: 'kiosks' }, charge: false }).ended(),
    ).toMatchObject(unknown)
    const french = [{ language: 'fr', text: 'Bonjour.' }]
    expect(await rig.give('announce', { at: {}, words: french }).ended()).toMatchObject({ status: 'refused' })
  })

  test('cancelled on its way it stops, and says so when it has', async () => {
    const rig = await standsUp()
    const guide = rig.give('guide', { to: { zone: 'exit' } })
    await rig.until(() => expect(rig.simulation().active).toBe(1))
    await rig.until(() => expect(JSON.stringify(guide.reports())).toContain('driving'))
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    expect(rig.simulation().active).toBe(0)
    expect(await rig.give('guide', { to: { zone: 'entrance' } }).ended()).toMatchObject({ status: 'done' })
  }, 90_000)
})
