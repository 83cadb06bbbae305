/** Chance and time of the model: even draws that share nothing, shapes with the mean they promise, arrivals at their rates. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScaledClock } from '#simulators/devices/scaled-clock.ts'
import { clockText, midnightUtcMs } from '#simulators/lobby/day-time.ts'
import { duration } from '#simulators/lobby/distributions.ts'
import { createDraw } from '#simulators/lobby/draws.ts'
import { createEventClock } from '#simulators/lobby/event-clock.ts'
import { arrivalsFromRates, inOrder } from '#simulators/lobby/rates.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'

const many = 40_000
const keys = Array.from({ length: many }, (_, index) => `cash-${index + 1}`)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: readonly number[]) => {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
const correlation = (a: readonly number[], b: readonly number[]) => {
  const [ma, mb] = [mean(a), mean(b)]
  return mean(a.map((value, index) => (value - ma) * ((b[index] ?? 0) - mb))) / (spread(a) * spread(b))
}
/** Beyond four standard errors something is wrong. */
const nothing = 4 / Math.sqrt(many)

describe('draws', () => {
  const draw = createDraw(1)
  const gaps = keys.map((key) => draw(key, 'gap'))

  test('are even', () => {
    const cells = Array.from({ length: 100 }, () => 0)
    for (const gap of gaps) cells[Math.floor(gap * 100)] = (cells[Math.floor(gap * 100)] ?? 0) + 1
    const chiSquare = cells.reduce((sum, count) => sum + (count - many / 100) ** 2 / (many / 100), 0)
    // 99 degrees of freedom: 99.9 % lie below 149.
    expect(chiSquare).toBeLessThan(149)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...gaps)).toBeLessThan(1)
  })

  test('share nothing with other purposes, neighbours, other seeds', () => {
    const services = keys.map((key) => draw(key, 'service'))
    const others = keys.map((key) => createDraw(2)(key, 'gap'))
    for (const theirs of [services, others, gaps.slice(1), services.slice(1), gaps.slice(10)])
      expect(Math.abs(correlation(gaps.slice(0, theirs.length), theirs))).toBeLessThan(nothing)
  })

  test('are the same for the same words, whatever was drawn before', () => {
    expect(createDraw(1)('cash-7', 'gap')).toBe(gaps[6])
    expect(draw('ab', 'c')).not.toBe(draw('a', 'bc'))
  })
})

test.each([
  ['exponential', 1],
  ['lognormal', 0.8],
  ['constant', 0],
] as const)('a %s duration has the mean and the spread it promises', (shape, ratio) => {
  const draw = createDraw('shapes')
  const values = keys.map((key) => duration(draw, [key, 'service'], { shape, mean: 300_000, spread: 0.8 }))
  expect(Math.abs(mean(values) / 300_000 - 1)).toBeLessThan(0.02)
  expect(Math.abs(spread(values) / 300_000 - ratio)).toBeLessThan(0.05)
})

describe('arrivals', () => {
  const scenario = findScenario('morning-rush')
  const days = Array.from({ length: 60 }, (_, seed) => [...arrivalsFromRates(scenario, seed).arrivals()])

  test('come in order, within the opening hours', () => {
    for (const day of days)
      day.forEach(({ atMs }, index) => {
        expect(atMs).toBeGreaterThanOrEqual(day[index - 1]?.atMs ?? scenario.day.openMs)
        expect(atMs).toBeLessThan(scenario.day.closeMs)
      })
  })

  test('are as many in each part of the day as its rates say', () => {
    const { times, perHour } = scenario.arrivals
    const walkIns = days.flat().filter(({ booked }) => !booked)
    times.forEach((from, index) => {
      const to = times[index + 1] ?? scenario.day.closeMs
      const rate = Object.values(perHour).reduce((sum, rates) => sum + (rates[index] ?? 0), 0)
      const expected = (days.length * rate * (to - from)) / 3_600_000
      const came = walkIns.filter(({ atMs }) => atMs >= from && atMs < to).length
      expect(Math.abs(came - expected), clockText(from)).toBeLessThan(4 * Math.sqrt(expected))
    })
  })

  test('vary from day to day as a Poisson process does', () => {
    const counts = days.map((day) => day.filter(({ booked }) => !booked).length)
    const ratio = spread(counts) ** 2 / mean(counts)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(1.7)
  })

  test('are as they are said to be: groups, age, priority, appointments', () => {
    const all = days.flat()
    const part = (is: (arrival: (typeof all)[number]) => boolean) => all.filter(is).length / all.length
    expect(part(({ party }) => party > 1)).toBeCloseTo(0.12, 1)
    expect(part(({ elderly }) => elderly)).toBeCloseTo(0.25, 1)
    expect(part(({ priority }) => priority)).toBeCloseTo(0.04, 1)
    expect(part(({ language }) => language === 'en')).toBeCloseTo(0.05, 1)
    expect(all.filter(({ booked }) => booked).length / days.length).toBeCloseTo(6 * 0.9, 0)
    expect(
      all.every(({ eligible, service }) => !eligible || ['cash', 'card', 'transfer'].includes(service)),
    ).toBe(true)
  })

  test('many sources in order are one in order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(1_000))), (lists) => {
        const sources = lists.map((list) => list.toSorted((a, b) => a - b).map((atMs) => ({ atMs })))
        const merged = [...inOrder(sources)].map(({ atMs }) => atMs)
        expect(merged).toEqual(lists.flat().toSorted((a, b) => a - b))
      }),
    )
  })
})

test('the clock does what is due in its order, first come first served, and nothing that was called off', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ ms: fc.nat(50), off: fc.boolean() }), { maxLength: 3_000, size: 'max' }),
      (wanted) => {
        const clock = createEventClock(100)
        const done: { at: number; index: number }[] = []
        const cancels = wanted.map(({ ms }, index) =>
          clock.after(ms, () => done.push({ at: clock.now(), index })),
        )
        wanted.forEach(({ off }, index) => {
          if (off) cancels[index]?.()
        })
        clock.runUntil(1_000)
        const expected = wanted
          .map(({ ms, off }, index) => ({ at: 100 + ms, index, off }))
          .filter(({ off }) => !off)
          .toSorted((a, b) => a.at - b.at || a.index - b.index)
          .map(({ at, index }) => ({ at, index }))
        expect(done).toEqual(expected)
        expect(clock.now()).toBe(1_000)
      },
    ),
    { numRuns: 40 },
  )
})

test('a scaled clock does in a minute what takes four', () => {
  const wall = createEventClock(1_000)
  const fast = createScaledClock(wall, 4)
  const done: number[] = []
  fast.after(240_000, () => done.push(wall.now()))
  wall.runUntil(60_999)
  expect(done).toEqual([])
  wall.runUntil(61_000)
  expect(done).toEqual([61_000])
  expect(fast.now()).toBe(1_000 + 240_000)
})

test.each([
  ['2026-03-02', 'Asia/Shanghai', '2026-03-01T16:00:00.000Z'],
  ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
  ['2026-01-01', 'America/New_York', '2026-01-01T05:00:00.000Z'],
  ['2026-01-01', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
])('midnight of %s in %s', (date, zone, utc) => {
  expect(new Date(midnightUtcMs(date, zone)).toISOString()).toBe(utc)
})
