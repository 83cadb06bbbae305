/** The line to the hub, the device behind the adapter, and what is said of them in the log. */
import { describe, expect, test } from 'vitest'
import type { DeviceHandle, DeviceSide, Sent } from '#adapters/sdk/adapter.ts'
import { DeviceUnauthorised, DeviceUnreachable } from '#adapters/sdk/errors.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'
import { offer } from '../../simulators/support/rig.ts'
import { createHeld, createRig, oneDevice } from './support/rig.ts'

const texts = (rig: Awaited<ReturnType<typeof createRig>>) => rig.lines.map(({ text }) => text)

describe('the line to the hub', () => {
  test('exactly one line in the log when it is lost and one when it is back, however often it is dialled', async () => {
    const rig = await createRig()
    rig.hub.down()
    for (const text of ['ECONNREFUSED', 'ECONNREFUSED', 'EHOSTUNREACH', 'ECONNREFUSED'])
      rig.trouble.tell(text)
    await rig.clock.pass(90_000)
    rig.hub.up()
    expect(texts(rig)).toEqual([
      'the line to the hub is up',
      'the line to the hub is lost',
      'the line to the hub is back',
    ])
    expect(rig.lines.at(-1)?.fields).toEqual({ afterMs: 90_000 })
  })

  test('a hub that was never reached is said once, a refusal once', async () => {
    const rig = await createRig({ connect: () => new Promise(() => {}) })
    rig.trouble.tell('ECONNREFUSED')
    rig.trouble.tell('EHOSTUNREACH')
    rig.trouble.refuse('Not authorized')
    rig.trouble.refuse('Not authorized')
    expect(texts(rig)).toEqual(['the hub cannot be reached yet', 'the hub does not let this adapter in'])
  })

  test('events are kept while it is down and sent again with the same numbers until acknowledged', async () => {
    const rig = await createRig()
    const { device } = rig.context()
    rig.hub.acknowledges = false
    expect(device.emit('zone.count', { zone: 'waiting', count: 1 })).toEqual({ sent: true })
    rig.hub.down()
    device.emit('zone.count', { zone: 'waiting', count: 2 })
    rig.hub.acknowledges = true
    rig.hub.up()
    await rig.clock.pass(0)
    const events = rig.hub.events()
    expect(events.map(({ body }) => body['count'])).toEqual([1, 1, 2])
    expect(events[1]?.raw).toBe(events[0]?.raw)
    expect(rig.adapter.unacknowledged()).toBe(0)
  })

  test('what the hub refuses is told once, counted, and given up', async () => {
    const rig = await createRig()
    rig.hub.acknowledges = false
    rig.context().device.emit('zone.count', { zone: 'waiting', count: 1 })
    const { topic, body } = rig.hub.events()[0] ?? {}
    const error = { code: 'event.unknown', text: 'No.', topic, boot: 'boot-1', n: body?.['n'] }
    rig.hub.say(topics.error('demo', 'robot-1'), error)
    rig.hub.down()
    rig.hub.up()
    expect(rig.hub.events()).toHaveLength(1)
    expect(rig.adapter.counts()).toEqual({ 'event.unknown': 1, 'message.dropped': 1 })
  })
})

describe("behind a broker that only passes on, the hub's own ack counts", () => {
  const ack = (rig: Awaited<ReturnType<typeof createRig>>, n: number, boot = 'boot-1') =>
    rig.hub.say(topics.ack('demo', 'robot-1'), { boot, n })

  test('a PUBACK means nothing: it is kept until the ack, which is cumulative', async () => {
    const rig = await createRig({ parts: { acknowledgedBy: 'hub' } })
    const { device } = rig.context()
    for (const count of [1, 2, 3]) device.emit('zone.count', { zone: 'waiting', count })
    await rig.clock.pass(0)
    const [, second] = rig.hub.events()
    expect(rig.adapter.unacknowledged()).toBe(6)
    ack(rig, second?.body['n'] as number, 'another-boot')
    expect(rig.adapter.unacknowledged()).toBe(6)
    ack(rig, second?.body['n'] as number)
    expect(rig.adapter.unacknowledged()).toBe(1)
  })

  test('the hub was away while the line held: when it is back, it gets what it missed', async () => {
    const rig = await createRig({ parts: { acknowledgedBy: 'hub' } })
    rig.context().device.emit('zone.count', { zone: 'waiting', count: 1 })
    rig.hub.say(topics.hub('demo'), { status: 'online', epoch: 1 })
    expect(rig.hub.events()).toHaveLength(2)
    expect(rig.hub.events()[1]?.raw).toBe(rig.hub.events()[0]?.raw)
  })

  test('an ack that never comes: it is sent again, but not what is only just on its way', async () => {
    const rig = await createRig({ parts: { acknowledgedBy: 'hub' } })
    await rig.clock.pass(4_000)
    rig.context().device.emit('zone.count', { zone: 'waiting', count: 1 })
    await rig.clock.pass(1_500)
    expect(rig.hub.events()).toHaveLength(1)
    await rig.clock.pass(5_000)
    expect(rig.hub.events()).toHaveLength(2)
  })
})

describe('the device behind the adapter', () => {
  test('is tried again longer and longer; the hub hears of it once it is there', async () => {
    const triedAt: number[] = []
    const clock = createFakeClock(0)
    const rig = await createRig({
      clock,
      connect: async () => {
        triedAt.push(clock.now())
        if (triedAt.length < 5) throw new DeviceUnreachable('ECONNREFUSED')
        return oneDevice()
      },
    })
    expect(rig.hub.session()).toBeUndefined()
    await rig.clock.pass(60_000)
    expect(triedAt).toEqual([0, 500, 1_500, 3_500, 7_500])
    expect(rig.hub.session()).toBeDefined()
    rig.hub.up()
    await expect(rig.adapter.ready).resolves.toBeUndefined()
    expect(texts(rig)).toEqual(['the device is lost', 'the device is back', 'the line to the hub is up'])
  })

  test('lost: what runs ends, offers are refused and health says why, until it is back', async () => {
    const held = createHeld({ arrived: true })
    const losses: (() => void)[] = []
    const rig = await createRig({
      connect: async () => ({
        ...oneDevice({ capabilities: { guide: held.obedient } }),
        lost: new Promise<void>((resolve) => losses.push(resolve)),
      }),
    })
    await rig.task(offer('guide', { start: true }))
    losses[0]?.()
    await rig.clock.pass(0)
    expect(rig.last()).toMatchObject({ status: 'failed', code: 'unreachable' })
    expect(held.calls[0]?.signal.reason).toMatchObject({ why: 'lost' })
    await rig.task(offer('guide', { task: 't-2' }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'unreachable' })
    expect(rig.sentOn('/state').at(-1)?.body['health']).toEqual({
      level: 'faulted',
      reasons: ['unreachable'],
    })
    await rig.clock.pass(1_000)
    expect(rig.sentOn('/state').at(-1)?.body['health']).toEqual({ level: 'ok' })
    await rig.task(offer('guide', { task: 't-3' }))
    expect(rig.last()).toMatchObject({ status: 'accepted' })
    expect(texts(rig).slice(1)).toEqual(['the device is lost', 'the device is back'])
  })

  test('one that goes as soon as it is there is not asked for ever', async () => {
    const clock = createFakeClock(0)
    const triedAt: number[] = []
    await createRig({
      clock,
      connect: async () => {
        triedAt.push(clock.now())
        return { ...oneDevice(), lost: Promise.resolve() }
      },
    })
    await clock.pass(20_000)
    expect(triedAt).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500])
  })

  test('a task that finds nobody there makes it connect again', async () => {
    let connects = 0
    const rig = await createRig({
      connect: async () => {
        connects += 1
        return oneDevice({ capabilities: { dock: () => Promise.reject(new DeviceUnreachable()) } })
      },
    })
    await rig.task(offer('dock', { start: true }))
    expect(connects).toBe(1)
    await rig.clock.pass(500)
    expect(connects).toBe(2)
  })

  test('one that does not let the adapter in is tried again too, and says so', async () => {
    const rig = await createRig({ connect: () => Promise.reject(new DeviceUnauthorised('wrong password')) })
    await rig.clock.pass(10_000)
    expect(rig.lines).toEqual([
      expect.objectContaining({
        text: 'the device is lost',
        fields: expect.objectContaining({ code: 'unauthorised' }),
      }),
    ])
  })
})

describe('a certificate', () => {
  test('is renewed on the line when the time has come, and a broken one changes nothing', async () => {
    const taken: string[] = []
    const renewal = {
      due: (nowMs: number) => (nowMs < 50_000_000 ? undefined : 'REQUEST'),
      take(payload: string) {
        taken.push(payload)
        if (payload.includes('broken')) throw new Error('not a certificate')
        return true
      },
    }
    const rig = await createRig({ parts: { renewal } })
    expect(rig.hub.session()?.subscriptions).toContain(topics.credential('demo', 'robot-1'))
    await rig.clock.pass(24 * 3_600_000)
    expect(rig.sentOn('/enrol').map(({ body, qos }) => [body, qos])).toEqual([[{ csr: 'REQUEST' }, 1]])
    rig.hub.say(topics.credential('demo', 'robot-1'), { certificate: 'broken' })
    rig.hub.say(topics.credential('demo', 'robot-1'), { certificate: 'new' })
    expect(texts(rig).slice(-2)).toEqual(['the new certificate cannot be used', 'the certificate is renewed'])
    expect(taken).toHaveLength(2)
  })
})

describe('what a device does without being asked', () => {
  test('is switched off on the word of the hub; what fails is tried again and shown', async () => {
    const switched: boolean[] = []
    let fails = true
    const greet = (on: boolean) => {
      if (fails) throw new Error('not now')
      switched.push(on)
    }
    const rig = await createRig({ side: { builtIn: { greet, promote: 'always' } } })
    expect(rig.sentOn('/manifest')[0]?.body['builtIn']).toEqual([
      { behaviour: 'greet', switchable: true },
      { behaviour: 'promote', switchable: false },
    ])
    await rig.config({ builtIn: { greet: 'off' } })
    expect(rig.sentOn('/state').at(-1)?.body['health']).toEqual({
      level: 'degraded',
      reasons: ['own-greet-not-switched'],
    })
    fails = false
    await rig.clock.pass(10_000)
    expect(switched).toEqual([false])
    expect(rig.sentOn('/state').at(-1)?.body['health']).toEqual({ level: 'ok' })
    await rig.config({ builtIn: { greet: 'off' }, revision: 2 })
    expect(switched).toEqual([false])
    await rig.config({ builtIn: { greet: 'on' }, revision: 3 })
    expect(switched).toEqual([false, true])
  })

  test('what cannot be switched off is told each time, so that it takes the claim', async () => {
    const rig = await createRig({ side: { builtIn: { greet: 'always' } } })
    rig.context().device.performed('greet', { zone: 'entrance' })
    expect(rig.hub.events().at(-1)?.body).toMatchObject({ behaviour: 'greet', zone: 'entrance' })
  })
})

describe('what an adapter says of its device', () => {
  const bad: [string, string, (device: DeviceHandle) => Sent][] = [
    [
      'an event of the contract that does not fit',
      'adapter.event',
      (device) => device.emit('zone.count', { zone: 'NO', count: 1 }),
    ],
    ['an event nobody knows', 'adapter.event', (device) => device.emit('never.heard-of' as 'x-a', {})],
    [
      'more than the hub would read',
      'adapter.event',
      (device) => device.emit('x-acme', { text: 'x'.repeat(70_000) }),
    ],
    [
      'a state that does not fit',
      'adapter.state',
      (device) => device.state({ battery: { percent: 130, charging: false } }),
    ],
    ['a word that no state has', 'adapter.state', (device) => device.state({ mood: 'good' } as object)],
    ['a stream that would leave its place', 'adapter.event', (device) => device.stream('../task', {})],
  ]
  test.each(bad)('%s is answered with %s, counted, and does not go out', async (_, code, give) => {
    const rig = await createRig()
    const before = rig.hub.sent.length
    expect(give(rig.context().device)).toMatchObject({ sent: false, code })
    await rig.clock.pass(1_000)
    expect(rig.hub.sent).toHaveLength(before)
    expect(rig.adapter.counts()).toEqual({ [code]: 1 })
  })

  test('what a sensor adds of its own is dropped', async () => {
    const rig = await createRig()
    rig
      .context()
      .device.emit('visitor.detected', { zone: 'entrance', face: 'x', age: 40 } as { zone: string })
    expect(rig.hub.events()[0]?.body).toEqual({ zone: 'entrance', boot: 'boot-1', n: 4 })
  })

  test('a fault refuses offers with a reason until it is taken back; an update is announced', async () => {
    const side: Partial<DeviceSide> = { capabilities: { dock: async () => ({ arrived: true }) } }
    const rig = await createRig({ side })
    const { device } = rig.context()
    device.fault('lidar')
    expect(rig.sentOn('/state').at(-1)).toMatchObject({
      qos: 1,
      body: { health: { level: 'faulted', reasons: ['lidar'] } },
    })
    await rig.task(offer('dock'))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'faulted' })
    device.fault(undefined)
    device.updating({ forMs: 60_000 })
    expect(rig.sentOn('/presence').at(-1)?.body).toMatchObject({ status: 'updating', forMs: 60_000 })
    await rig.task(offer('dock', { task: 't-2' }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'updating' })
    device.updating(false)
    await rig.task(offer('dock', { task: 't-3' }))
    expect(rig.last()).toMatchObject({ status: 'accepted' })
  })
})
