/** Whether and when an adapter that fell is started again, for all histories of falls. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crashesMax, crashWindowMs, waitBeforeNextMs } from '#cli/adapters/restarts.ts'

/** Gaps between falls, in ms. */
const gaps = fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 40 })
const timesOf = (list: readonly number[]) => {
  let at = 0
  return list.map((gap) => (at += gap))
}

describe('another start', () => {
  test('is not tried after five falls within two minutes, and is tried otherwise', () => {
    fc.assert(
      fc.property(gaps, fc.double({ min: 0, max: 1, noNaN: true }), (list, chance) => {
        const times = timesOf(list)
        const newest = times.at(-1) ?? 0
        const recent = times.filter((at) => newest - at < crashWindowMs).length
        expect(waitBeforeNextMs(times, chance) === undefined).toBe(recent >= crashesMax)
      }),
    )
  })

  test('comes later and later, by chance up to half as late again, and never later than a minute and a half', () => {
    const spaced = (count: number) => Array.from({ length: count }, (_, index) => index * crashWindowMs)
    const waits = (chance: number) =>
      [1, 2, 3, 4, 5, 8, 30].map((count) => waitBeforeNextMs(spaced(count), chance))
    expect(waits(0)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 60_000, 60_000])
    expect(waits(1)).toEqual([750, 1_500, 3_000, 6_000, 12_000, 90_000, 90_000])
  })
})
