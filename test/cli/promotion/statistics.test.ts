/** The intervals of shares and of their differences: against published values, and by how often they hold the truth. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Count, newcombe, type Share, wilson } from '#cli/statistics/proportions.ts'
import { unitHash } from '#protocol/hash.ts'

const holds = (share: Share | undefined, truth: number) =>
  share !== undefined && share.low <= truth && truth <= share.high

describe('Wilson’s interval of a share', () => {
  // Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d', (hits, of, low, high) => {
    const share = wilson({ hits, of })
    expect(share?.low).toBeCloseTo(low, 4)
    expect(share?.high).toBeCloseTo(high, 4)
  })

  it('is none of nobody', () => {
    expect(wilson({ hits: 0, of: 0 })).toBeUndefined()
  })
})

describe('Newcombe’s interval of a difference', () => {
  // Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 20, 0.6791, 1],
  ])('%d of %d and %d of %d', (hits, of, others, ofOthers, low, high) => {
    const difference = newcombe({ hits, of }, { hits: others, of: ofOthers })
    expect(difference?.low).toBeCloseTo(low, 4)
    expect(difference?.high).toBeCloseTo(high, 4)
  })

  it('holds the truth as often as it says, in branches as they are: few held out, and few who ask', () => {
    const draw = (name: string, of: number, share: number): Count => {
      let hits = 0
      for (let visit = 0; visit < of; visit++)
        if (unitHash('coverage', `${name}/${visit}`, 'hit') < share) hits += 1
      return { of, hits }
    }
    for (const [shown, heldOut, base, uplift] of [
      [300, 33, 0.05, 0],
      [300, 33, 0.05, 0.04],
      [180, 60, 0.2, 0.05],
      [60, 60, 0.5, -0.1],
    ] as const) {
      const rounds = 1_500
      let held = 0
      for (let round = 0; round < rounds; round++) {
        const name = `${shown}/${base}/${uplift}/${round}`
        const difference = newcombe(
          draw(`${name}/shown`, shown, base + uplift),
          draw(`${name}/held-out`, heldOut, base),
        )
        if (holds(difference, uplift)) held += 1
      }
      // 95 %, three standard errors of so many rounds, and what the method itself strays for few.
      expect(held / rounds, `${shown}, ${heldOut}: ${base} ${uplift}`).toBeGreaterThan(0.93)
      expect(held / rounds, `${shown}, ${heldOut}: ${base} ${uplift}`).toBeLessThan(0.985)
    }
  })

  it('lies within what a difference can be, holds its own estimate, and turns round with its sides', () => {
    const count = fc
      .integer({ min: 1, max: 400 })
      .chain((of) => fc.integer({ min: 0, max: of }).map((hits): Count => ({ of, hits })))
    fc.assert(
      fc.property(count, count, (first, second) => {
        const difference = newcombe(first, second)
        const other = newcombe(second, first)
        expect(holds(difference, difference?.value ?? 2)).toBe(true)
        expect(difference?.low).toBeGreaterThanOrEqual(-1)
        expect(difference?.high).toBeLessThanOrEqual(1)
        expect(other?.low).toBeCloseTo(-(difference?.high ?? 9), 12)
        expect(other?.high).toBeCloseTo(-(difference?.low ?? 9), 12)
      }),
    )
  })
})
