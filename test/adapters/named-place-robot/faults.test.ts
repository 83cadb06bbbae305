/** What such robots get wrong, one by one: each is planted in the simulated robot, and the hub is told the truth. */
import { describe, expect, test } from 'vitest'
import { createStand, type Stand } from './support/stand.ts'

type Finished = (call: () => Promise<void>) => void

const standsUp = async (onTestFinished: Finished, how: Parameters<typeof createStand>[0] = {}) => {
  const stand = await createStand(how)
  onTestFinished(() => stand.stop())
  await stand.up()
  return stand
}

/** A journey takes some seconds: what happens on the way happens on the way on a busy machine, too. */
const unhurried = { ROBOT_SPEED: '0.4' }

const guideTo = (stand: Stand, zone: string) => stand.give('guide', { to: { zone } })
const isMoving = (stand: Stand) => stand.until(async () => expect((await stand.simulate()).moving).toBe(true))
const arrived = { status: 'done', result: { arrived: true } }
const complete = (location: string) => ({
  event: 'onGoToLocationStatusChanged',
  data: { location, status: 'complete', descriptionId: 500, description: 'Complete' },
})
const movedByHand = (status: string) => ({
  event: 'onMovementStatusChanged',
  data: { type: 'skidJoy', status },
})

describe.concurrent('reports of its navigation', () => {
  test('a stale arrival at the same place does not end the new journey', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    await stand.simulate({ event: complete('sofa') })
    expect(await guide.ended()).toMatchObject(arrived)
    expect(await stand.simulate()).toMatchObject({ at: 'Sofa', moving: false })
  }, 90_000)

  test('arrivals that come twice, and when the next journey has begun, end one journey each', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ faults: ['late-complete', 'duplicate-complete'] })
    for (const [zone, place] of [
      ['waiting', 'Sofa'],
      ['counters', 'Desk'],
      ['waiting', 'Sofa'],
      ['entrance', 'Front Door'],
    ] as const) {
      expect(await guideTo(stand, zone).ended()).toMatchObject(arrived)
      expect((await stand.simulate()).at).toBe(place)
    }
  }, 90_000)

  test('an arrival that is never reported is seen', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ faults: ['lost-complete'] })
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject(arrived)
  }, 90_000)

  test('blocked: it fails with that, and the hub knows that it is', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ faults: ['blocked'] })
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({ status: 'failed', code: 'blocked' })
    await stand.until(() => expect(stand.state()).toMatchObject({ blocked: true }))
    await stand.simulate({ faults: [] })
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject(arrived)
    await stand.until(() => expect(stand.state()).toMatchObject({ blocked: false }))
  }, 90_000)

  test('an order that is taken and never begun', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { config: { beginWithinMs: 500 } })
    await stand.simulate({ faults: ['no-start'] })
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({ status: 'failed', code: 'not-begun' })
  }, 90_000)
})

describe.concurrent('a stop', () => {
  test('that is not confirmed is reported as such, and the robot stays taken until it stands', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried, stopWithinMs: 300 })
    await stand.simulate({ faults: ['deaf-to-stop'] })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'stop-unconfirmed' })
    expect((await stand.simulate()).moving).toBe(true)
    expect(await guideTo(stand, 'entrance').ended()).toMatchObject({ status: 'refused', code: 'busy' })
    await stand.until(async () => expect((await stand.simulate()).moving).toBe(false))
    await stand.until(async () =>
      expect(await stand.give('announce', announcement).ended()).toMatchObject({ status: 'done' }),
    )
  }, 90_000)

  test('that takes its time is confirmed when the robot stands, not before', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    await stand.simulate({ faults: ['slow-to-stop'] })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    guide.cancel()
    expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    expect((await stand.simulate()).moving).toBe(false)
  }, 90_000)

  test('of all movement stops it', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    stand.config({ movement: 'stopped' })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'movement-stopped' })
    expect((await stand.simulate()).moving).toBe(false)
  }, 90_000)
})

const announcement = { at: {}, words: [{ language: 'zh', text: '您好。' }] }

describe.concurrent('a robot that belongs to somebody else', () => {
  test('taken over on its way', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    await stand.simulate({ takenByHand: true })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'stopped-by-hand' })
  }, 90_000)

  test('driven by hand it takes nothing on, and then again', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ event: movedByHand('going') })
    await stand.until(() => expect(stand.state()).toMatchObject({ willing: false }))
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({
      status: 'refused',
      code: 'driven-by-hand',
    })
    await stand.simulate({ event: movedByHand('complete') })
    await stand.until(() => expect(stand.state()).toMatchObject({ willing: true }))
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject(arrived)
  }, 90_000)

  test('following somebody', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ event: { event: 'onBeWithMeStatusChanged', data: { status: 'track' } } })
    await stand.until(() => expect(stand.state()).toMatchObject({ willing: false }))
    expect(await stand.give('announce', announcement).ended()).toMatchObject({
      status: 'refused',
      code: 'following',
    })
  }, 90_000)

  test('on a journey of its own', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    await stand.simulate({ go: 'Desk' })
    await stand.until(() => expect(stand.state()).toMatchObject({ willing: false }))
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({ status: 'refused', code: 'own-journey' })
    await stand.until(() => expect(stand.state()).toMatchObject({ willing: true }))
    expect((await stand.simulate()).at).toBe('Desk')
  }, 90_000)

  test('going home with a low battery in the middle of a task', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: unhurried })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    await stand.simulate({ battery: { level: 9, isCharging: false }, go: 'home base' })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'battery-low' })
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({ status: 'refused' })
    await stand.until(async () => expect(await stand.simulate()).toMatchObject({ at: 'home base' }))
    await stand.until(() => expect(stand.state()).toMatchObject({ battery: { percent: 9, charging: true } }))
  }, 90_000)

  test('with a low battery it takes on nothing that moves', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    await stand.simulate({ battery: { level: 9, isCharging: false } })
    await stand.until(() => expect(stand.state()).toMatchObject({ battery: { percent: 9 } }))
    expect(await guideTo(stand, 'waiting').ended()).toMatchObject({ status: 'refused', code: 'battery-low' })
    expect(await stand.give('dock', { to: { place: 'charger-1' }, charge: true }).ended()).toMatchObject(
      arrived,
    )
  }, 90_000)
})

describe.concurrent.each(['websocket', 'http', 'webhook'])('Wi-Fi over %s', (transport) => {
  const environment = { ROBOT_TRANSPORT: transport, ...unhurried }

  test.for(['cut', 'silent'])(
    '%s and back on the way: the journey goes on, and nothing is lost',
    { timeout: 90_000 },
    async (how, { onTestFinished }) => {
      const stand = await standsUp(onTestFinished, { environment, config: { answerMs: 1_200 } })
      const guide = guideTo(stand, 'waiting')
      await isMoving(stand)
      await stand.simulate({ wifi: how })
      // The robot arrives while nobody hears it.
      await stand.until(async () => expect((await stand.simulate()).at).toBe('Sofa'))
      await stand.until(() => expect(stand.lines.at(-1)?.text).toBe('the robot is out of reach'))
      expect(guide.end()).toBeUndefined()
      await stand.simulate({ wifi: 'there' })
      expect(await guide.ended()).toMatchObject(arrived)
      expect(stand.lines.filter(({ text }) => text === 'the robot is in reach again')).toHaveLength(1)
    },
  )

  test('gone for too long: the task fails, offers are refused, and it comes back by itself', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished, { environment, config: { graceMs: 600, answerMs: 1_200 } })
    const guide = guideTo(stand, 'waiting')
    await isMoving(stand)
    await stand.simulate({ wifi: 'cut' })
    expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'unreachable' })
    expect(await guideTo(stand, 'entrance').ended()).toMatchObject({ status: 'refused', code: 'unreachable' })
    await stand.simulate({ wifi: 'there' })
    await stand.until(() => expect(stand.state()).toMatchObject({ health: { level: 'ok' } }), 20_000)
    expect(await guideTo(stand, 'entrance').ended()).toMatchObject(arrived)
  }, 90_000)
})

test.concurrent('an app that was started anew has forgotten its task', async ({ onTestFinished }) => {
  const stand = await standsUp(onTestFinished, { environment: unhurried })
  const guide = guideTo(stand, 'waiting')
  await isMoving(stand)
  await stand.simulate({ restart: true })
  expect(await guide.ended()).toMatchObject({ status: 'failed', code: 'unreachable' })
}, 90_000)

test.concurrent('what is not as documented is counted and told once', async ({ onTestFinished }) => {
  const stand = await standsUp(onTestFinished)
  for (let times = 0; times < 3; times += 1)
    await stand.simulate({ event: { event: 'onGoToLocationStatusChanged', data: { status: 7 } } })
  expect(await guideTo(stand, 'waiting').ended()).toMatchObject(arrived)
  expect(stand.lines.filter(({ fields }) => fields['code'] === 'bad-event')).toHaveLength(1)
}, 90_000)

describe.concurrent('its own greeting', () => {
  const greeted = { event: 'onGreetModeStateChanged', data: { state: 3 } }

  test('is switched by the hub', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: { ROBOT_GREETS: 'switchable' } })
    stand.config({ builtIn: { greet: 'on' } })
    await stand.until(async () => expect((await stand.simulate()).mode).toBe('GREET'))
    stand.config({ revision: 2, builtIn: { greet: 'off' } })
    await stand.until(async () => expect((await stand.simulate()).mode).toBe('DEFAULT'))
  }, 90_000)

  test('is reported where nobody can switch it', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { environment: { ROBOT_GREETS: 'always' } })
    await stand.simulate({ event: greeted })
    await stand.until(() =>
      expect(stand.hub.events().map(({ body }) => body)).toMatchObject([
        { behaviour: 'greet', zone: 'entrance' },
      ]),
    )
  }, 90_000)
})
