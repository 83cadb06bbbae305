import { describe, expect, it } from 'vitest'
import { guestEndings } from '#protocol/calls/guest.ts'
import { liveShift } from './shift.ts'

const seeds = 2_000

describe('an expert desk through thousands of shifts', () => {
  it('rings nobody for two, holds nobody for nothing, and ends every call, whatever happens', () => {
    const outcomes: Record<string, number> = {}
    let restarts = 0
    let calls = 0
    let warm = 0
    const guests = new Set<string>()
    for (let seed = 0; seed < seeds; seed++) {
      const shift = liveShift(seed)
      expect({ seed, faults: shift.faults, twice: shift.acceptedTwice }).toEqual({
        seed,
        faults: [],
        twice: [],
      })
      restarts += shift.restarts
      calls += shift.calls
      warm += shift.warm
      for (const why of shift.guests) guests.add(why)
      for (const [outcome, count] of Object.entries(shift.outcomes))
        outcomes[outcome] = (outcomes[outcome] ?? 0) + count
    }
    // Everything that can become of a call did become of some: nothing above held because it never happened.
    expect(Object.keys(outcomes).sort()).toEqual(['follow-up', 'solved', 'unanswered', 'withdrawn'])
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(calls)
    expect(restarts).toBeGreaterThan(seeds)
    expect([...guests].sort()).toEqual([...guestEndings].sort())
    expect(warm).toBeGreaterThan(50)
  }, 120_000)
})
