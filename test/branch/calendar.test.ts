import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modeAt, nextModeChange } from '#hub/branch/calendar.ts'
import { BranchFile } from '#hub/branch/file.ts'
import { instantOf, offsetMinutes } from '#hub/branch/local-time.ts'
import { dayNumber } from '#protocol/local-time.ts'

type Calendar = BranchFile['calendar']

const officeDay = [
  { at: '08:30', mode: 'opening' as const },
  { at: '09:00', mode: 'open' as const },
  { at: '16:45', mode: 'closing' as const },
  { at: '17:00', mode: 'closed' as const },
]

const calendar: Calendar = {
  week: { '1': officeDay, '2': officeDay, '3': officeDay, '4': officeDay, '5': officeDay },
  days: {
    // A holiday on a Thursday, and a Saturday worked instead.
    '2026-10-01': [],
    '2026-10-10': officeDay,
  },
}

const shanghai = 'Asia/Shanghai'
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())
const at = (text: string) => Date.parse(text)

const next = (zone: string, after: string, of: Calendar = calendar) => {
  const change = nextModeChange(of, zone, at(after))
  return change && [iso(change.at), change.mode]
}

describe('a week of office hours in Shanghai', () => {
  test.each([
    ['2026-03-02T00:00:00Z', '2026-03-02T00:30:00.000Z', 'opening'],
    ['2026-03-02T00:30:00Z', '2026-03-02T01:00:00.000Z', 'open'],
    ['2026-03-02T09:00:00Z', '2026-03-03T00:30:00.000Z', 'opening'],
  ])('after %s comes %s: %s', (after, when, mode) => {
    expect(next(shanghai, after)).toEqual([when, mode])
  })

  test('weekends and holidays are closed all day, a swapped day is worked', () => {
    expect(modeAt(calendar, shanghai, at('2026-03-07T04:00:00Z'))).toBe('closed')
    expect(modeAt(calendar, shanghai, at('2026-10-01T04:00:00Z'))).toBe('closed')
    expect(modeAt(calendar, shanghai, at('2026-10-10T04:00:00Z'))).toBe('open')
    expect(modeAt(calendar, shanghai, at('2026-03-02T04:00:00Z'))).toBe('open')
    expect(modeAt(calendar, shanghai, at('2026-03-02T00:45:00Z'))).toBe('opening')
  })

  test('without a calendar nothing changes', () => {
    const none: Calendar = { week: {}, days: {} }
    expect(nextModeChange(none, shanghai, 0)).toBeUndefined()
    expect(modeAt(none, shanghai, 0)).toBeUndefined()
  })

  test('a calendar of single days says nothing about the others', () => {
    const single: Calendar = { week: {}, days: { '2026-05-01': [] } }
    expect(next(shanghai, '2026-04-01T00:00:00Z', single)).toEqual(['2026-04-30T16:00:00.000Z', 'closed'])
    expect(next(shanghai, '2026-05-02T00:00:00Z', single)).toBeUndefined()
    expect(modeAt(single, shanghai, at('2026-04-01T00:00:00Z'))).toBeUndefined()
  })
})

describe('daylight saving', () => {
  const berlin = 'Europe/Berlin'
  const sunday: Calendar = {
    week: {
      '7': [
        { at: '02:30', mode: 'open' },
        { at: '12:00', mode: 'closed' },
      ],
    },
    days: {},
  }

  test('the same time of day before and after the change', () => {
    expect(next(berlin, '2026-03-27T12:00:00Z')).toEqual(['2026-03-27T15:45:00.000Z', 'closing'])
    expect(next(berlin, '2026-03-30T12:00:00Z')).toEqual(['2026-03-30T14:45:00.000Z', 'closing'])
  })

  test('a time the clocks jump over comes an hour later', () => {
    expect(next(berlin, '2026-03-28T23:30:00Z', sunday)).toEqual(['2026-03-29T01:30:00.000Z', 'open'])
  })

  test('a time the clocks show twice is the first of the two', () => {
    expect(next(berlin, '2026-10-24T23:30:00Z', sunday)).toEqual(['2026-10-25T00:30:00.000Z', 'open'])
    expect(next(berlin, '2026-10-25T01:00:00Z', sunday)).toEqual(['2026-10-25T11:00:00.000Z', 'closed'])
  })

  test('zones off by half hours and west of Greenwich', () => {
    expect(offsetMinutes('Asia/Kolkata', 0)).toBe(330)
    expect(offsetMinutes('America/New_York', at('2026-07-01T00:00:00Z'))).toBe(-240)
    expect(offsetMinutes('UTC', 0)).toBe(0)
    expect(next('America/New_York', '2026-07-06T12:00:00Z')).toEqual(['2026-07-06T12:30:00.000Z', 'opening'])
  })
})

test('an instant shows the local time it was made from, except where clocks jump', () => {
  const zones = fc.constantFrom(
    shanghai,
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  )
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: 18_000, max: 24_000 }),
      fc.integer({ min: 0, max: 1_439 }),
      (zone, day, minute) => {
        const instant = instantOf(zone, day, minute)
        const offset = offsetMinutes(zone, instant)
        const shown = Math.round((instant + offset * 60_000 - day * 86_400_000) / 60_000)
        const jumped = offsetMinutes(zone, instant - 86_400_000) !== offset
        expect(shown === minute || (jumped && shown > minute && shown <= minute + 60)).toBe(true)
        expect(dayNumber(instant, offset) === day || jumped).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('walking from change to change meets every mode the calendar asks for, always forward', () => {
  const times = fc.constantFrom('00:00', '02:30', '08:00', '12:15', '23:59')
  const modes = fc.constantFrom('open' as const, 'closed' as const, 'opening' as const)
  const day = fc.uniqueArray(fc.record({ at: times, mode: modes }), {
    maxLength: 4,
    selector: (change) => change.at,
  })
  const zones = fc.constantFrom(shanghai, 'Europe/Berlin', 'America/New_York')
  fc.assert(
    fc.property(zones, day, day, (zone, monday, sunday) => {
      const made = BranchFile.shape.calendar.parse({ week: { '1': monday, '7': sunday } })
      let now = at('2026-03-20T00:00:00Z')
      for (let step = 0; step < 12; step++) {
        const change = nextModeChange(made, zone, now)
        if (change === undefined) throw new Error('a week always has a next change')
        expect(change.at).toBeGreaterThan(now)
        expect(modeAt(made, zone, change.at)).toBe(change.mode)
        if (step > 0) expect(modeAt(made, zone, change.at - 1)).toBe(modeAt(made, zone, now))
        now = change.at
      }
    }),
    { numRuns: 30 },
  )
})
