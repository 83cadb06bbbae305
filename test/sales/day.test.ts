import { describe, expect, it } from 'vitest'
import { liveDay } from './day.ts'

const seeds = 1_000

describe('recorded sales through a thousand days', () => {
  it('sells nothing that was not said, records nobody who did not agree, and ends every sale, whatever happens', () => {
    const outcomes: Record<string, number> = {}
    let restarts = 0
    let blocked = 0
    for (let seed = 0; seed < seeds; seed++) {
      const day = liveDay(seed)
      expect({ seed, faults: day.faults }).toEqual({ seed, faults: [] })
      restarts += day.restarts
      blocked += day.blocked
      for (const [outcome, count] of Object.entries(day.outcomes))
        outcomes[outcome] = (outcomes[outcome] ?? 0) + count
    }
    // Everything that can become of a sale did become of some: nothing above held because it never happened.
    expect(Object.keys(outcomes).sort()).toEqual(['broken', 'not-sold', 'refused', 'sold'])
    expect(outcomes['sold']).toBeGreaterThan(100)
    expect(blocked).toBeGreaterThan(seeds)
    expect(restarts).toBeGreaterThan(seeds)
  }, 120_000)
})
