/** What an expert is shown, who waits, and whether somebody still sits there. */
import { describe, expect, test } from 'vitest'
import { idleOf, usualIdle } from '#apps/expert/model/idle.ts'
import { levelOf, standingOf, teamOf, waitingOf } from '#apps/expert/model/queue.ts'
import { stageOf } from '#apps/expert/model/stage.ts'
import { liveCall, liveExpert } from '../../support/call-rows.ts'

const ring = { id: 'r', experts: ['wang'], at: 0, until: 25_000 }

describe('one thing is shown', () => {
  test.each([
    ['ringing', liveCall('c', { state: 'ringing', ring })],
    ['call', liveCall('c', { state: 'accepted', expert: 'wang' })],
    ['call', liveCall('c', { state: 'in-call', expert: 'wang' })],
    ['call', liveCall('c', { state: 'resuming', expert: 'wang' })],
    ['wrap-up', liveCall('c', { state: 'wrap-up', expert: 'wang' })],
  ])('%s', (at, held) => {
    expect(stageOf(liveExpert('wang', { call: 'c', presence: 'break' }), [liveCall('other'), held]).at).toBe(
      at,
    )
  })

  test('whoever has no call is shown as they stand', () => {
    const at = (presence: 'available' | 'break' | 'away' | 'offline') =>
      stageOf(liveExpert('wang', { presence }), []).at
    expect((['available', 'break', 'away', 'offline'] as const).map(at)).toEqual([
      'ready',
      'break',
      'away',
      'offline',
    ])
    expect(stageOf(undefined, []).at).toBe('nobody')
  })

  test('a ring for others, and a call that another one has, is not shown', () => {
    const rings = liveCall('c', { state: 'ringing', ring: { ...ring, experts: ['zhao'] } })
    expect(stageOf(liveExpert('wang', { call: 'c' }), [rings]).at).toBe('ready')
    const theirs = liveCall('c', { state: 'in-call', expert: 'zhao' })
    expect(stageOf(liveExpert('wang', { call: 'c' }), [theirs]).at).toBe('ready')
  })
})

describe('who waits', () => {
  test('those without an expert, longest first', () => {
    const calls = [
      liveCall('b', { at: 5 }),
      liveCall('a', { at: 9, state: 'ringing', ring }),
      liveCall('c', { at: 1, state: 'in-call' }),
      liveCall('d', { at: 2 }),
    ]
    expect(waitingOf(calls).map(({ id }) => id)).toEqual(['d', 'b', 'a'])
  })

  test('the level counts the answered, those past the time, and nobody who may still be in time', () => {
    const calls = [
      liveCall('in-time', { state: 'in-call', answeredAt: 20_000 }),
      liveCall('late', { state: 'ended', answeredAt: 20_001 }),
      liveCall('waits-too-long', { at: 10_000 }),
      liveCall('may-be-in-time', { at: 40_000 }),
      liveCall('gave-up-at-once', { state: 'ended', since: 5_000 }),
      liveCall('gave-up-late', { state: 'ended', since: 30_000 }),
    ]
    expect(levelOf(calls, 50_000, 20_000)).toEqual({ within: 1, counted: 4, share: 0.25 })
    expect(levelOf([], 0, 20_000).share).toBeNull()
  })

  test('colleagues who are free stand first', () => {
    const all = [
      liveExpert('gone', { online: false }),
      liveExpert('away', { presence: 'away' }),
      liveExpert('busy', { call: 'c' }),
      liveExpert('free'),
    ]
    expect(teamOf(all).map(standingOf)).toEqual(['free', 'busy', 'paused', 'gone'])
  })
})

test('an empty chair is asked, then gone; until then nobody is', () => {
  const { askAfterMs, answerWithinMs } = usualIdle
  expect(idleOf(askAfterMs - 1, usualIdle)).toEqual({ state: 'here' })
  expect(idleOf(askAfterMs, usualIdle)).toEqual({ state: 'asked', leftMs: answerWithinMs })
  expect(idleOf(askAfterMs + answerWithinMs, usualIdle)).toEqual({ state: 'gone' })
})
