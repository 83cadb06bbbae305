/** What is said to a robot and read from it, version by version; held against the official schemas of 2.1 and 3.x. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createHeaders, dialectOf, topicOf } from '#adapters/vda-5050/wire/dialect.ts'
import { isNewer } from '#adapters/vda-5050/wire/freshness.ts'
import { readFactsheet, readLink } from '#adapters/vda-5050/wire/link.ts'
import { instantMessage, orderMessage, type Stop } from '#adapters/vda-5050/wire/order.ts'
import { inOneSpelling, isUnderWay, readState } from '#adapters/vda-5050/wire/robot-state.ts'
import { edge, node, stateOfThree, stateOfTwo } from './support/messages.ts'

const versions = ['2.0.0', '2.1.0', '3.0.0'] as const
type Key = 'actions' | 'instantActions' | 'both'
const dialect = (version: string, instantActionsKey: Key = 'actions') =>
  dialectOf({ version, manufacturer: 'Acme', serialNumber: 'R001', quirks: { instantActionsKey } })

/** The official schemas: 2.0 robots are held against those of 2.1, as 2.0's own have known mistakes. */
const schema = (version: string, name: string) => {
  const file = join(import.meta.dirname, `schemas/${version.startsWith('3') ? '3.x' : '2.1'}/${name}.schema`)
  // The name that drafts after 07 have for it, which Zod looks for.
  const text = readFileSync(file, 'utf8')
    .replaceAll('#/definitions/', '#/$defs/')
    .replace('"definitions"', '"$defs"')
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
}

const stops: readonly Stop[] = [
  { nodeId: 'a', position: { x: 0, y: 0, mapId: 'lobby' }, actions: [] },
  {
    nodeId: 'b',
    edgeId: 'ab',
    position: { x: 1, y: 0, mapId: 'lobby', theta: 1, allowedDeviationXY: 0.2, allowedDeviationTheta: 0.1 },
    actions: [],
  },
  {
    nodeId: 'c',
    position: { x: 2, y: 0, mapId: 'lobby' },
    actions: [{ actionId: 'g', actionType: 'greet', parameters: { text: '您好', loud: true, times: 2 } }],
  },
]

describe.each(versions)('version %s', (version) => {
  const speech = dialect(version)
  const headers = createHeaders(speech, () => 1_000_000)

  test('an order fits the official schema, and its numbers count as they must', () => {
    const order = orderMessage(speech, headers('order'), { orderId: 'o-1', stops })
    expect(schema(version, 'order').safeParse(order).error).toBeUndefined()
    expect(order.nodes.map(({ sequenceId }) => sequenceId)).toEqual([0, 2, 4])
    expect(order.edges.map(({ sequenceId }) => sequenceId)).toEqual([1, 3])
    expect(order.edges).toMatchObject([
      { edgeId: 'ab', startNodeId: 'a', endNodeId: 'b' },
      { startNodeId: 'b', endNodeId: 'c' },
    ])
    expect(order).toMatchObject({ version, orderId: 'o-1', orderUpdateId: 0 })
  })

  test('an instant action fits the official schema', () => {
    const message = instantMessage(speech, headers('instantActions'), {
      actionId: 'i-1',
      actionType: 'cancelOrder',
      parameters: {},
    })
    expect(schema(version, 'instantActions').safeParse(message).error).toBeUndefined()
  })

  test('the state that the tests speak in fits the official schema, and is read', () => {
    const given = version.startsWith('3') ? stateOfThree(1) : stateOfTwo(1)
    expect(schema(version, 'state').safeParse(given).error).toBeUndefined()
    expect(readState(given)).toMatchObject({
      battery: { percent: 80, charging: false },
      position: { mapId: 'lobby' },
      isStopped: false,
      operatingMode: 'AUTOMATIC',
    })
  })

  test('the schemas refuse what is not right', () => {
    const order = orderMessage(speech, headers('order'), { orderId: 'o-1', stops })
    expect(schema(version, 'order').safeParse({ ...order, nodes: [{ nodeId: 'a' }] }).success).toBe(false)
    expect(schema(version, 'state').safeParse({ ...stateOfTwo(1), errors: 3 }).success).toBe(false)
  })
})

describe('what differs', () => {
  test('topics have the major version and the interface of the robot', () => {
    expect(topicOf(dialect('2.0.0'), 'order')).toBe('uagv/v2/Acme/R001/order')
    expect(topicOf(dialect('3.0.0'), 'state')).toBe('vda5050/v3/Acme/R001/state')
    expect(topicOf({ ...dialect('2.1.0'), interfaceName: 'bank' }, 'state')).toBe('bank/v2/Acme/R001/state')
  })

  test('the deviation is a radius up to 2.1 and an ellipse from 3.0 on', () => {
    const deviation = (version: string) =>
      orderMessage(dialect(version), createHeaders(dialect(version), () => 0)('order'), {
        orderId: 'o',
        stops,
      }).nodes[1]?.nodePosition?.allowedDeviationXY
    expect(deviation('2.1.0')).toBe(0.2)
    expect(deviation('3.0.0')).toEqual({ a: 0.2, b: 0.2, theta: 0 })
  })

  test('instant actions stand where this robot looks for them', () => {
    const keys = (key: Key) =>
      Object.keys(
        instantMessage(dialect('2.0.0', key), createHeaders(dialect('2.0.0'), () => 0)('order'), {
          actionId: 'i',
          actionType: 'stateRequest',
          parameters: {},
        }),
      ).filter((name) => /actions/i.test(name))
    expect(keys('actions')).toEqual(['actions'])
    expect(keys('instantActions')).toEqual(['instantActions'])
    expect(keys('both')).toEqual(['actions', 'instantActions'])
  })

  test('each topic has its own header ids', () => {
    const headers = createHeaders(dialect('2.1.0'), () => 0)
    const ids = (['order', 'order', 'instantActions', 'order'] as const).map(
      (topic) => headers(topic).headerId,
    )
    expect(ids).toEqual([0, 1, 0, 2])
  })

  test('an emergency stop is seen under either name', () => {
    const safety = { fieldViolation: false }
    expect(readState(stateOfTwo(1, { safetyState: { ...safety, eStop: 'MANUAL' } }))?.isStopped).toBe(true)
    expect(
      readState(stateOfThree(1, { safetyState: { ...safety, activeEmergencyStop: 'REMOTE' } }))?.isStopped,
    ).toBe(true)
  })

  test('errors have one spelling, and CRITICAL weighs as much as FATAL', () => {
    expect(['noRouteError', 'NO_ROUTE_ERROR', 'no route error'].map(inOneSpelling)).toEqual(
      Array.from({ length: 3 }, () => 'no-route-error'),
    )
    const levels = ['WARNING', 'URGENT', 'CRITICAL', 'FATAL', 'odd'].map(
      (errorLevel) =>
        readState(stateOfThree(1, { errors: [{ errorType: 'x', errorLevel }] }))?.errors[0]?.level,
    )
    expect(levels).toEqual(['warning', 'warning', 'fatal', 'fatal', 'warning'])
  })

  test('instant actions of 3.0 stand in a list of their own', () => {
    const state = readState(
      stateOfThree(1, { instantActionStates: [{ actionId: 'c', actionStatus: 'FINISHED' }] }),
    )
    expect(state?.actions.get('c')?.status).toBe('FINISHED')
  })

  test('links, by the words of each version', () => {
    const links = ['ONLINE', 'OFFLINE', 'CONNECTIONBROKEN', 'CONNECTION_BROKEN', 'HIBERNATING', 'odd'].map(
      (connectionState) => readLink({ connectionState }),
    )
    expect(links).toEqual(['online', 'offline', 'broken', 'broken', 'offline', undefined])
    expect(readLink(undefined)).toBeUndefined()
  })

  test('factsheets, by the words of each version; one without actions says nothing', () => {
    const list = [
      { actionType: 'greet', actionScopes: ['NODE', 'INSTANT'] },
      { actionType: 'announce', actionScopes: ['INSTANT'] },
      { actionType: 'lift', actionScopes: ['EDGE'] },
    ]
    const wanted = [
      { actionType: 'greet', scope: 'node' },
      { actionType: 'announce', scope: 'instant' },
    ]
    expect(readFactsheet({ protocolFeatures: { agvActions: list } })).toEqual(wanted)
    expect(readFactsheet({ protocolFeatures: { mobileRobotActions: list } })).toEqual(wanted)
    expect(readFactsheet({ headerId: 1 })).toBeUndefined()
  })
})

describe('a state', () => {
  test.each(['orderId', 'nodeStates', 'edgeStates', 'actionStates', 'errors', 'safetyState', 'headerId'])(
    'without %s is refused: nothing must be taken for done that may be going on',
    (field) => {
      const { [field]: _, ...rest } = stateOfTwo(1) as Record<string, unknown>
      expect(readState(rest)).toBeUndefined()
    },
  )

  test('of whatever shape is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.object({ maxDepth: 2 }), (spoilt, other) => {
        readState(spoilt)
        readState({ ...stateOfTwo(1), ...spoilt, errors: [other, null, 3], agvPosition: other })
        readLink(spoilt)
        readFactsheet({ protocolFeatures: spoilt })
      }),
    )
  })

  test('is under way as long as a node, an edge or an action of the order is left', () => {
    const underWay = (more: object, instant: readonly string[] = []) => {
      const state = readState(stateOfTwo(1, { orderId: 'o', ...more }))
      return state !== undefined && isUnderWay(state, new Set(instant))
    }
    const running = { actionStates: [{ actionId: 'x', actionStatus: 'RUNNING' }] }
    expect(underWay({})).toBe(false)
    expect(underWay({ nodeStates: [node('a', 2)] })).toBe(true)
    expect(underWay({ edgeStates: [edge('a', 1)] })).toBe(true)
    expect(underWay(running)).toBe(true)
    expect(underWay(running, ['x'])).toBe(false)
    expect(underWay({ orderId: '', nodeStates: [node('a', 2)] })).toBe(false)
  })
})

describe('which of two states is newer', () => {
  const stamp = (headerId: number, sentAt: number | undefined = headerId) => ({ headerId, sentAt })

  test('repeats and what was overtaken are not', () => {
    expect(isNewer(stamp(5), stamp(5), 'counted')).toBe(false)
    expect(isNewer(stamp(4), stamp(5), 'counted')).toBe(false)
    expect(isNewer(stamp(6), stamp(5), 'counted')).toBe(true)
    expect(isNewer(stamp(6), undefined, 'counted')).toBe(true)
  })

  test('the id wraps at 32 bits', () => {
    expect(isNewer(stamp(0, 9), stamp(2 ** 32 - 1, 9), 'counted')).toBe(true)
    expect(isNewer(stamp(2 ** 32 - 1, 9), stamp(0, 9), 'counted')).toBe(false)
  })

  test('a robot that was started anew counts from the beginning', () => {
    expect(isNewer(stamp(0, 2_000), stamp(900, 1_000), 'counted')).toBe(true)
  })

  test('where ids are not to be relied on, only the time counts', () => {
    expect(isNewer(stamp(0, 2), stamp(0, 1), 'unreliable')).toBe(true)
    expect(isNewer(stamp(7, 1), stamp(0, 1), 'unreliable')).toBe(false)
  })

  test('in whatever order they arrive, the last one taken is the newest', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 })
    fc.assert(
      fc.property(ids, (arriving) => {
        let last: ReturnType<typeof stamp> | undefined
        for (const id of arriving) if (isNewer(stamp(id), last, 'counted')) last = stamp(id)
        expect(last?.headerId).toBe(Math.max(...arriving))
      }),
    )
  })
})
