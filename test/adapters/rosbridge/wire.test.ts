/** Every documented message is read as what it means; where each comes from is written beside it, in fixtures/. And the rest of the reading. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Goal } from '#adapters/rosbridge/goal.ts'
import { createWay, judgeEnd } from '#adapters/rosbridge/way.ts'
import { createFragments } from '#adapters/rosbridge/wire/fragments.ts'
import { readHeard, resultOf } from '#adapters/rosbridge/wire/protocol.ts'
import {
  cancelRequest,
  quaternionOf,
  readBattery,
  readDiagnostics,
  readFeedback,
  readGoalStatuses,
  readPose,
  readResult,
  saysItIsOver,
} from '#adapters/rosbridge/wire/ros-messages.ts'

interface Row {
  readonly from: string
  readonly read: 'battery' | 'pose' | 'statuses' | 'feedback' | 'result' | 'diagnostics'
  readonly message: unknown
  readonly means: unknown
}
const { rows } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/messages.json'), 'utf8')) as {
  rows: Row[]
}
const readers = {
  battery: readBattery,
  pose: readPose,
  statuses(message: unknown) {
    const list = readGoalStatuses(message)
    return list && Object.fromEntries(list)
  },
  feedback: readFeedback,
  result: readResult,
  diagnostics: readDiagnostics,
}

test.each(rows)('$read: $from', ({ read, message, means }) => {
  expect(readers[read](message) ?? null).toEqual(means)
})

test('whatever it is, reading it throws nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const read of Object.values(readers)) read(value)
      readHeard(value)
      saysItIsOver(value)
    }),
  )
})

test('what a server may leave out is left out: a goal that failed has no values', () => {
  const failed = { op: 'action_result', id: 'g', action: '/a', status: 6, result: false }
  expect(readHeard(failed)).toMatchObject({ op: 'action_result', status: 6, result: false })
  expect(readHeard({ op: 'service_response', id: 's', service: '/s', result: true })).toMatchObject({
    result: true,
  })
})

test('every angle comes back from its quaternion', () => {
  fc.assert(
    fc.property(fc.double({ min: -3.14, max: 3.14, noNaN: true }), (yaw) => {
      const pose = { position: { x: 0, y: 0 }, orientation: quaternionOf(yaw) }
      expect(readPose({ header: { frame_id: 'map' }, pose })?.yaw).toBeCloseTo(yaw, 6)
    }),
  )
})

test('a cancel names one goal, or, with zeros, all of them', () => {
  expect(cancelRequest('AAECAwQFBgcICQoLDA0ODw==').goal_info.goal_id.uuid).toBe('AAECAwQFBgcICQoLDA0ODw==')
  expect(cancelRequest(undefined).goal_info).toEqual({
    goal_id: { uuid: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    stamp: { sec: 0, nanosec: 0 },
  })
  expect([0, 1, 2, 3].map((return_code) => saysItIsOver({ return_code }))).toEqual([false, false, true, true])
})

describe('messages in pieces', () => {
  const piece = (num: number, data: string, more: { total?: number; id?: string } = {}) => ({
    op: 'fragment' as const,
    id: 'm',
    total: 3,
    ...more,
    num,
    data,
  })

  test('are put together in any order, and twice the same piece is one', () => {
    const fragments = createFragments()
    expect(fragments.take(piece(2, 'c'))).toBeUndefined()
    expect(fragments.take(piece(0, 'a'))).toBeUndefined()
    expect(fragments.take(piece(0, 'a'))).toBeUndefined()
    expect(fragments.take(piece(1, 'b'))).toEqual({ whole: 'abc' })
  })

  test('have their limits: of number, of size, and of messages at one time', () => {
    const fragments = createFragments()
    expect(fragments.take(piece(3, 'x'))).toBe('bad')
    expect(fragments.take(piece(0, 'x', { total: 1_001 }))).toBe('bad')
    expect(fragments.take(piece(0, 'x'.repeat(600_000)))).toBeUndefined()
    expect(fragments.take(piece(1, 'x'.repeat(600_000)))).toBe('bad')
    for (const id of ['a', 'b', 'c', 'd', 'e']) fragments.take(piece(0, id, { total: 2, id }))
    expect(fragments.take(piece(1, '!', { total: 2, id: 'a' }))).toBeUndefined()
    expect(fragments.take(piece(1, '!', { total: 2, id: 'e' }))).toEqual({ whole: 'e!' })
  })
})

describe('how a goal ended', () => {
  const ended = (message: Parameters<typeof resultOf>[0], ok = true) => {
    const goal = new Goal('g')
    if (goal.onResult(resultOf(message), ok)) goal.settleUnknown()
    const end = goal.end()
    return end && judgeEnd(end, { isForeign: false })
  }
  const result = { op: 'action_result', id: 'g', values: {} } as const

  test('is judged by its status, never by `result`', () => {
    expect(ended({ ...result, status: 4, result: false }, false)).toEqual({ done: true })
    expect(ended({ ...result, status: 5, result: true })).toMatchObject({
      done: false,
      code: 'stopped-by-hand',
    })
    expect(ended({ ...result, status: 6, result: true })).toMatchObject({
      code: 'navigation-failed',
      begun: true,
    })
    expect(ended({ ...result, status: 2, result: true })).toMatchObject({ code: 'navigation-failed' })
    expect(
      ended({ ...result, values: 'Action goal was rejected', status: 0, result: false }, false),
    ).toMatchObject({
      code: 'goal-rejected',
      begun: false,
    })
  })

  test('is found inside the values, where a server of 2024 puts it', () => {
    expect(ended({ ...result, values: { status: 4, result: { result: {} } }, result: true })).toEqual({
      done: true,
    })
  })

  test('has the reason that nav2 gives, where it gives one', () => {
    const aborted = (values: object) => ended({ ...result, values, status: 6, result: true })
    expect(aborted({ error_code: 208, error_msg: 'no path' })).toMatchObject({
      code: 'no-route',
      note: 'The robot did not get there. (208) no path',
    })
    expect(aborted({ error_code: 102 })).toMatchObject({ code: 'not-localised' })
    expect(aborted({ error_code: 9_001 })).toMatchObject({ code: 'navigation-failed' })
    expect(aborted({ error_code: 'x' })).toMatchObject({ code: 'navigation-failed' })
  })

  test('does not change when it is told twice, or after the end', () => {
    const goal = new Goal('g')
    goal.onResult({ status: 4, values: {} }, true)
    goal.onResult({ status: 6, values: {} }, true)
    goal.onListed(5)
    goal.onLost()
    goal.onComplaint('late')
    expect(goal.end()).toMatchObject({ kind: 'result', status: 4 })
  })

  test('a goal that is listed as over waits for its result as long as its connection is there', () => {
    const held = new Goal('g')
    expect(held.onListed(4)).toBe(true)
    expect(held.end()).toBeUndefined()
    const cut = new Goal('g')
    cut.isHeld = false
    cut.onListed(4)
    expect(cut.end()).toMatchObject({ status: 4 })
  })
})

test('a result that does not say how it ended waits for the list, whichever comes first', () => {
  const result = { status: undefined, values: { error_code: 105 } }
  const early = new Goal('g')
  early.onFeedback()
  expect(early.onResult(result, true)).toBe(true)
  expect(early.end()).toBeUndefined()
  expect(early.onListed(6)).toBe(false)
  const late = new Goal('g')
  expect(late.onListed(6)).toBe(true)
  expect(late.onResult(result, true)).toBe(false)
  for (const goal of [early, late]) expect(goal.end()).toEqual({ kind: 'result', ...result, status: 6 })
  const never = new Goal('g')
  never.onFeedback()
  never.onResult(result, true)
  never.settleUnknown()
  expect(never.end()).toMatchObject({ status: 0 })
})

test('progress rises with the way that is left, and a recovery shows until it gets on', () => {
  const way = createWay()
  const at = (metresLeft: number, recoveries = 0) =>
    way.feedback({ pose: undefined, metresLeft, secondsLeft: undefined, recoveries })
  // Before a path is planned, nothing is left: that is not arriving.
  expect(at(0)).toEqual({ step: 'driving' })
  expect(at(10)).toEqual({ percent: 0, step: 'driving' })
  expect(at(10)).toBeUndefined()
  expect(at(5)).toEqual({ percent: 50, step: 'driving' })
  expect(at(5, 1)).toEqual({ percent: 50, step: 'recovering (1)' })
  expect(way.isBlocked()).toBe(true)
  expect(at(4.9, 1)).toMatchObject({ step: 'recovering (1)' })
  expect(at(4.6, 1)).toMatchObject({ percent: 54, step: 'driving' })
  expect(way.isBlocked()).toBe(false)
  expect(at(0.001, 1)).toMatchObject({ percent: 99 })
})
