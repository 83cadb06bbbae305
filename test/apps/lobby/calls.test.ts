/** Calls with experts as the tablet lists them. */
import { expect, test } from 'vitest'
import { inOrder, isAnyThere, isOwnSide, mayJoin, mayWithdraw, stateSaid } from '#apps/lobby/calls/model.ts'
import { fill } from '#apps/ui/words.ts'
import { callStates } from '#protocol/calls/rows.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { liveCall, liveExpert } from '../../support/call-rows.ts'

const said = (change: Partial<LiveCall>) => {
  const { pair, params } = stateSaid(liveCall('call-1', change), {
    now: 65_000,
    expert: (id) => id.toUpperCase(),
    duration: (ms) => `${ms / 1_000} s`,
    clock: (at) => `${at} o’clock`,
  })
  return fill(pair.en, params)
}

test('who wants somebody stands first, the longest wait ahead, and what is over last', () => {
  const calls = [...callStates].reverse().map((state, at) => liveCall(state, { state, at: 10 - at }))
  expect(inOrder([liveCall('later', { at: 99 }), ...calls]).map(({ id }) => id)).toEqual([
    'waiting',
    'ringing',
    'later',
    'resuming',
    'accepted',
    'in-call',
    'wrap-up',
    'ended',
  ])
})

test('an expert is there who is signed on and has a page open, also one in a call', () => {
  expect(isAnyThere([])).toBeUndefined()
  expect(isAnyThere([liveExpert('wang', { online: false }), liveExpert('li', { presence: 'break' })])).toBe(
    false,
  )
  expect(isAnyThere([liveExpert('wang', { call: 'call-1' })])).toBe(true)
})

test('each state is said in a line, and how it ended with the time that was promised', () => {
  expect(said({})).toBe('waiting for 65 s')
  expect(said({ state: 'ringing', ring: { id: 'r', experts: ['wang'], at: 0, until: 1 } })).toBe(
    'ringing WANG',
  )
  expect(said({ state: 'ringing', ring: { id: 'r', experts: ['a', 'b'], at: 0, until: 1 } })).toBe(
    'ringing 2 experts',
  )
  expect(said({ state: 'in-call', expert: 'wang' })).toBe('talking to WANG')
  expect(said({ state: 'ended', outcome: 'call-back', promisedAt: 9 })).toBe('we call back by 9 o’clock')
  expect(said({ state: 'ended', outcome: 'unanswered' })).toBe('no expert answered')
  expect(said({ state: 'ended', outcome: 'solved', promisedAt: 9 })).toBe('solved')
  expect(said({ state: 'ended', outcome: 'of-a-later-version' })).toBe('of-a-later-version')
})

test('what waits is called off, what has an expert is joined, and no call is both', () => {
  for (const state of callStates) expect(mayJoin({ state }) && mayWithdraw({ state })).toBe(false)
  expect(callStates.filter((state) => mayJoin({ state }))).toEqual(['accepted', 'in-call', 'resuming'])
  expect(callStates.filter((state) => mayWithdraw({ state }))).toEqual(['waiting', 'ringing'])
})

test('camera and microphone begin off beside a kiosk, and on where the tablet is the customer’s side', () => {
  expect(isOwnSide(liveCall('call-1', { askedBy: 'li-na' }), 'li-na')).toBe(false)
  expect(isOwnSide(liveCall('call-1', { device: null, askedBy: 'li-na' }), 'li-na')).toBe(true)
  expect(isOwnSide(liveCall('call-1', { device: null, askedBy: 'li-na' }), 'zhang')).toBe(false)
})
