/** Each declared misbehaviour does what it says, and the log tells what really happened. */
import { describe, expect, test } from 'vitest'
import { Behaviour } from '#simulators/devices/behaviour.ts'
import { createRig, offer, start } from './support/rig.ts'

const runTask = async (rig: ReturnType<typeof createRig>, capability = 'greet') => {
  rig.hub.task(offer(capability))
  await rig.clock.pass(1)
  rig.hub.task(start())
  await rig.clock.pass(60_000)
}
const misbehaved = (rig: ReturnType<typeof createRig>) =>
  rig.log('misbehaved').map((entry) => ('behaviour' in entry ? entry.behaviour : ''))

test('an unknown behaviour is refused with its name', () => {
  expect(() => Behaviour.parse({ dances: true })).toThrow(/dances/)
})

test('the same seed makes the same choices, another seed others', () => {
  const refusals = (seed: number) => {
    const rig = createRig('screen', { refuses: { share: 0.5 } }, { seed })
    return Array.from({ length: 40 }, (_, index) => {
      rig.hub.task(offer('display', { task: `t-${index}`, start: true }))
      return rig.hub.reports().some(({ code }) => code === 'unwilling')
    })
      .map(String)
      .join()
  }
  expect(refusals(1)).toBe(refusals(1))
  expect(refusals(1)).not.toBe(refusals(2))
})

test('pace and slow change how long it takes', async () => {
  const slow = createRig('robot', { slow: { answerMs: 700, beginMs: 900 } })
  slow.hub.task(offer('greet'))
  await slow.clock.pass(699)
  expect(slow.hub.statuses()).toEqual([])
  await slow.clock.pass(1)
  expect(slow.hub.statuses()).toEqual(['accepted'])
  slow.hub.task(start())
  await slow.clock.pass(899)
  expect(slow.log('begun')).toEqual([])
  await slow.clock.pass(1)
  expect(slow.log('begun')).toHaveLength(1)

  const fast = createRig('robot', { pace: 0.001 })
  fast.hub.task(offer('greet'))
  fast.hub.task(start())
  await fast.clock.pass(50)
  expect(fast.hub.statuses().at(-1)).toBe('done')
})

test.each([
  ['refuses', { refuses: { code: 'not-today' } }, 'not-today'],
  ['busy', { busy: {} }, 'busy'],
] as const)('%s: answers every offer with a refusal', async (name, behaviour, code) => {
  const rig = createRig('robot', behaviour)
  await runTask(rig)
  expect(rig.hub.reports()[0]).toMatchObject({ status: 'refused', code })
  expect(misbehaved(rig)).toEqual([name])
  expect(rig.log('begun')).toEqual([])
})

test('fails: begins, and gives up half-way', async () => {
  const rig = createRig('robot', { fails: { code: 'wheel' } })
  await runTask(rig)
  expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'failed'])
  expect(rig.hub.reports().at(-1)).toMatchObject({ code: 'wheel' })
  expect(rig.log('finished')).toEqual([expect.objectContaining({ outcome: 'failed' })])
})

describe('dies', () => {
  test.each([
    ['accepted', ['accepted'], []],
    ['begun', ['accepted'], ['begun']],
    ['mid-task', ['accepted', 'started'], ['begun']],
    ['acted', ['accepted', 'started'], ['begun', 'finished']],
    ['reported', ['accepted', 'started', 'done'], ['begun', 'finished']],
  ] as const)('%s: what was told and what was done', async (when, told, acts) => {
    const rig = createRig('robot', { dies: { when } })
    await runTask(rig)
    expect(rig.deaths).toEqual(['robot-1'])
    expect(rig.hub.statuses()).toEqual(told)
    expect(rig.log('begun', 'finished').map(({ kind }) => kind)).toEqual(acts)
    expect(rig.hub.wills).toHaveLength(1)
  })

  test('after the restart it tells truly how it ended, and does nothing twice', async () => {
    const first = createRig('robot', { dies: { when: 'acted' } })
    await runTask(first)
    const second = createRig('robot', { dies: { when: 'acted' } }, { journal: first.journal, boot: 'boot-2' })
    await runTask(second)
    expect(second.hub.statuses()).toEqual(['done', 'done', 'done'])
    expect(second.log('said')).toHaveLength(1)
    expect(second.deaths).toEqual([])
  })
})

describe('reports', () => {
  const statuses = async (how: 'twice' | 'reordered' | 'never') => {
    const rig = createRig('robot', { reports: { how } })
    await runTask(rig)
    expect(rig.log('finished')).toEqual([expect.objectContaining({ outcome: 'done' })])
    return rig.hub.statuses()
  }
  test('twice', async () =>
    expect(await statuses('twice')).toEqual(['accepted', 'accepted', 'started', 'started', 'done', 'done']))
  test('out of order', async () =>
    expect(await statuses('reordered')).toEqual(['started', 'accepted', 'done']))
  test('never', async () => expect(await statuses('never')).toEqual([]))
})

test('lies: reports done, but the log shows that nothing was done', async () => {
  const rig = createRig('robot', { lies: {} })
  await runTask(rig)
  expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
  expect(rig.log('begun', 'said', 'finished')).toEqual([])
  expect(misbehaved(rig)).toEqual(['lies'])
})

describe('greets by itself', () => {
  const alone = { alone: { everyMs: 1_000, zone: 'entrance' } }
  test('and says so, as its manifest warns', async () => {
    const rig = createRig('robot', alone)
    await rig.clock.pass(2_500)
    expect(rig.manifest()?.builtIn).toEqual([{ behaviour: 'greet', switchable: true }])
    expect(rig.log('acted-alone')).toHaveLength(2)
    expect(rig.hub.events().map(({ body }) => body['behaviour'])).toEqual(['greet', 'greet'])
  })
  test('not while it works, and not when switched off', async () => {
    const rig = createRig('robot', alone)
    rig.hub.say('usher/v1/demo/robot-1/config', {
      epoch: 1,
      revision: 1,
      mode: 'open',
      movement: 'allowed',
      builtIn: { greet: 'off' },
      settings: {},
    })
    await rig.clock.pass(2_500)
    expect(rig.log('acted-alone')).toEqual([])
  })
})

test('drops: the line is cut without a goodbye at the declared moments', async () => {
  const rig = createRig('robot', { drops: { atMs: [500], everyMs: 10_000, forMs: 300 } })
  await rig.clock.pass(600)
  expect(rig.hub.drops).toEqual([300])
  expect(rig.hub.wills).toHaveLength(1)
  rig.hub.up()
  await rig.clock.pass(10_000)
  expect(rig.hub.drops).toHaveLength(2)
})

test('rubbish: what is published is really wrong', async () => {
  const rig = createRig('camera', { rubbish: { everyMs: 100 } })
  await rig.clock.pass(2_000)
  const rubbish = rig.hub.sent.filter(({ body, topic }) => !('boot' in body) && topic.includes('/event/'))
  expect(rubbish.length).toBe(20)
  expect(new Set(rubbish.map(({ topic, raw }) => `${topic} ${raw}`)).size).toBeGreaterThanOrEqual(3)
})

test('clock skew: a device that keeps time refuses what its wrong clock calls old', async () => {
  const right = createRig('robot', { keepsTime: true })
  right.hub.task(offer('greet', { sentAt: right.clock.now() }))
  expect(right.hub.statuses()).toEqual(['accepted'])
  expect(right.manifest()?.guarantees?.keepsTime).toBe(true)
  const ahead = createRig('robot', { keepsTime: true, skewMs: 3_600_000 })
  ahead.hub.task(offer('greet', { sentAt: ahead.clock.now() }))
  expect(ahead.hub.reports()[0]).toMatchObject({ status: 'not-started', code: 'too-late' })
})

test('battery: drains, is told, refuses to walk when empty but still goes to the charger, and charges there', async () => {
  const rig = createRig('robot', {
    battery: { percent: 12, drainPerMinute: 10, chargePerMinute: 20, emptyAt: 5 },
  })
  await rig.clock.pass(60_000)
  rig.hub.task(offer('greet'))
  expect(rig.hub.reports()[0]).toMatchObject({ status: 'refused', code: 'battery-low' })
  rig.hub.task(offer('dock', { task: 't-2' }))
  rig.hub.task(start({ task: 't-2' }))
  await rig.clock.pass(120_000)
  const state = rig.hub.sent.filter(({ topic }) => topic.endsWith('/state')).at(-1)?.body['battery']
  expect(state).toMatchObject({ charging: true })
  expect((state as { percent: number }).percent).toBeGreaterThan(30)
})

describe('a kiosk', () => {
  const sessions = (rig: ReturnType<typeof createRig>) => rig.hub.events().map(({ body }) => body['state'])

  test('in use refuses promotions, and is free afterwards', async () => {
    const rig = createRig('kiosk')
    expect(rig.device.use({ forMs: 10_000, ticket: 'A012', service: 'card' })).toBe(true)
    expect(rig.device.use({ forMs: 10_000 })).toBe(false)
    rig.hub.task(offer('promote', { start: true }))
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'refused', code: 'busy' })
    await rig.clock.pass(10_000)
    expect(sessions(rig)).toEqual(['started', 'finished'])
    rig.hub.task(offer('promote', { start: true, task: 't-2' }))
    await rig.clock.pass(20_000)
    expect(rig.hub.statuses().at(-1)).toBe('done')
  })

  test('touched by a person gives up the promotion it shows', async () => {
    const rig = createRig('kiosk')
    rig.hub.task(offer('promote', { start: true }))
    await rig.clock.pass(100)
    rig.device.use({ forMs: 10_000 })
    expect(rig.hub.reports().at(-1)).toMatchObject({ status: 'failed', code: 'in-use' })
  })

  test('fails mid-session and is faulted until repaired', async () => {
    const rig = createRig('kiosk', { sessionsFail: {} })
    rig.device.use({ forMs: 10_000, ticket: 'A012' })
    await rig.clock.pass(5_000)
    expect(sessions(rig)).toEqual(['started', 'failed'])
    expect(rig.hub.events().at(-1)?.body).toMatchObject({ reason: 'card-reader', ticket: 'A012' })
    expect(rig.device.use({ forMs: 10_000 })).toBe(false)
    await rig.clock.pass(60_000)
    expect(rig.device.use({ forMs: 10_000 })).toBe(true)
  })

  test('wipes: forgets who uses it', async () => {
    const rig = createRig('kiosk')
    rig.device.use({ forMs: 10_000, ticket: 'A012' })
    const content = { template: 'emergency', words: [{ language: 'en', text: 'Please leave' }] }
    rig.hub.task(offer('display', { start: true, command: { content, wipe: true } }))
    await rig.clock.pass(1_000)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
    expect(sessions(rig)).toEqual(['started', 'abandoned'])
  })
})

test('immediate: a screen acts with the offer, unless declared otherwise', () => {
  expect(createRig('screen').manifest()?.capabilities['display']?.immediate).toBe(true)
  expect(createRig('screen', { immediate: false }).manifest()?.capabilities['display']?.immediate).toBe(false)
})
