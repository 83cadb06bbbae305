/** A shift is started once a day: of the branch, wherever the tablet believes to be. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hasStarted, noteStarted } from '#apps/lobby/shift/shift.ts'

const kept = new Map<string, string>()
const at = (time: string) => Date.parse(`2026-11-23T${time}Z`)

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['Asia/Shanghai', '00:30', '15:59', '16:00'],
  ['Pacific/Auckland', '00:30', '10:59', '11:00'],
  ['America/New_York', '13:00', '13:01', '05:00+24'],
] as const)('in %s it is over with the day there', (timeZone, begins, still, over) => {
  noteStarted('li', at(begins), timeZone)
  expect(hasStarted('li', at(begins))).toBe(true)
  expect(hasStarted('li', at(still))).toBe(true)
  const [time = '', later] = over.split('+')
  expect(hasStarted('li', at(time) + Number(later ?? 0) * 3_600_000)).toBe(false)
})

test('it is his who started it', () => {
  noteStarted('li', at('01:00'), 'Asia/Shanghai')
  expect(hasStarted('wang', at('01:00'))).toBe(false)
  noteStarted('wang', at('01:00'), 'Asia/Shanghai')
  expect(hasStarted('li', at('01:00'))).toBe(false)
})

test('what an older page noted counts as nothing', () => {
  kept.set('usher.shift', 'li Mon Nov 23 2026')
  expect(hasStarted('li', at('01:00'))).toBe(false)
  expect(hasStarted('li', at('01:00'))).toBe(false)
})
