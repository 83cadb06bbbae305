/** Variables, methods and job orders at a server of official nodesets, in a process of its own; and what goes wrong there. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type StartedPlant, startPlant } from './support/plant.ts'
import { createOpcUaRig, type OpcUaRig } from './support/rig.ts'

let plant: StartedPlant
let rig: OpcUaRig

const healthy = {
  set: [
    { name: 'FireContact', value: false },
    { name: 'GateOpen', value: false },
    { name: 'GateBlocked', value: false },
    { name: 'GateLocked', value: false },
    { name: 'HelpButton', value: false },
    { name: 'Temperature', value: 21.5 },
  ],
  methodStatus: null,
  methodMs: 0,
  gateMs: 100,
  shop: { runMs: 300, accepts: true, aborts: false, clears: false, stays: false },
}

const condition = () =>
  Object.fromEntries(
    ['fire-panel', 'gate-1', 'cart-1'].map((id) => {
      const { health, busy } = rig.state(id) ?? {}
      return [id, busy === true ? 'busy' : health?.level]
    }),
  )
const well = { 'fire-panel': 'ok', 'gate-1': 'ok', 'cart-1': 'ok' }
const allWell = () => expect(condition()).toEqual(well)
const idle = () => expect(Object.values(condition())).not.toContain('busy')
const speak = { at: {}, words: [{ language: 'en', text: 'The gate is open.' }] }
const shut = ['x-gate', { value: 'closed', quality: 'good' }]

beforeAll(async () => {
  plant = await startPlant()
  const config = plant.config()
  const gate = config.servers[0].devices['gate-1'] as { tasks: Record<string, { until: object }> }
  Object.assign(gate.tasks['x-open-gate'] ?? {}, { callWithinMs: 1_500 })
  Object.assign(gate.tasks['x-open-gate']?.until ?? {}, { withinMs: 1_500 })
  Object.assign(config.servers[0].devices, {
    'gate-2': {
      kind: 'door',
      inputs: [{ as: 'blocked', node: 'nsu=urn:usher:simulated-plant;s=Nowhere' }],
      tasks: { 'x-lift': { by: 'method', object: 'ns=1;s=Nowhere', method: 'ns=1;s=Lift' } },
    },
    'gate-3': {
      kind: 'door',
      inputs: [],
      tasks: { 'x-lift': { by: 'method', object: 'ns=1;s=Nowhere', method: 'ns=1;s=Lift' } },
    },
  })
  rig = await createOpcUaRig({ config })
  await rig.until(allWell)
}, 120_000)

afterAll(async () => {
  await rig?.stop()
  await plant?.stop()
})

beforeEach(async () => {
  await plant.wish(healthy)
  // A task that goes well takes away what an earlier one left behind.
  await rig.until(idle)
  if (condition()['gate-1'] !== 'ok') rig.give('gate-1', 'x-open-gate', {})
  if (condition()['cart-1'] !== 'ok') rig.give('cart-1', 'announce', speak)
  await rig.until(allWell)
  await plant.wish(healthy)
  rig.forget()
})

const set = (name: string, to: { value?: boolean | number; status?: string }) =>
  plant.wish({ set: [{ name, ...to }] })
const ends = (device: string, task: string, said: readonly string[]) =>
  rig.until(() => expect(rig.said(device, task)).toEqual(said))
const healthOf = (device: string) => rig.state(device)?.health

describe('variables', () => {
  test('a fire contact raises an alarm and clears it', async () => {
    await set('FireContact', { value: true })
    await rig.until(() => expect(rig.events('fire-panel')).toEqual([['alarm.raised', { alarm: 'fire' }]]))
    await set('FireContact', { value: false })
    await rig.until(() => expect(rig.events('fire-panel')[1]).toEqual(['alarm.cleared', { alarm: 'fire' }]))
  })

  test('one whose value is bad is not known: the device is out of order, and no alarm is cleared', async () => {
    await set('FireContact', { value: true })
    await rig.until(() => expect(rig.events('fire-panel')).toHaveLength(1))
    await set('FireContact', { value: false, status: 'BadNoCommunication' })
    await rig.until(() =>
      expect(healthOf('fire-panel')).toEqual({ level: 'faulted', reasons: ['fire-contact-unknown'] }),
    )
    await set('FireContact', { value: false, status: 'UncertainLastUsableValue' })
    await set('FireContact', { value: true })
    await rig.until(() => expect(healthOf('fire-panel')?.level).toBe('ok'))
    expect(rig.events('fire-panel')).toEqual([['alarm.raised', { alarm: 'fire' }]])
  })

  test('a gate is never held for closed while nobody knows', async () => {
    await set('GateOpen', { value: true })
    await rig.until(() => expect(rig.events('gate-1').at(-1)?.[1]).toMatchObject({ value: 'open' }))
    await set('GateOpen', { value: false, status: 'BadSensorFailure' })
    await rig.until(() =>
      expect(rig.events('gate-1').at(-1)).toEqual(['x-gate', { value: null, quality: 'unknown' }]),
    )
    expect(healthOf('gate-1')).toEqual({ level: 'degraded', reasons: ['value-unknown'] })
    await set('GateOpen', { value: false })
    await rig.until(() => expect(rig.events('gate-1').at(-1)).toEqual(shut))
    await set('GateBlocked', { value: false, status: 'BadOutOfService' })
    await rig.until(() => expect(rig.state('gate-1')).toMatchObject({ willing: false, blocked: true }))
  })

  test('held, blocked, too hot, asked for help', async () => {
    await set('GateLocked', { value: true })
    await rig.until(() => expect(rig.state('gate-1')).toMatchObject({ willing: false, blocked: false }))
    await set('GateLocked', { value: false })
    await set('Temperature', { value: 71 })
    await rig.until(() =>
      expect(rig.state('gate-1')).toMatchObject({
        willing: true,
        health: { level: 'degraded', reasons: ['too-hot'] },
      }),
    )
    await set('HelpButton', { value: true })
    await rig.until(() =>
      expect(rig.events('gate-1').at(-1)).toEqual(['help.requested', { zone: 'entrance' }]),
    )
  })

  test('a node that the server does not know is told once, and its device says so', async () => {
    expect(healthOf('gate-2')).toEqual({ level: 'degraded', reasons: ['blocked-unknown'] })
    expect(rig.count('the server does not know a node')).toBe(1)
  })
})

describe('methods', () => {
  test('open the gate; done is when it was seen to be open', async () => {
    const task = rig.give('gate-1', 'x-open-gate', {})
    await ends('gate-1', task, ['accepted', 'started', 'done'])
    expect(rig.last('gate-1', task)).toMatchObject({ result: { note: 'OpenGate taken' } })
  })

  test('a gate that says yes and does not open has not opened', async () => {
    await plant.wish({ gateMs: 0 })
    const task = rig.give('gate-1', 'x-open-gate', {})
    await ends('gate-1', task, ['accepted', 'started', 'failed not-confirmed'])
  })

  test.each([
    ['BadInvalidState', 'not-started busy'],
    ['BadUserAccessDenied', 'not-started unauthorised'],
    ['BadNotImplemented', 'not-started unsupported'],
    ['BadDeviceFailure', 'failed method-failed'],
    ['UncertainSubNormal', 'failed method-uncertain'],
  ])('%s is %s', async (methodStatus, end) => {
    await plant.wish({ methodStatus })
    const task = rig.give('gate-1', 'x-open-gate', {})
    await ends('gate-1', task, ['accepted', end])
  })

  test('a method that is not there is unsupported', async () => {
    const task = rig.give('gate-3', 'x-lift', {})
    await ends('gate-3', task, ['accepted', 'not-started unsupported'])
  })

  test('a server that takes too long has not answered: nobody knows, and it is stopped', async () => {
    await plant.wish({ methodMs: 3_000 })
    const task = rig.give('gate-1', 'x-open-gate', {})
    await ends('gate-1', task, ['accepted', 'failed no-answer'])
    expect((await plant.wish()).calls).toContain('StopGate')
  })

  test('cancelled, it is stopped', async () => {
    await plant.wish({ gateMs: 0 })
    const task = rig.give('gate-1', 'x-open-gate', {})
    await rig.until(() => expect(rig.said('gate-1', task)).toContain('started'))
    rig.cancel('gate-1', task)
    await ends('gate-1', task, ['accepted', 'started', 'cancelled visitor-left'])
  })

  test('a place that is not in the table is refused before anything is promised', async () => {
    const task = rig.give('cart-1', 'dock', { to: { place: 'moon' }, charge: false })
    await ends('cart-1', task, ['refused unsupported'])
  })
})

describe('job orders', () => {
  const dock = () => rig.give('cart-1', 'dock', { to: { place: 'charger-1' }, charge: false })
  const jobOf = async (task: string) => (await plant.wish()).jobs[`usher/cart-1/${task}/1`]

  test('are followed to their end, and the response is read back', async () => {
    await plant.wish({ shop: { runMs: 2_000 } })
    const task = dock()
    await ends('cart-1', task, ['accepted', 'started', 'done'])
    expect(rig.reports('cart-1', task)).toContainEqual(
      expect.objectContaining({ status: 'done', result: { arrived: true } }),
    )
    expect(rig.reports('cart-1', task)).toContainEqual(
      expect.objectContaining({ status: 'progress', progress: { step: 'running' } }),
    )
    expect(await jobOf(task)).toBe('ended')
  })

  test('that are not accepted were not begun', async () => {
    await plant.wish({ shop: { accepts: false } })
    const task = dock()
    await ends('cart-1', task, ['accepted', 'not-started job-not-accepted'])
  })

  test('that the machine aborts have failed', async () => {
    await plant.wish({ shop: { aborts: true, runMs: 1_500 } })
    const task = dock()
    await ends('cart-1', task, ['accepted', 'started', 'failed job-aborted'])
  })

  test('that vanish without a word are lost, not done', async () => {
    await plant.wish({ shop: { clears: true } })
    const task = dock()
    await rig.until(() => expect(rig.said('cart-1', task).at(-1)).toBe('failed job-lost'))
  })

  test('are stopped at the machine when they are cancelled', async () => {
    await plant.wish({ shop: { stays: true } })
    const task = dock()
    await rig.until(() => expect(rig.said('cart-1', task)).toContain('started'))
    rig.cancel('cart-1', task)
    await ends('cart-1', task, ['accepted', 'started', 'cancelled visitor-left'])
    expect(await jobOf(task)).toBe('ended')
  })
})
