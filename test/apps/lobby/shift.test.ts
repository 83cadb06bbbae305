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
  { timeZone: 'Asia/Shanghai', begins: '00:30', still: '15:59', overAfterMin: 1 },
  { timeZone: 'Pacific/Auckland', begins: '00:30', still: '10:59', overAfterMin: 1 },
  { timeZone: 'America/New_York', begins: '13:00', still: '23:59', overAfterMin: 301 },
])('in $timeZone it is over with the day there', ({ timeZone, begins, still, overAfterMin }) => {
  noteStarted('li', at(begins), timeZone)
  expect(hasStarted('li', at(begins))).toBe(true)
  expect(hasStarted('li', at(still) + (overAfterMin - 1) * 60_000)).toBe(true)
  expect(hasStarted('li', at(still) + overAfterMin * 60_000)).toBe(false)
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
})
