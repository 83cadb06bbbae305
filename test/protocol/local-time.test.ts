import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetMinutes } from '#hub/branch/local-time.ts'
import { dayNumber, isWithin, localTime, weekdayOf } from '#protocol/local-time.ts'

/** As the runtime's own calendar says it. */
const byTimeZone = (at: number, timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  }).formatToParts(at)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return {
    time: `${part('hour')}:${part('minute')}`,
    day: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday'),
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

describe('local time', () => {
  it('knows midnight and leap days', () => {
    expect(localTime(Date.UTC(2028, 1, 28, 20, 5), { utcOffsetMinutes: 480 })).toEqual({
      time: '04:05',
      day: '2028-02-29',
    })
    expect(localTime(Date.UTC(2026, 0, 1), { utcOffsetMinutes: -60 })).toEqual({
      time: '23:00',
      day: '2025-12-31',
    })
  })

  it('is by arithmetic what the calendar of the time zone says, daylight saving or not', () => {
    const moment = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2199, 11, 31) })
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu')
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const utcOffsetMinutes = offsetMinutes(timeZone, at)
        const { weekday, ...shown } = byTimeZone(at, timeZone)
        expect(localTime(at, { utcOffsetMinutes })).toEqual(shown)
        expect(weekdays[Number(weekdayOf(dayNumber(at, utcOffsetMinutes))) - 1]).toBe(weekday)
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
