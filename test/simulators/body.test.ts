/** A robot's body on its floor plan, somebody in its way, and a kiosk that breaks or is taken out of order in use. */
import { describe, expect, test } from 'vitest'
import { createRig, offer, start } from './support/rig.ts'

const floor = {
  walk: {
    metresPerSecond: 0.5,
    points: { dock: { x: 0, y: 0 }, entrance: { x: 3, y: 4 }, kiosks: { x: 3, y: 14 } },
    home: 'dock',
  },
}

const states = ({ hub }: ReturnType<typeof createRig>) =>
  hub.sent.filter(({ topic }) => topic.endsWith('/state')).map(({ body }) => body as { blocked?: boolean })

describe('a robot that knows its floor plan', () => {
  test('takes the time of the way, from where it stands', async () => {
    const rig = createRig('robot', floor)
    rig.hub.task(offer('greet', { start: true }))
    await rig.clock.pass(9_900)
    expect(rig.log('moved')).toEqual([])
    await rig.clock.pass(200)
    expect(rig.log('moved')).toMatchObject([{ to: 'entrance' }])
    await rig.clock.pass(10_000)
    rig.hub.task(offer('guide', { task: 't-2', start: true }))
    await rig.clock.pass(19_900)
    expect(rig.log('moved')).toHaveLength(1)
    await rig.clock.pass(2_000)
    expect(rig.log('moved')).toMatchObject([{ to: 'entrance' }, { to: 'kiosks' }])
  })

  test('says where it stands before it was sent anywhere', () => {
    const rig = createRig('robot', floor)
    expect(states(rig).at(-1)).toMatchObject({ spot: { place: 'dock' } })
  })
})

describe('a robot with somebody in its way', () => {
  const blocked = { ...floor, blocked: { share: 1, forMs: 4_000 } }

  test('waits, says so, and goes on', async () => {
    const rig = createRig('robot', blocked)
    rig.hub.task(offer('greet', { start: true }))
    await rig.clock.pass(10_100)
    expect(rig.log('blocked')).toMatchObject([{ state: 'on' }])
    expect(states(rig).at(-1)?.blocked).toBe(true)
    await rig.clock.pass(4_000)
    expect(rig.log('blocked')).toMatchObject([{ state: 'on' }, { state: 'off' }])
    expect(rig.log('moved')).toMatchObject([{ to: 'entrance' }])
    expect(states(rig).at(-1)?.blocked).toBe(false)
  })

  test('is not blocked any more when its task is called off', async () => {
    const rig = createRig('robot', blocked)
    rig.hub.task(offer('greet', { start: true }))
    await rig.clock.pass(10_100)
    rig.hub.task({ ...start(), kind: 'cancel', reason: 'visitor-left' })
    await rig.clock.pass(0)
    expect(states(rig).at(-1)?.blocked).toBe(false)
    await rig.clock.pass(10_000)
    expect(rig.log('blocked')).toHaveLength(2)
    expect(rig.log('moved')).toEqual([])
  })
})

describe('a kiosk in use', () => {
  const use = { forMs: 10_000, service: 'cash', ticket: 'A001' }
  const sessions = (rig: ReturnType<typeof createRig>) =>
    rig.log('session').map((entry) => 'state' in entry && entry.state)

  test('breaks when its user is told so, and is repaired after a while', async () => {
    const rig = createRig('kiosk')
    rig.device.use({ ...use, breaks: { code: 'card-reader', repairMs: 30_000 } })
    await rig.clock.pass(5_100)
    expect(sessions(rig)).toEqual(['started', 'failed'])
    expect(rig.device.use(use)).toBe(false)
    await rig.clock.pass(30_000)
    expect(rig.device.use(use)).toBe(true)
  })

  test('that goes out of order ends the session under its user', async () => {
    const rig = createRig('kiosk')
    rig.device.use(use)
    await rig.clock.pass(2_000)
    rig.device.setFault('outage')
    expect(sessions(rig)).toEqual(['started', 'failed'])
    await rig.clock.pass(20_000)
    expect(sessions(rig)).toEqual(['started', 'failed'])
    rig.device.setFault(undefined)
    expect(rig.device.use(use)).toBe(true)
  })
})
