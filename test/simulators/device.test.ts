/** The contract of a simulated device that behaves: what a hub may rely on. */
import { describe, expect, test } from 'vitest'
import { type CapabilityName, capabilities } from '#protocol/capabilities.ts'
import { Manifest, Presence, Report } from '#protocol/messages.ts'
import { simulatedKinds } from '#simulators/devices/kinds.ts'
import type { People } from '#simulators/devices/ports.ts'
import { cancel, commands, createRig, offer, start } from './support/rig.ts'

const presences = (rig: ReturnType<typeof createRig>) =>
  rig.hub.sent.filter(({ topic }) => topic.endsWith('/presence'))

describe('birth', () => {
  test.each(simulatedKinds)('a %s is born with manifest, presence and state, all numbered', async (kind) => {
    const rig = createRig(kind)
    await rig.clock.pass(0)
    const [manifest, presence, state] = rig.hub.sent
    expect(Manifest.parse(manifest?.body)).toMatchObject({ kind, boot: 'boot-1', n: 1 })
    expect(manifest?.retain).toBe(true)
    expect(Presence.parse(presence?.body)).toEqual({ status: 'online', boot: 'boot-1', n: 2 })
    expect(presence).toMatchObject({ retain: true, qos: 1 })
    expect(state?.topic).toBe(`usher/v1/demo/${kind}-1/state`)
    expect(rig.hub.session()?.clientId).toBe(`demo/${kind}-1`)
    expect(rig.hub.session()?.will).toMatchObject({ qos: 1, retain: true })
    expect(JSON.parse(rig.hub.session()?.will?.payload ?? '')).toEqual({ status: 'lost', boot: 'boot-1' })
  })

  test('a goodbye is offline, not lost', async () => {
    const rig = createRig('robot')
    await rig.device.stop()
    expect(presences(rig).at(-1)?.body).toMatchObject({ status: 'offline' })
    expect(rig.hub.wills).toEqual([])
  })
})

describe('a task', () => {
  const done = Object.entries({
    robot: ['greet', 'guide', 'announce', 'promote', 'offer-service', 'dock'],
    screen: ['greet', 'display', 'promote', 'offer-service'],
    kiosk: ['display', 'promote'],
    'ticket-machine': ['manage-ticket', 'promote'],
  } as const).flatMap(([kind, names]) => names.map((name) => [kind as 'robot', name] as const))

  test.each(done)('a %s does %s and reports a result of the contract', async (kind, name) => {
    const rig = createRig(kind)
    const immediate = rig.manifest()?.capabilities[name]?.immediate === true
    rig.hub.task(offer(name, { start: immediate }))
    if (!immediate) {
      await rig.clock.pass(100)
      expect(rig.hub.statuses()).toEqual(['accepted'])
      expect(rig.log('begun')).toEqual([])
      rig.hub.task(start())
    }
    await rig.clock.pass(60_000)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
    for (const report of rig.hub.reports()) Report.parse(report)
    capabilities[name as CapabilityName].result.parse(rig.hub.reports().at(-1)?.['result'])
    expect(rig.log('begun', 'finished').map(({ kind }) => kind)).toEqual(['begun', 'finished'])
  })

  test('a queue system takes one request after the other and turns none away', async () => {
    const rig = createRig('ticket-machine')
    for (const task of ['t-1', 't-2', 't-3']) rig.hub.task(offer('manage-ticket', { task, start: true }))
    await rig.clock.pass(1_000)
    expect(rig.log('ticketed')).toHaveLength(3)
    expect(rig.hub.statuses().filter((status) => status === 'done')).toHaveLength(3)
    expect(rig.hub.statuses()).not.toContain('refused')
  })

  test('what was done is in the log before it is reported', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('greet'))
    rig.hub.task(start())
    await rig.clock.pass(60_000)
    const kinds = rig.log('begun', 'said', 'finished', 'reported', 'acknowledged')
    const order = kinds.map((entry) => ('report' in entry ? entry.report.status : entry.kind))
    const index = (what: (typeof order)[number]) => order.indexOf(what)
    expect(index('begun')).toBeLessThan(index('started'))
    expect(index('finished')).toBeLessThan(index('done'))
    expect(rig.log('said')[0]).toMatchObject({ visit: 'v-1', words: commands['greet']?.['words'] })
  })

  test('is not begun without a start, and the device is free again after the start-by time', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('greet'))
    await rig.clock.pass(5_001)
    expect(rig.hub.statuses()).toEqual(['accepted', 'not-started'])
    rig.hub.task(start())
    await rig.clock.pass(60_000)
    expect(rig.log('begun')).toEqual([])
    rig.hub.task(offer('guide', { task: 't-2' }))
    expect(rig.hub.statuses().at(-1)).toBe('accepted')
  })

  test('a start later than the offer allowed is not obeyed, whatever the start itself allows', async () => {
    const rig = createRig('robot', { slow: { beginMs: 3_000 } })
    rig.hub.task(offer('greet', { startWithinMs: 4_000 }))
    await rig.clock.pass(2_000)
    rig.hub.task(start({ startWithinMs: 60_000 }))
    await rig.clock.pass(60_000)
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'not-started', code: 'too-late' })
    expect(rig.log('begun')).toEqual([])
  })

  test('a start that leaves less time than the offer did counts from its own arrival', async () => {
    const rig = createRig('robot', { slow: { beginMs: 3_000 } })
    rig.hub.task(offer('greet', { startWithinMs: 60_000 }))
    rig.hub.task(start({ startWithinMs: 2_000 }))
    await rig.clock.pass(60_000)
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'not-started', code: 'too-late' })
  })

  test.each([3_600_000, -3_600_000])('a wall clock set by %i ms changes no deadline', async (stepMs) => {
    const inTime = createRig('robot')
    inTime.hub.task(offer('greet'))
    inTime.clock.step(stepMs)
    await inTime.clock.pass(4_000)
    inTime.hub.task(start())
    expect(inTime.log('begun')).toHaveLength(1)
    const late = createRig('robot', { slow: { beginMs: 6_000 } })
    late.hub.task(offer('greet', { start: true }))
    late.clock.step(stepMs)
    await late.clock.pass(10_000)
    expect(late.hub.reports().at(-1)).toMatchObject({ status: 'not-started', code: 'too-late' })
  })

  test('repeated messages get the last report again and nothing else', async () => {
    const rig = createRig('robot')
    const say = (body: object) => {
      rig.hub.task(body)
      rig.hub.task(body)
    }
    say(offer('greet'))
    say(start())
    await rig.clock.pass(500)
    say(offer('greet'))
    await rig.clock.pass(60_000)
    say(start())
    const said = rig.hub.statuses().join(' ')
    expect(said).toBe('accepted accepted started started started started done done done')
    expect(rig.log('begun')).toHaveLength(1)
    expect(rig.log('said')).toHaveLength(1)
  })

  test.each([
    ['an answer ends the waiting for it', 500, { intent: 'card', answered: true }],
    ['an answer that comes too late is not heard', 6_000, { answered: false }],
  ])('%s', async (_, afterMs, result) => {
    const people: People = {
      ask: (_question, reply) => void rig.clock.after(afterMs, () => reply({ intent: 'card' })),
    }
    const rig = createRig('screen', {}, { people })
    const words = [{ language: 'en', text: 'Welcome' }]
    const command = { ...commands['greet'], words, askIntent: true }
    rig.hub.task(offer('greet', { command, start: true }))
    await rig.clock.pass(1_500)
    expect(rig.hub.statuses().includes('done')).toBe(result.answered)
    await rig.clock.pass(60_000)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
    expect(rig.hub.reports().at(-1)?.['result']).toMatchObject(result)
  })

  test('one at a time: a second offer is refused as busy', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('greet'))
    rig.hub.task(offer('guide', { task: 't-2' }))
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'refused', code: 'busy' })
  })

  test.each([
    ['manage-ticket', {}, 'unsupported'],
    ['x-acme-dance', {}, 'unsupported'],
    ['greet', { command: { words: 'hello' } }, 'bad-command'],
  ])('%s with %j is refused: %s', async (name, more, code) => {
    const rig = createRig('robot')
    rig.hub.task(offer(name, more))
    expect(rig.hub.reports()).toEqual([expect.objectContaining({ status: 'refused', code })])
  })

  test('an older epoch is turned away, also after a restart', async () => {
    const first = createRig('robot')
    first.hub.task(offer('greet', { epoch: 3 }))
    first.hub.task(offer('greet', { epoch: 2, task: 't-2' }))
    expect(first.hub.reports().at(-1)).toMatchObject({ status: 'refused', code: 'stale-epoch', epoch: 2 })
    first.device.die()
    const second = createRig('robot', {}, { journal: first.journal, boot: 'boot-2' })
    second.hub.task(offer('greet', { epoch: 2, task: 't-3' }))
    expect(second.hub.reports().at(-1)).toMatchObject({ status: 'refused', code: 'stale-epoch' })
  })

  test('what is no message of the contract is ignored', async () => {
    const rig = createRig('robot')
    rig.hub.session()?.onMessage('usher/v1/demo/robot-1/task', '{"kind":')
    rig.hub.task({ kind: 'offer', task: 'NO' })
    rig.hub.say('usher/v1/demo/robot-1/config', { movement: 'sideways' })
    expect(rig.hub.reports()).toEqual([])
  })
})

describe('cancel', () => {
  test('before the start: nothing was done', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('greet'))
    rig.hub.task(cancel())
    rig.hub.task(start())
    await rig.clock.pass(60_000)
    expect(rig.hub.statuses()).toEqual(['accepted', 'cancelled', 'cancelled'])
    expect(rig.log('begun', 'said')).toEqual([])
  })

  test('while it runs: it stops, and apologises where asked', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('guide', { startWithinMs: 60_000 }))
    rig.hub.task(start())
    await rig.clock.pass(10)
    const sorry = { at: {}, words: [{ language: 'en', text: 'Sorry' }] }
    rig.hub.task(cancel({ onCancel: { capability: 'announce', command: sorry } }))
    await rig.clock.pass(60_000)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'cancelled'])
    expect(rig.hub.reports().at(-1)).toMatchObject({ code: 'visitor-left' })
    expect(rig.log('said').at(-1)).toMatchObject({ step: 'on-cancel', words: sorry.words })
    expect(rig.log('finished')).toEqual([expect.objectContaining({ outcome: 'cancelled' })])
    rig.hub.task(offer('greet', { task: 't-2' }))
    expect(rig.hub.statuses().at(-1)).toBe('accepted')
  })

  test('overtaking its offer: the offer is not taken up any more', async () => {
    const rig = createRig('robot')
    rig.hub.task(cancel())
    rig.hub.task(offer('greet', { start: true }))
    await rig.clock.pass(60_000)
    expect(rig.hub.statuses()).toEqual(['cancelled', 'cancelled'])
    expect(rig.log('begun')).toEqual([])
  })
})

describe('all movement stopped', () => {
  const config = (movement: string) => ({
    epoch: 1,
    revision: 1,
    mode: 'open',
    movement,
    builtIn: {},
    settings: {},
  })

  test('a moving robot halts and says so; a new move is refused until movement is allowed', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('guide'))
    rig.hub.task(start())
    await rig.clock.pass(10)
    rig.hub.say('usher/v1/demo/robot-1/config', config('stopped'))
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'failed', code: 'movement-stopped' })
    rig.hub.task(offer('dock', { task: 't-2' }))
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'refused', code: 'movement-stopped' })
    rig.hub.say('usher/v1/demo/robot-1/config', config('allowed'))
    rig.hub.task(offer('dock', { task: 't-3' }))
    expect(rig.hub.statuses().at(-1)).toBe('accepted')
  })
})

describe('the line', () => {
  test('events are kept while it is down and sent again, in order and with the same numbers, until acknowledged', async () => {
    const rig = createRig('camera')
    await rig.clock.pass(0)
    rig.hub.acknowledges = false
    rig.device.sense('zone.count', { zone: 'waiting', count: 1 })
    rig.device.sense('zone.count', { zone: 'waiting', count: 2 })
    rig.hub.down()
    rig.device.sense('zone.count', { zone: 'waiting', count: 3 })
    await rig.clock.pass(100)
    const before = rig.hub.sent.length
    rig.hub.acknowledges = true
    rig.hub.up()
    await rig.clock.pass(100)
    const events = rig.hub.events()
    expect(events.map(({ body }) => body['count'])).toEqual([1, 2, 1, 2, 3])
    expect(events[2]?.raw).toBe(events[0]?.raw)
    const numbers = rig.hub.sent.slice(before).map(({ body }) => body['n'] as number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(rig.device.unacknowledged()).toBe(0)
    expect(
      rig.log('acknowledged').filter((entry) => 'topic' in entry && entry.topic.includes('/event/')),
    ).toHaveLength(3)
  })

  test('numbers rise by every message and are never used twice for different words', async () => {
    const rig = createRig('robot')
    rig.hub.task(offer('greet'))
    rig.hub.task(start())
    await rig.clock.pass(30_000)
    rig.hub.down()
    rig.hub.up()
    await rig.clock.pass(30_000)
    const byNumber = new Map<unknown, string>()
    for (const { body, raw } of rig.hub.sent) {
      expect(byNumber.get(body['n']) ?? raw).toBe(raw)
      byNumber.set(body['n'], raw)
    }
  })

  test('what the hub refuses for good is not sent again, and nothing else is given up with it', async () => {
    const rig = createRig('camera')
    await rig.clock.pass(0)
    rig.hub.acknowledges = false
    rig.device.sense('zone.count', { zone: 'waiting', count: 1 })
    rig.device.sense('zone.count', { zone: 'waiting', count: 2 })
    const [refused] = rig.hub.events()
    const answer = { code: 'payload.invalid', text: 'No.', topic: refused?.topic, n: refused?.body['n'] }
    rig.hub.say('usher/v1/demo/camera-1/error', { ...answer, boot: 'an-earlier-boot' })
    expect(rig.log('dropped')).toEqual([])
    rig.hub.say('usher/v1/demo/camera-1/error', { ...answer, boot: 'boot-1' })
    rig.hub.say('usher/v1/demo/camera-1/error', { ...answer, boot: 'boot-1' })
    expect(rig.log('dropped')).toEqual([
      expect.objectContaining({ topic: refused?.topic, reason: 'refused by the hub: payload.invalid' }),
    ])
    rig.hub.down()
    rig.hub.acknowledges = true
    rig.hub.up()
    await rig.clock.pass(100)
    expect(rig.hub.events().map(({ body }) => body['count'])).toEqual([1, 2, 2])
    expect(rig.device.unacknowledged()).toBe(0)
    const acknowledged = rig.log('acknowledged').filter((entry) => 'n' in entry && entry.n === answer.n)
    expect(acknowledged).toEqual([])
  })

  test('a topic that the hub refuses is not tried again and again', async () => {
    const rig = createRig('camera')
    await rig.clock.pass(0)
    rig.hub.acknowledges = false
    rig.device.sense('zone.count', { zone: 'waiting', count: 1 })
    const refused = rig.hub.events()[0]
    rig.hub.say('usher/v1/demo/camera-1/error', { code: 'topic.foreign', text: 'No.', topic: refused?.topic })
    rig.hub.down()
    rig.hub.up()
    await rig.clock.pass(100)
    expect(rig.hub.events()).toHaveLength(1)
    expect(rig.log('dropped')).toHaveLength(1)
  })
})

describe('its own restart', () => {
  const restart = (rig: ReturnType<typeof createRig>) => {
    rig.device.die()
    return createRig('robot', {}, { journal: rig.journal, boot: 'boot-2' })
  }

  test('what was begun is not begun again; it says that it was interrupted', async () => {
    const first = createRig('robot')
    first.hub.task(offer('greet'))
    first.hub.task(start())
    await first.clock.pass(10)
    const second = restart(first)
    await second.clock.pass(0)
    expect(second.hub.reports()).toEqual([expect.objectContaining({ status: 'failed', code: 'interrupted' })])
    second.hub.task(offer('greet'))
    second.hub.task(start())
    await second.clock.pass(60_000)
    expect(second.hub.statuses()).toEqual(['failed', 'failed', 'failed'])
    expect(second.log('begun')).toHaveLength(1)
  })

  test('what was accepted but not begun is given back', async () => {
    const first = createRig('robot')
    first.hub.task(offer('greet'))
    const second = restart(first)
    second.hub.task(start())
    await second.clock.pass(60_000)
    expect(second.hub.reports()[0]).toMatchObject({ status: 'not-started', code: 'restarted' })
    expect(second.log('begun')).toEqual([])
  })

  test('a report that the hub never acknowledged is sent again, one that it did is not', async () => {
    const first = createRig('robot')
    first.hub.task(offer('dock'))
    first.hub.task(start())
    await first.clock.pass(500)
    first.hub.acknowledges = false
    await first.clock.pass(60_000)
    expect(first.hub.statuses().at(-1)).toBe('done')
    const second = restart(first)
    await second.clock.pass(0)
    expect(second.hub.statuses()).toEqual(['done'])
    const third = restart(second)
    await third.clock.pass(0)
    expect(third.hub.statuses()).toEqual([])
  })
})
