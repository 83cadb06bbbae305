/** What robots, their broker and the time between can do wrong, one by one: a robot that says what the test has it say. */
import { describe, expect, test } from 'vitest'
import { createScripted } from './support/scripted.ts'

const guide = { to: { place: 'hall-spot' } }
const words = [{ language: 'en', text: 'Good morning.' }]
const greet = { at: { zone: 'entrance' }, words, party: 1, askIntent: false }
const error = (errorType: string, errorReferences: object[] = [], errorLevel = 'WARNING') => ({
  errorType,
  errorLevel,
  errorDescription: `because of ${errorType}`,
  errorReferences,
})
const reference = (referenceKey: string, referenceValue: string) => ({ referenceKey, referenceValue })

describe('an order', () => {
  test('goes from where the robot is to the place, and is done when it stands there', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    expect(order.nodes.map(({ nodeId }) => nodeId)).toEqual(['n-welcome', 'n-hall'])
    expect(order).toMatchObject({ orderUpdateId: 0, version: '2.1.0' })
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
    expect(rig.progress()[0]).toMatchObject({ step: 'driving', spot: { place: 'welcome-spot' } })
  })

  test('that gets lost on its way is sent again under the same ids', async () => {
    const rig = await createScripted()
    await rig.give('guide', guide)
    await rig.clock.pass(2_500)
    const [first, second] = rig.orders()
    expect(second?.orderId).toBe(first?.orderId)
    expect(second).toMatchObject({ orderUpdateId: 0, headerId: (first?.headerId ?? 0) + 1 })
    expect(rig.said()).toEqual(['accepted', 'started'])
  })

  test('that nobody takes is cancelled, and the task given back as one that may have begun', async () => {
    const rig = await createScripted()
    await rig.give('guide', guide)
    await rig.clock.pass(8_100)
    expect(rig.instants('cancelOrder').length).toBeGreaterThan(0)
    await rig.clock.pass(8_000)
    expect(rig.said().at(-1)).toBe('failed no-answer')
  })

  test.each([
    ['noRouteError', 'no-route'],
    ['NO_ROUTE_ERROR', 'no-route'],
    ['orderError', 'order-rejected'],
    ['validationError', 'order-invalid'],
  ])('that is rejected with %s was not begun', async (type, code) => {
    const rig = await createScripted()
    await rig.give('guide', guide)
    const { orderId } = rig.firstOrder()
    await rig.state({ errors: [error(type, [reference('orderId', orderId)])] })
    expect(rig.said()).toEqual(['accepted', `not-started ${code}`])
    expect((await rig.condition())?.['health']).toEqual({ level: 'ok' })
  })

  test('that is rejected by its header id is known too; another one’s rejection is not ours', async () => {
    const rig = await createScripted()
    await rig.give('guide', guide)
    const { headerId } = rig.firstOrder()
    await rig.state({ errors: [error('orderError', [reference('orderId', 'of-somebody-else')])] })
    expect(rig.said()).toEqual(['accepted'])
    const references = [reference('topic', 'order'), reference('headerId', String(headerId))]
    await rig.state({ errors: [error('orderError', references)] })
    expect(rig.said()).toEqual(['accepted', 'not-started order-rejected'])
  })

  test('that ends elsewhere has failed', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.arrives(order, { lastNodeId: 'n-charger' })
    expect(rig.said()).toEqual(['accepted', 'started', 'failed wrong-place'])
  })

  test('that another takes the place of has failed', async () => {
    const rig = await createScripted()
    await rig.underWay()
    await rig.state({ orderId: 'of-somebody-else' })
    expect(rig.said()).toEqual(['accepted', 'started', 'failed order-lost'])
  })

  test('whose action fails has failed, with what the robot says about it', async () => {
    const rig = await createScripted()
    await rig.give('greet', greet)
    const order = rig.firstOrder()
    const actionId = order.nodes[0]?.actions[0]?.actionId
    await rig.takes(order)
    await rig.arrives(order, {
      actionStates: [{ actionId, actionStatus: 'FAILED', resultDescription: 'no voice' }],
    })
    expect(rig.said()).toEqual(['accepted', 'started', 'failed action-failed'])
    expect(JSON.stringify(rig.hub.sent)).toContain('no voice')
  })

  test('that meets a fatal error is cancelled; a warning lets it go on', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.takes(order, { errors: [error('lidarDirty')] })
    expect(rig.said()).toEqual(['accepted', 'started'])
    expect((await rig.condition())?.['health']).toEqual({ level: 'degraded', reasons: ['lidar-dirty'] })
    await rig.takes(order, { errors: [error('motorError', [], 'FATAL')] })
    expect(rig.instants('cancelOrder')).toHaveLength(1)
    await rig.arrives(order, { lastNodeId: 'n-welcome', errors: [error('motorError', [], 'FATAL')] })
    expect(rig.said()).toEqual(['accepted', 'started', 'failed motor-error'])
    expect((await rig.condition())?.['health']).toMatchObject({ level: 'faulted' })
  })

  test('of a robot that is taken over by hand has failed', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.takes(order, { operatingMode: 'MANUAL' })
    await rig.arrives(order, { operatingMode: 'MANUAL', lastNodeId: 'n-welcome' })
    expect(rig.said()).toEqual(['accepted', 'started', 'failed taken-over'])
  })

  test('waits through an emergency stop that is lifted', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.takes(order, { driving: false, safetyState: { eStop: 'AUTOACK', fieldViolation: false } })
    expect(await rig.condition()).toMatchObject({ blocked: true, willing: false })
    await rig.takes(order)
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
  })
})

describe('a cancel', () => {
  test('before the robot has taken the order keeps it from being taken later', async () => {
    const rig = await createScripted()
    await rig.give('guide', guide)
    await rig.cancel()
    const [cancel] = rig.instants('cancelOrder')
    expect(rig.said()).toEqual(['accepted'])
    await rig.state({
      errors: [error('noOrderToCancel', [reference('actionId', cancel?.actionId ?? '')])],
    })
    expect(rig.said()).toEqual(['accepted', 'cancelled visitor-left'])
  })

  test('on the way is over only when the robot has stopped', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.cancel()
    const [cancel] = rig.instants('cancelOrder')
    await rig.takes(order, { actionStates: [{ actionId: cancel?.actionId, actionStatus: 'RUNNING' }] })
    expect(rig.said()).toEqual(['accepted', 'started'])
    await rig.state({
      orderId: order.orderId,
      actionStates: [{ actionId: cancel?.actionId, actionStatus: 'FINISHED' }],
    })
    expect(rig.said()).toEqual(['accepted', 'started', 'cancelled visitor-left'])
  })

  test('that is refused is asked for again; the hub learns that the stop is unconfirmed, and the robot stays taken', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.cancel()
    const [cancel] = rig.instants('cancelOrder')
    await rig.takes(order, { actionStates: [{ actionId: cancel?.actionId, actionStatus: 'FAILED' }] })
    await rig.clock.pass(5_100)
    expect(rig.instants('cancelOrder').length).toBeGreaterThan(1)
    expect(rig.said()).toEqual(['accepted', 'started', 'cancelled stop-unconfirmed'])
    expect(rig.lines.filter(({ text }) => text === 'a robot refuses to cancel')).toHaveLength(1)
    await rig.give('guide', guide, 't-2')
    expect(rig.said('t-2')).toEqual(['refused busy'])
    await rig.arrives(order)
    await rig.give('guide', { to: { place: 'welcome-spot' } }, 't-3')
    expect(rig.said('t-3')).toEqual(['accepted'])
  })

  test('that gets lost is sent again', async () => {
    const rig = await createScripted()
    await rig.underWay()
    await rig.cancel()
    await rig.clock.pass(2_100)
    const ids = rig.instants('cancelOrder').map(({ actionId }) => actionId)
    expect(new Set(ids).size).toBe(2)
  })
})

describe('a robot', () => {
  test.each([
    [{ operatingMode: 'MANUAL' }, 'not-automatic'],
    [{ operatingMode: 'SEMIAUTOMATIC' }, 'semi-automatic'],
    [{ safetyState: { eStop: 'MANUAL', fieldViolation: false } }, 'emergency-stop'],
    [{ paused: true }, 'robot-paused'],
    [{ orderId: 'of-somebody-else', nodeStates: [{ nodeId: 'x', sequenceId: 2 }] }, 'other-order'],
    [{ lastNodeId: '', agvPosition: undefined }, 'position-unknown'],
  ])('with %o takes no order: %s', async (more, code) => {
    const rig = await createScripted()
    await rig.state(more)
    await rig.give('guide', guide)
    expect(rig.said()).toEqual([`refused ${code}`])
  })

  test('that pauses by itself is not made to go on', async () => {
    const rig = await createScripted()
    await rig.config('allowed')
    await rig.state({ paused: true })
    expect(rig.instants('stopPause')).toEqual([])
  })

  test('is paused while movement is stopped, and asked again until it is', async () => {
    const rig = await createScripted()
    await rig.config('stopped')
    expect(rig.instants('startPause')).toHaveLength(1)
    await rig.clock.pass(3_000)
    await rig.state()
    expect(rig.instants('startPause')).toHaveLength(2)
    await rig.state({ paused: true })
    await rig.config('allowed')
    expect(rig.instants('stopPause')).toHaveLength(1)
  })

  test('that pauses only when movement is allowed again is let go on', async () => {
    const rig = await createScripted()
    await rig.config('stopped')
    expect(rig.instants('startPause')).toHaveLength(1)
    await rig.config('allowed')
    await rig.state({ paused: false })
    await rig.state({ paused: true })
    expect(rig.instants('stopPause')).toHaveLength(1)
  })

  test('that never paused when it was told to, and is paused by a person later, is left to that person', async () => {
    const rig = await createScripted()
    await rig.config('stopped')
    const [pause] = rig.instants('startPause')
    await rig.config('allowed')
    await rig.state({ actionStates: [{ actionId: pause?.actionId, actionStatus: 'FAILED' }] })
    await rig.state({ paused: true })
    expect(rig.instants('stopPause')).toEqual([])
    await rig.state({ paused: false })
    await rig.config('stopped')
    await rig.config('allowed')
    await rig.clock.pass(10_000)
    await rig.state({ paused: false })
    await rig.state({ paused: true })
    expect(rig.instants('stopPause')).toEqual([])
  })

  test('that goes silent in the middle of an order: the task has failed, and what is left is cancelled later', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.clock.pass(65_100)
    expect(rig.said()).toEqual(['accepted', 'started', 'failed robot-gone'])
    expect((await rig.condition())?.['health']).toMatchObject({ level: 'faulted' })
    await rig.takes(order)
    expect(rig.instants('cancelOrder')).toHaveLength(1)
    await rig.give('guide', guide, 't-2')
    expect(rig.said('t-2')).toEqual(['refused other-order'])
  })

  test.each(['OFFLINE', 'CONNECTIONBROKEN'])(
    'that is %s for a moment goes on with its order; for longer, the task has failed',
    async (word) => {
      const rig = await createScripted()
      const order = await rig.underWay()
      await rig.connection(word)
      await rig.clock.pass(3_000)
      await rig.connection('ONLINE')
      await rig.takes(order)
      await rig.clock.pass(20_000)
      expect(rig.said()).toEqual(['accepted', 'started'])
      await rig.connection(word)
      await rig.clock.pass(10_100)
      expect(rig.said()).toEqual(['accepted', 'started', 'failed robot-gone'])
    },
  )

  test('that was never heard of, or that only its retained message tells of, is not there', async () => {
    const rig = await createScripted({ isOnline: false })
    await rig.give('guide', guide)
    expect(rig.said()).toEqual(['refused faulted'])
    await rig.connection('ONLINE')
    await rig.hear('state', { not: 'a state' })
    await rig.give('guide', guide, 't-2')
    expect(rig.said('t-2')).toEqual(['refused faulted'])
    await rig.state()
    await rig.give('guide', guide, 't-3')
    expect(rig.said('t-3')).toEqual(['accepted'])
  })

  test('whose states come twice or out of order is not misunderstood', async () => {
    const rig = await createScripted()
    const order = await rig.underWay()
    await rig.state({ orderId: order.orderId, lastNodeId: 'n-hall' }, 1)
    expect(rig.said()).toEqual(['accepted', 'started'])
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
  })

  test('that sends nonsense is complained of once, and goes on being heard', async () => {
    const rig = await createScripted()
    for (const body of [null, 3, 'x', {}, { headerId: 'a' }]) await rig.hear('state', body)
    expect(rig.lines.filter(({ text }) => text === 'a robot sends what does not fit')).toHaveLength(1)
    const order = await rig.underWay()
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
  })

  test('of 3.0 is spoken to and understood in its own words', async () => {
    const rig = await createScripted({ robot: { version: '3.0.0' } })
    const order = await rig.underWay()
    expect(order).toMatchObject({ version: '3.0.0' })
    await rig.arrives(order)
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
    await rig.connection('CONNECTION_BROKEN')
    expect((await rig.condition())?.['health']).toMatchObject({ level: 'faulted' })
  })

  test('announces by an instant action, and a rejected one was not begun', async () => {
    const rig = await createScripted()
    await rig.give('announce', { at: {}, words })
    const [say] = rig.instants('say')
    await rig.state({ actionStates: [{ actionId: say?.actionId, actionStatus: 'RUNNING' }] })
    await rig.state({ actionStates: [{ actionId: say?.actionId, actionStatus: 'FINISHED' }] })
    expect(rig.said()).toEqual(['accepted', 'started', 'done'])
    await rig.give('announce', { at: {}, words }, 't-2')
    const actionId = rig.instants('say').at(-1)?.actionId ?? ''
    await rig.state({ errors: [error('instantActionError', [reference('actionId', actionId)])] })
    expect(rig.said('t-2')).toEqual(['accepted', 'not-started action-rejected'])
  })
})

describe('what the fleet is', () => {
  test('the broker is gone: nothing is sent, every robot is out of order', async () => {
    const rig = await createScripted()
    await rig.lineIs('unreachable')
    expect((await rig.condition())?.['health']).toEqual({
      level: 'faulted',
      reasons: ['fleet-broker-unreachable'],
    })
    await rig.lineIs('refused')
    expect((await rig.condition())?.['health']).toMatchObject({ reasons: ['fleet-broker-refuses'] })
    expect(rig.orders()).toEqual([])
  })

  test('an adapter that was killed: what had begun is reported, its order is cancelled, others’ orders are not', async () => {
    const first = await createScripted()
    const order = await first.underWay()
    first.adapter.die()
    const second = await createScripted({ memory: first.memory, boot: 'boot-2', isOnline: false })
    await second.connection('ONLINE')
    await second.state({ orderId: 'of-somebody-else', nodeStates: [{ nodeId: 'x', sequenceId: 2 }] })
    expect(second.instants('cancelOrder')).toEqual([])
    await second.takes(order)
    expect(second.instants('cancelOrder')).toHaveLength(1)
    expect(second.said()).toEqual(['failed interrupted'])
  })

  test('actions by the factsheet, and announced anew when a robot turns out to speak', async () => {
    const rig = await createScripted({ robot: { actions: 'factsheet' } })
    await rig.clock.pass(3_100)
    rig.hub.up()
    await rig.give('greet', greet)
    expect(rig.said()).toEqual(['refused unsupported'])
    const agvActions = [{ actionType: 'greet', actionScopes: ['NODE'] }]
    await rig.hear('factsheet', { protocolFeatures: { agvActions } })
    await rig.clock.pass(5_000)
    await rig.lineIs('up')
    await rig.connection('ONLINE')
    await rig.state()
    await rig.give('greet', greet, 't-2')
    expect(rig.said('t-2')).toEqual(['accepted'])
  })
})
