/** What an adapter may rely on, and what the hub may rely on, with a fake line and a fake clock. */
import { describe, expect, test } from 'vitest'
import {
  DeviceBusy,
  DeviceFault,
  DeviceUnauthorised,
  DeviceUnreachable,
  DeviceUnsupported,
  TaskStopped,
} from '#adapters/sdk/errors.ts'
import { Manifest } from '#protocol/messages.ts'
import { cancel, offer, start } from '../../simulators/support/rig.ts'
import { createHeld, createRig, oneDevice, robot } from './support/rig.ts'

const said = { said: [] }

describe('birth', () => {
  test('it is born with a manifest of what it can do, its presence and its state', async () => {
    const rig = await createRig({
      side: {
        capabilities: { greet: async () => said, 'x-acme-dance': async () => ({}) },
        manifest: { ...robot, firmware: '2.1', capabilities: { greet: { immediate: true } } },
      },
    })
    const [manifest, presence, state] = rig.hub.sent
    expect(Manifest.parse(manifest?.body)).toEqual({
      kind: 'robot',
      vendor: 'Acme',
      model: 'G2',
      firmware: '2.1',
      languages: ['en'],
      heartbeatMs: 10_000,
      capabilities: {
        greet: { languages: ['en'], immediate: true },
        'x-acme-dance': { languages: ['en'] },
      },
      guarantees: { acknowledges: true, cancels: true, deduplicates: true, keepsTime: false },
      boot: 'boot-1',
      n: 1,
    })
    expect(manifest).toMatchObject({ retain: true, qos: 1 })
    expect(presence).toMatchObject({ body: { status: 'online', boot: 'boot-1', n: 2 }, retain: true })
    expect(state).toMatchObject({ body: { health: { level: 'ok' }, busy: false }, retain: false })
    expect(rig.hub.session()?.will).toMatchObject({ topic: presence?.topic, retain: true, qos: 1 })
    await expect(rig.adapter.ready).resolves.toBeUndefined()
  })

  test('its state goes out again as a heartbeat, with what it was told since', async () => {
    const rig = await createRig()
    rig.context().device.state({ battery: { percent: 80, charging: false } })
    await rig.clock.pass(30_000)
    const states = rig.sentOn('/state')
    expect(states.length).toBeGreaterThanOrEqual(4)
    expect(states.at(-1)?.body).toMatchObject({ battery: { percent: 80 }, health: { level: 'ok' } })
  })

  test('a goodbye is offline, not lost, and lets go of the device', async () => {
    let closed = 0
    const rig = await createRig({ connect: async () => ({ ...oneDevice(), close: () => void closed++ }) })
    await rig.adapter.stop()
    expect(rig.sentOn('/presence').at(-1)?.body).toMatchObject({ status: 'offline' })
    expect(rig.hub.wills).toEqual([])
    expect(closed).toBe(1)
    expect(rig.context().signal.aborted).toBe(true)
  })

  test('a manifest that does not fit can never work, and says which field', async () => {
    const rig = await createRig({ side: { manifest: { ...robot, model: 'x'.repeat(65) } } })
    await expect(rig.adapter.ready).rejects.toMatchObject({ code: 'adapter.manifest' })
    expect(rig.hub.session()).toBeUndefined()
  })

  test('one that was right once is tried again: what is behind the adapter may be right again', async () => {
    const losses: (() => void)[] = []
    const models = ['G2', 'x'.repeat(65), 'G3']
    const rig = await createRig({
      connect: async () => ({
        ...oneDevice({ manifest: { ...robot, model: models[losses.length] ?? '' } }),
        lost: new Promise<void>((resolve) => losses.push(resolve)),
      }),
    })
    losses[0]?.()
    await rig.clock.pass(60_000)
    expect(rig.sentOn('/manifest').map(({ body }) => body['model'])).toEqual(['G2', 'G3'])
  })

  test('settings that do not fit are refused before anything starts', async () => {
    await expect(createRig({ parts: { config: { host: 7 } } })).rejects.toMatchObject({
      code: 'adapter.config',
      detail: expect.stringContaining('host'),
    })
  })
})

describe('a task', () => {
  test('accepted, begun on the start only, and done with its result', async () => {
    const held = createHeld({ said: [{ language: 'en', text: 'Welcome' }] })
    const rig = await createRig({ side: { capabilities: { greet: held.handler } } })
    await rig.task(offer('greet'))
    expect(rig.hub.statuses()).toEqual(['accepted'])
    expect(held.calls).toEqual([])
    await rig.task(start())
    expect(held.calls[0]?.command).toMatchObject({ visit: 'v-1', party: 1 })
    await rig.clock.pass(300)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started'])
    expect(rig.sentOn('/state').at(-1)?.body).toMatchObject({ busy: true })
    held.calls[0]?.finish()
    await rig.clock.pass(0)
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
    expect(rig.last()).toMatchObject({ result: { said: [{ text: 'Welcome' }] }, attempt: 1, epoch: 1 })
    expect(rig.sentOn('/state').at(-1)?.body).toMatchObject({ busy: false })
  })

  test('a device that is slow to say that it cannot begin has its own time for that, within what the hub gives', async () => {
    const held = createHeld({})
    const rig = await createRig({ side: { startedAfterMs: 2_000, capabilities: { greet: held.handler } } })
    await rig.task(offer('greet', { start: true, startWithinMs: 10_000 }))
    await rig.clock.pass(1_999)
    expect(rig.hub.statuses()).toEqual(['accepted'])
    held.calls[0]?.fail(new DeviceBusy())
    await rig.clock.pass(0)
    expect(rig.hub.statuses()).toEqual(['accepted', 'not-started'])
    await rig.task(offer('greet', { attempt: 2, start: true, startWithinMs: 1_000 }))
    await rig.clock.pass(500)
    expect(rig.hub.statuses().slice(2)).toEqual(['accepted', 'started'])
  })

  test('an offer that carries the start begins at once; a quick one still says that it started', async () => {
    const rig = await createRig({ side: { capabilities: { greet: async () => said } } })
    await rig.task(offer('greet', { start: true }))
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
  })

  test('progress says that it started, and a bad one does not go out', async () => {
    const rig = await createRig({
      side: {
        capabilities: {
          guide: async (_command, task) => {
            task.progress({ percent: 50 })
            task.progress({ percent: 500 })
            return { arrived: true }
          },
        },
      },
    })
    await rig.task(offer('guide', { start: true }))
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
    const progress = rig.sentOn('/report').filter(({ body }) => body['status'] === 'progress')
    expect(progress.map(({ body, qos }) => [body['progress'], qos])).toEqual([[{ percent: 50 }, 0]])
    expect(rig.adapter.counts()).toEqual({ 'adapter.progress': 1 })
  })

  test.each([
    ['manage-ticket', {}, 'unsupported'],
    ['x-acme-dance', {}, 'unsupported'],
    ['greet', { command: { words: 'hello' } }, 'bad-command'],
  ])('%s with %j is refused: %s', async (name, more, code) => {
    const held = createHeld(said)
    const rig = await createRig({ side: { capabilities: { greet: held.handler } } })
    await rig.task(offer(name, { start: true, ...more }))
    expect(rig.hub.reports()).toEqual([expect.objectContaining({ status: 'refused', code })])
    expect(held.calls).toEqual([])
  })

  test('what the contract does not know in a command never reaches the handler', async () => {
    const held = createHeld(said)
    const rig = await createRig({ side: { capabilities: { announce: held.handler } } })
    const command = { at: { zone: 'waiting', face: 'x' }, words: [{ language: 'en', text: 'Hi' }], face: 'y' }
    await rig.task(offer('announce', { command, start: true }))
    expect(held.calls[0]?.command).toEqual({ at: { zone: 'waiting' }, words: command.words })
  })

  test('a result that does not fit is not sent; the hub hears that it failed, and which field', async () => {
    const bad = (async () => ({ arrived: 'yes' })) as unknown as () => Promise<{ arrived: boolean }>
    const rig = await createRig({ side: { capabilities: { guide: bad } } })
    await rig.task(offer('guide', { start: true }))
    expect(rig.last()).toMatchObject({ status: 'failed', code: 'bad-result' })
    expect(rig.last()?.['note']).toContain('arrived')
    expect(rig.last()).not.toHaveProperty('result')
    expect(rig.adapter.counts()).toEqual({ 'adapter.result': 1 })
  })

  test('not begun without a start, and free again after the start-by time', async () => {
    const held = createHeld(said)
    const rig = await createRig({ side: { capabilities: { greet: held.handler } } })
    await rig.task(offer('greet'))
    await rig.clock.pass(5_001)
    expect(rig.last()).toMatchObject({ status: 'not-started', code: 'no-start' })
    await rig.task(start())
    expect(held.calls).toEqual([])
    await rig.task(offer('greet', { task: 't-2' }))
    expect(rig.hub.statuses().at(-1)).toBe('accepted')
  })

  test('one at a time, unless a capability runs beside the others', async () => {
    const held = createHeld({})
    const side = {
      capabilities: {
        greet: held.handler,
        guide: createHeld({ arrived: true }).handler,
        display: held.handler,
      },
    }
    const rig = await createRig({ side: { ...side, concurrent: ['display'] } })
    await rig.task(offer('greet', { start: true }))
    await rig.task(offer('guide', { task: 't-2', start: true }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'busy' })
    await rig.task(offer('display', { task: 't-3', start: true }))
    await rig.task(offer('display', { task: 't-4', start: true }))
    expect(held.calls).toHaveLength(3)
  })

  test('the device is asked before anything is promised, and has as long as the hub waits', async () => {
    const rig = await createRig({
      side: {
        capabilities: { guide: async () => ({ arrived: true }), greet: async () => said },
        consider: (capability) =>
          capability === 'guide'
            ? Promise.reject(new DeviceUnsupported('No such place.', { code: 'unknown-place' }))
            : new Promise(() => {}),
      },
    })
    await rig.task(offer('guide'))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'unknown-place' })
    await rig.task(offer('greet', { task: 't-2' }))
    await rig.task(offer('guide', { task: 't-3' }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'busy' })
    await rig.clock.pass(1_000)
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'unreachable' })
  })
})

describe('what a handler throws decides what the hub hears', () => {
  const thrown = async (error: unknown, before: 'at once' | 'after it started' = 'at once') => {
    const rig = await createRig({
      side: {
        capabilities: {
          greet: async (_command, task) => {
            if (before === 'after it started') task.started()
            throw error
          },
        },
      },
    })
    await rig.task(offer('greet', { start: true }))
    return { rig, last: rig.last(), statuses: rig.hub.statuses() }
  }

  test.each([
    [new DeviceBusy(), 'not-started', 'busy'],
    [new DeviceUnsupported(), 'not-started', 'unsupported'],
    [new DeviceUnauthorised(), 'not-started', 'unauthorised'],
    [new DeviceUnreachable(), 'failed', 'unreachable'],
    [new DeviceUnreachable('refused', { begun: false }), 'not-started', 'unreachable'],
    [new DeviceFault('stuck', { code: 'blocked' }), 'failed', 'blocked'],
    [new DeviceFault('stuck', { code: 'NOT A CODE' }), 'failed', 'device-fault'],
    [new Error('oops'), 'failed', 'adapter-error'],
    ['a string', 'failed', 'adapter-error'],
    [undefined, 'failed', 'adapter-error'],
  ])('%s: %s %s', async (error, status, code) => {
    expect((await thrown(error)).statuses).toEqual(['accepted', status])
    expect((await thrown(error)).last).toMatchObject({ status, code })
  })

  test('after it said that it began, nobody is told that it did not', async () => {
    const { statuses, last } = await thrown(new DeviceBusy(), 'after it started')
    expect(statuses).toEqual(['accepted', 'started', 'failed'])
    expect(last).toMatchObject({ code: 'busy' })
  })

  test('something that is no error of a device is counted, logged with its place, and takes nothing down', async () => {
    const { rig } = await thrown(new Error('bad\u0007 news'))
    expect(rig.adapter.counts()).toEqual({ 'adapter.threw': 1 })
    expect(rig.lines.at(-1)).toMatchObject({ level: 'error', fields: { code: 'adapter.threw' } })
    expect(rig.last()?.['note']).toBe('Error: bad  news')
    await rig.task(offer('greet', { task: 't-2' }))
    expect(rig.hub.statuses().at(-1)).toBe('accepted')
  })

  test('a device that does not let the adapter in is marked until a task goes well', async () => {
    let fails = true
    const rig = await createRig({
      side: {
        capabilities: {
          greet: async () => {
            if (fails) throw new DeviceUnauthorised()
            return said
          },
        },
      },
    })
    const health = () => rig.sentOn('/state').at(-1)?.body['health']
    await rig.task(offer('greet', { start: true }))
    expect(health()).toEqual({ level: 'degraded', reasons: ['unauthorised'] })
    fails = false
    await rig.task(offer('greet', { task: 't-2', start: true }))
    expect(health()).toEqual({ level: 'ok' })
  })
})

describe('stopped by its signal', () => {
  const running = async (how: 'handler' | 'obedient', more: object = {}) => {
    const held = createHeld({ arrived: true })
    const announced: unknown[] = []
    const rig = await createRig({
      side: {
        capabilities: {
          guide: held[how],
          announce: async (command) => {
            announced.push(command)
            return {}
          },
        },
      },
    })
    await rig.task(offer('guide', { start: true, ...more }))
    await rig.clock.pass(300)
    return { rig, announced, call: held.calls[0] as (typeof held.calls)[number] }
  }

  test('a cancel: the handler stops, then it is confirmed', async () => {
    const { rig, call } = await running('handler')
    await rig.task(cancel())
    expect(call.signal.reason).toEqual(new TaskStopped('cancel', 'visitor-left'))
    expect(call.signal.reason).toMatchObject({ why: 'cancel', code: 'visitor-left' })
    expect(rig.hub.statuses()).toEqual(['accepted', 'started'])
    call.fail(call.signal.reason)
    await rig.clock.pass(0)
    expect(rig.last()).toMatchObject({ status: 'cancelled', code: 'visitor-left' })
    await rig.task(cancel())
    expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'cancelled', 'cancelled'])
  })

  test('an apology that the handler does not say itself is announced before the cancel is confirmed', async () => {
    const { rig, announced } = await running('obedient')
    const words = [{ language: 'en', text: 'Sorry' }]
    await rig.task(cancel({ onCancel: { capability: 'announce', command: { at: {}, words } } }))
    expect(announced).toEqual([{ at: {}, words }])
    expect(rig.last()).toMatchObject({ status: 'cancelled' })
  })

  test('out of time', async () => {
    const { rig, call } = await running('obedient', { runWithinMs: 2_000 })
    await rig.clock.pass(2_000)
    expect(call.signal.reason).toMatchObject({ why: 'deadline' })
    expect(rig.last()).toMatchObject({ status: 'failed', code: 'not-finished' })
  })

  test('all movement stopped: what moves halts, and a new move is refused until it is allowed', async () => {
    const { rig, call } = await running('obedient')
    await rig.config({ movement: 'stopped' })
    expect(call.signal.reason).toMatchObject({ why: 'movement' })
    expect(rig.last()).toMatchObject({ status: 'failed', code: 'movement-stopped' })
    await rig.task(offer('guide', { task: 't-2' }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'movement-stopped' })
    await rig.task(offer('announce', { task: 't-3', start: true }))
    expect(rig.last()).toMatchObject({ status: 'done' })
    await rig.config({ movement: 'allowed' })
    await rig.task(offer('guide', { task: 't-4' }))
    expect(rig.last()).toMatchObject({ status: 'accepted' })
  })

  test('the adapter ends: the end is reported before the goodbye', async () => {
    const { rig } = await running('obedient')
    await rig.adapter.stop()
    const ends = rig.hub.sent.map(({ body }) => body['status']).filter((status) => status !== undefined)
    expect(ends.slice(-2)).toEqual(['failed', 'offline'])
    expect(rig.last()).toMatchObject({ code: 'adapter-stopping' })
  })

  test('while the adapter ends, nothing new is taken on; after its end, nothing is said', async () => {
    const { rig, call } = await running('handler')
    const stopped = rig.adapter.stop()
    await rig.task(offer('guide', { task: 't-2', start: true }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'unreachable' })
    await rig.clock.pass(5_000)
    await stopped
    const sent = rig.hub.sent.length
    const known = rig.memory.earlier().length
    call.finish()
    await rig.clock.pass(0)
    expect([rig.hub.sent.length, rig.memory.earlier().length]).toEqual([sent, known])
  })

  test('a handler that does not stop: the hub hears so, and the device stays taken until it is over', async () => {
    const { rig, call } = await running('handler')
    await rig.task(cancel())
    await rig.clock.pass(5_000)
    expect(rig.last()).toMatchObject({ status: 'cancelled', code: 'stop-unconfirmed' })
    await rig.task(offer('guide', { task: 't-2' }))
    expect(rig.last()).toMatchObject({ status: 'refused', code: 'busy' })
    call.finish()
    await rig.clock.pass(0)
    await rig.task(offer('guide', { task: 't-3' }))
    expect(rig.last()).toMatchObject({ status: 'accepted' })
    expect(rig.hub.reports().filter(({ status }) => status === 'done')).toEqual([])
  })
})
