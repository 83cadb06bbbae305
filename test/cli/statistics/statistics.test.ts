import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterEstimate, clustersOf, jackknife } from '#cli/statistics/clusters.ts'
import { mean, quantile, variance } from '#cli/statistics/describe.ts'
import { meanInterval, welchInterval } from '#cli/statistics/interval.ts'
import { clustersNeeded, detectable } from '#cli/statistics/power.ts'
import { randomisationTest, tossesNeeded } from '#cli/statistics/randomisation.ts'
import { tQuantile, tTwoSided } from '#cli/statistics/student.ts'

/** Cushny and Peebles 1905, as Student used them in 1908: hours of sleep gained under two drugs by ten patients. */
const sleep = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
}

/** Darwin's maize, crossed minus selfed, in eighths of an inch: Fisher's example of the test. */
const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

describe('the t distribution', () => {
  // NIST/SEMATECH e-Handbook 1.3.6.7.2 to three digits; the further digits are R's qt().
  test.each([
    [0.975, 1, 12.706204736],
    [0.975, 2, 4.30265273],
    [0.975, 5, 2.570581836],
    [0.975, 10, 2.228138852],
    [0.975, 30, 2.042272456],
    [0.975, 120, 1.979930405],
    [0.995, 10, 3.169272673],
    [0.95, 4, 2.131846786],
    [0.9, 3, 1.637744354],
    [0.9995, 20, 3.849516275],
  ])('%d of %d degrees', (share, degrees, value) => {
    expect(Math.abs(tQuantile(share, degrees) - value)).toBeLessThan(1e-6)
    expect(Math.abs(tQuantile(1 - share, degrees) + value)).toBeLessThan(1e-6)
  })

  test('has its closed forms for one, two and four degrees', () => {
    for (const share of [0.51, 0.6, 0.8, 0.9, 0.99, 0.9999]) {
      const one = Math.tan(Math.PI * (share - 0.5))
      const spread = 4 * share * (1 - share)
      const two = (2 * share - 1) * Math.sqrt(2 / spread)
      const four = 2 * Math.sqrt(Math.cos(Math.acos(Math.sqrt(spread)) / 3) / Math.sqrt(spread) - 1)
      expect(Math.abs(tQuantile(share, 1) / one - 1)).toBeLessThan(1e-9)
      expect(Math.abs(tQuantile(share, 2) / two - 1)).toBeLessThan(1e-9)
      expect(Math.abs(tQuantile(share, 4) / four - 1)).toBeLessThan(1e-9)
    }
  })

  test('of many degrees is the normal distribution, and of broken ones lies between its neighbours', () => {
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(1.959964, 5)
    expect(tQuantile(0.975, 9.5)).toBeGreaterThan(tQuantile(0.975, 10))
    expect(tQuantile(0.975, 9.5)).toBeLessThan(tQuantile(0.975, 9))
  })

  test('its quantile and its chance are each other’s inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5001, max: 0.9999, noNaN: true }),
        fc.double({ min: 1, max: 400, noNaN: true }),
        (share, degrees) => {
          expect(tTwoSided(tQuantile(share, degrees), degrees) / 2).toBeCloseTo(1 - share, 9)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('numbers', () => {
  test('mean, variance and quantiles as R gives them', () => {
    expect(mean(sleep.first)).toBeCloseTo(0.75, 12)
    expect(variance(sleep.first)).toBeCloseTo(3.200556, 6)
    expect(quantile([1, 2, 3, 4, 10], 0.9)).toBeCloseTo(7.6, 12)
    expect(quantile([3], 0.9)).toBe(3)
    expect(mean([])).toBeUndefined()
    expect(variance([1])).toBeUndefined()
    expect(quantile([], 0.5)).toBeUndefined()
  })
})

describe('intervals', () => {
  test('of pairs: t.test(extra ~ group, paired = TRUE) of the sleep data', () => {
    const found = meanInterval(sleep.first.map((hours, patient) => hours - (sleep.second[patient] ?? 0)))
    expect(found?.value).toBeCloseTo(-1.58, 10)
    expect(found?.low).toBeCloseTo(-2.4598858, 6)
    expect(found?.high).toBeCloseTo(-0.7001142, 6)
    expect(found?.chance).toBeCloseTo(0.00283289, 7)
  })

  test('of two samples: Welch’s test of the same', () => {
    const found = welchInterval(sleep.first, sleep.second)
    expect(found?.degrees).toBeCloseTo(17.77647, 5)
    expect(found?.low).toBeCloseTo(-3.3654832, 6)
    expect(found?.high).toBeCloseTo(0.2054832, 6)
    expect(found?.chance).toBeCloseTo(0.07939414, 7)
  })

  test('say nothing where there is nothing to say', () => {
    expect(meanInterval([1])).toBeUndefined()
    expect(welchInterval([1, 2], [1])).toBeUndefined()
    expect(meanInterval([2, 2, 2])).toMatchObject({ value: 2, low: 2, high: 2, chance: 0 })
  })
})

describe('clusters', () => {
  test('of one pair each and equal weight are the paired test', () => {
    const pairs = sleep.first.map((hours, patient) => ({
      cluster: String(patient),
      difference: hours - (sleep.second[patient] ?? 0),
      weight: 3,
    }))
    const found = clusterEstimate(clustersOf(pairs))
    expect(found?.low).toBeCloseTo(-2.4598858, 6)
    expect(found?.high).toBeCloseTo(-0.7001142, 6)
  })

  test('pairs of one toss that say the same are one observation, not two', () => {
    const once = [1, 4, 2, 6].map((difference, index) => ({ cluster: `${index}`, difference, weight: 1 }))
    const twice = [...once, ...once]
    const [single, double] = [clusterEstimate(clustersOf(once)), clusterEstimate(clustersOf(twice))]
    expect(double?.standardError).toBeCloseTo(single?.standardError ?? 0, 12)
    expect(double?.degrees).toBeCloseTo(3, 12)
  })

  test('the jackknife of a mean is its standard error', () => {
    const names = sleep.first.map((_, index) => `${index}`)
    const found = jackknife(names, (without) =>
      mean(sleep.first.filter((_, index) => `${index}` !== without)),
    )
    expect(found?.standardError).toBeCloseTo(Math.sqrt(3.2005556 / 10), 6)
  })
})

describe('the randomisation test', () => {
  test('gives Fisher’s count for Darwin’s maize: 1,726 of 32,768', () => {
    expect(randomisationTest(maize)).toBe(1_726 / 32_768)
  })

  test('draws where there are too many ways to go through', () => {
    const twice = [...maize, ...maize]
    const drawn = randomisationTest(twice)
    // The sum of 30 such differences is nearly normal.
    const normal = tTwoSided(628 / Math.sqrt(twice.reduce((total, one) => total + one ** 2, 0)), 1e7)
    expect(Math.abs(drawn - normal)).toBeLessThan(0.004)
    expect(randomisationTest(twice)).toBe(drawn)
  })

  test('goes through every way the coins could have fallen', () => {
    expect(randomisationTest([1, 1, 1, 1, 1, 1])).toBe(2 / 64)
    expect(randomisationTest([1, -1])).toBe(1)
    expect(randomisationTest([0.1, 0.2, 0.3])).toBe(2 / 8)
    expect(randomisationTest([])).toBe(1)
    expect(tossesNeeded()).toBe(6)
  })
})

describe('power', () => {
  test('a difference that can just be shown needs about as many as there are', () => {
    const standardError = 4
    const size = detectable(standardError, 19)
    expect(size).toBeCloseTo((2.093024 + 0.860951) * 4, 3)
    expect(clustersNeeded(size, { standardError, count: 20 })).toBe(20)
    expect(clustersNeeded(size / 2, { standardError, count: 20 })).toBeGreaterThan(70)
  })
})
