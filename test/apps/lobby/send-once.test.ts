/** What is pressed twice is ordered once, and nothing that was meant is lost by it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandLife } from '#apps/lobby/live/lives.ts'
import { isUnderWay, sameUnderWay } from '#apps/lobby/live/send-once.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'

const claim = (alert: string): DeskCommand => ({ name: 'alert.claim', params: { alert } })
const release = (alert: string): DeskCommand => ({ name: 'alert.release', params: { alert } })
const duty = (onDuty: boolean): DeskCommand => ({ name: 'duty', params: { person: 'li', onDuty } })

const lifeOf = (command: DeskCommand, state: CommandLife['state'], n = 1): CommandLife => ({
  key: { boot: 'a-page-of-mine', n },
  command,
  state,
  at: 0,
})

describe('the same order about the same thing', () => {
  test.each(['queued', 'sent', 'accepted'] as const)('is that one while it is %s', (state) => {
    const life = lifeOf(claim('a-1'), state)
    expect(sameUnderWay([life, lifeOf(claim('a-2'), 'sent', 2)], claim('a-1'))).toBe(life)
  })

  test.each(['done', 'failed'] as const)('is another once it is %s', (state) => {
    expect(sameUnderWay([lifeOf(claim('a-1'), state)], claim('a-1'))).toBeUndefined()
  })
})

test('the end of what was switched back and forth is what was pressed last', () => {
  const switched = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(switched, (presses) => {
      const lives: CommandLife[] = []
      for (const isOn of presses)
        if (sameUnderWay(lives, duty(isOn)) === undefined)
          lives.push(lifeOf(duty(isOn), 'queued', lives.length + 1))
      expect(lives.at(-1)?.command).toEqual(duty(presses.at(-1) ?? true))
      expect(lives.length).toBeLessThanOrEqual(presses.length)
    }),
  )
})

test('claimed, given back, and claimed again are three orders', () => {
  const lives = [lifeOf(claim('a'), 'queued', 1), lifeOf(release('a'), 'queued', 2)]
  expect(sameUnderWay(lives, claim('a'))).toBeUndefined()
  expect(sameUnderWay(lives, release('a'))).toBe(lives[1])
})

test('a flow that is set on, off and on again is set three times', () => {
  const set = (autonomy: 'off' | 'automatic'): DeskCommand => ({
    name: 'flow.set',
    params: { flow: 'greeting', autonomy, policy: null, revision: 3, reason: null },
  })
  const lives = [lifeOf(set('automatic'), 'sent', 1), lifeOf(set('off'), 'sent', 2)]
  expect(sameUnderWay(lives, set('off'))).toBe(lives[1])
  expect(sameUnderWay(lives, set('automatic'))).toBeUndefined()
})

test('what names nothing is the same only where all of it is', () => {
  const ask = (zone: string): DeskCommand => ({ name: 'ask', params: { what: 'greet', zone } })
  const life = lifeOf(ask('vip'), 'sent')
  expect(sameUnderWay([life], ask('vip'))).toBe(life)
  expect(sameUnderWay([life], ask('door'))).toBeUndefined()
  expect(isUnderWay(life)).toBe(true)
})
