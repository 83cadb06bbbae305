import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchTime, isWithin, localTime } from '#flows/local-time.ts'

describe('local time', () => {
  it('follows the branch’s zone over midnight, leap days and daylight saving', () => {
    expect(localTime(Date.UTC(2028, 1, 28, 20, 5), 'Asia/Shanghai')).toEqual({
      time: '04:05',
      day: '2028-02-29',
    })
    expect(localTime(Date.UTC(2026, 6, 1, 0, 0), 'Europe/Berlin').time).toBe('02:00')
    expect(localTime(Date.UTC(2026, 0, 1, 0, 0), 'Europe/Berlin').time).toBe('01:00')
  })

  it('is the same by arithmetic as by the time zone', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) })
    fc.assert(
      fc.property(moment, (at) => {
        const branch = { timeZone: 'Asia/Shanghai', utcOffsetMinutes: 480 }
        // China had daylight saving until 1991.
        if (at < Date.UTC(1992, 0, 1)) return
        expect(branchTime(at, branch)).toEqual(localTime(at, branch.timeZone))
      }),
    )
  })

  it('knows spans that go over midnight', () => {
    expect(isWithin('23:00', { from: '22:00', to: '07:00' })).toBe(true)
    expect(isWithin('06:59', { from: '22:00', to: '07:00' })).toBe(true)
    expect(isWithin('07:00', { from: '22:00', to: '07:00' })).toBe(false)
    expect(isWithin('12:00', { from: '12:00', to: '13:00' })).toBe(true)
    expect(isWithin('13:00', { from: '12:00', to: '13:00' })).toBe(false)
  })
})
