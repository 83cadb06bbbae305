import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSeen, remember } from '#hub/engine/seen.ts'
import type { SeenRow } from '#hub/engine/state.ts'

const number = fc.record({ boot: fc.constantFrom('p', 'q'), n: fc.integer({ min: 0, max: 60 }) })

describe('seen numbers', () => {
  it('knows exactly the numbers it was given, in any order, per boot', () => {
    fc.assert(
      fc.property(fc.array(number), number, (given, asked) => {
        let row: SeenRow | undefined
        for (const one of given) row = remember(row, 'd', one)
        const expected = given.some(({ boot, n }) => boot === asked.boot && n === asked.n)
        expect(isSeen(row, asked)).toBe(expected)
      }),
    )
  })

  it('stays small when a device counts through messages that are never journalled', () => {
    let row: SeenRow | undefined
    for (let n = 0; n < 10_000; n += 2) row = remember(row, 'd', { boot: 'p', n })
    expect(row?.boots[0]?.ranges.length).toBeLessThanOrEqual(64)
    expect(isSeen(row, { boot: 'p', n: 9_999 })).toBe(false)
    expect(isSeen(row, { boot: 'p', n: 9_998 })).toBe(true)
  })

  it('does not take a new start of the device for a repeat', () => {
    const row = remember(undefined, 'd', { boot: 'p', n: 1 })
    expect(isSeen(row, { boot: 'q', n: 1 })).toBe(false)
  })
})
