import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitHash } from '#protocol/hash.ts'

describe('chance by hash', () => {
  it('is the same for the same names, and always 0 to 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (seed, subject, purpose) => {
        const share = unitHash(seed, subject, purpose)
        expect(unitHash(seed, subject, purpose)).toBe(share)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThan(1)
      }),
    )
  })

  it('spreads neighbouring names evenly, and differently for each purpose', () => {
    const shares = (purpose: string) =>
      Array.from({ length: 10_000 }, (_, index) => unitHash('usher', `v-1-${index}`, purpose))
    const tenths = Array<number>(10).fill(0)
    for (const share of shares('a'))
      tenths[Math.floor(share * 10)] = (tenths[Math.floor(share * 10)] ?? 0) + 1
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150)
    const other = shares('b')
    const both = shares('a').filter((share, index) => share < 0.5 && (other[index] ?? 1) < 0.5)
    expect(Math.abs(both.length - 2_500)).toBeLessThan(250)
  })
})
