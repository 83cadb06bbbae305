import { describe, expect, test } from 'vitest'
import { type Comparison, isEffect } from '#cli/effect/compare.ts'
import { type EffectReport, estimateEffect } from '#cli/effect/estimate.ts'
import type { Measurement } from '#cli/effect/measurement.ts'
import { minute, missesMax, missesMin, plant } from './support.ts'

const later = Number.MAX_SAFE_INTEGER
const estimate = (measurement: Measurement, smallestMs?: number): EffectReport =>
  estimateEffect(measurement, { asOf: later, ...(smallestMs !== undefined && { smallestMs }) })

const covers = ({ difference }: Comparison, truth: number) =>
  difference !== null && difference.low <= truth && truth <= difference.high

const runs = 200
const seeds = Array.from({ length: runs }, (_, seed) => `s${seed}`)

describe('planted effects', () => {
  const effectMs = -60_000
  const reports = seeds.map((seed) => estimate(plant({ seed, effectMs, leftMore: 0.05 })))
  const misses = (covered: (report: EffectReport) => boolean) =>
    reports.filter((report) => !covered(report)).length

  test.each([
    ['mean wait', (report: EffectReport) => covers(report.overall.meanWaitMs, effectMs)],
    [
      'mean wait of one service',
      (report: EffectReport) => covers(report.services[1]?.meanWaitMs as Comparison, effectMs),
    ],
    ['share that leaves', (report: EffectReport) => covers(report.overall.leftShare, 0.05)],
  ])('are covered in 95 of 100 runs: %s', (_, covered) => {
    const missed = misses(covered)
    expect(missed).toBeLessThanOrEqual(missesMax(runs, 0.05))
    expect(missed, 'an interval that always covers says nothing').toBeGreaterThanOrEqual(
      missesMin(runs, 0.05) - 2,
    )
  })

  test('the ninetieth of a hundred waits too, if anything too carefully', () => {
    expect(misses(({ overall }) => covers(overall.p90WaitMs, effectMs))).toBeLessThanOrEqual(
      missesMax(runs, 0.05),
    )
  })

  test('are found on average without bias', () => {
    const found = reports.map(({ overall }) => overall.meanWaitMs.difference?.value ?? Number.NaN)
    const middle = found.reduce((sum, value) => sum + value, 0) / runs
    expect(Math.abs(middle - effectMs)).toBeLessThan(2_500)
  })

  test('are called what they are', () => {
    const called = reports.filter(({ verdict }) => verdict === 'effect').length
    expect(called / runs).toBeGreaterThan(0.9)
  })
})

describe('a planted zero', () => {
  const reports = seeds.map((seed) => estimate(plant({ seed: `zero/${seed}`, effectMs: 0 })))

  test.each([
    ['mean wait', (report: EffectReport) => report.verdict === 'effect'],
    [
      'mean wait of one service',
      (report: EffectReport) => isEffect(report.services[0]?.meanWaitMs as Comparison),
    ],
    ['share that leaves', (report: EffectReport) => isEffect(report.overall.leftShare)],
    ['p90', (report: EffectReport) => isEffect(report.overall.p90WaitMs)],
  ])('is called an effect in at most 5 of 100 runs: %s', (_, called) => {
    expect(reports.filter(called).length).toBeLessThanOrEqual(missesMax(runs, 0.05))
  })

  test('a comparison of visitors instead of blocks would call it one far too often', () => {
    // The same data, each visitor a cluster of their own: what the method is there to avoid.
    const naive = seeds.slice(0, 100).filter((seed) => {
      const { blocks, tickets } = plant({ seed: `zero/${seed}`, effectMs: 0 })
      const armAt = (at: number) => blocks.find(({ from, until }) => at >= from && at < until)?.arm
      const of = (arm: string) =>
        tickets.flatMap(({ issuedAt, waitedMs }) =>
          waitedMs !== null && armAt(issuedAt) === arm ? [waitedMs] : [],
        )
      const [on, off] = [of('on'), of('off')]
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const spread = (values: number[]) =>
        values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / values.length ** 2
      return Math.abs(mean(on) - mean(off)) > 1.96 * Math.sqrt(spread(on) + spread(off))
    }).length
    expect(naive).toBeGreaterThan(missesMax(100, 0.05))
  })
})

describe('data that are not enough', () => {
  test('say so, and how many more days', () => {
    const short = estimate(plant({ seed: 'short', effectMs: -60_000, until: '2026-03-03' }))
    expect(short).toMatchObject({ verdict: 'not-enough', tosses: 4, days: 2 })
    expect(short.moreDays).toBeGreaterThan(0)
    const noisy = estimate(plant({ seed: 'noisy', effectMs: 0 }), 5_000)
    expect(noisy.verdict).toBe('not-enough')
    const eager = estimate(plant({ seed: 'noisy', effectMs: 0 }), 20_000)
    expect(noisy.moreDays ?? 0).toBeGreaterThan(eager.moreDays ?? 0)
  })

  test('are enough to say that nothing that matters is there', () => {
    const report = estimate(plant({ seed: 'calm', effectMs: 0 }), 300_000)
    expect(report).toMatchObject({ verdict: 'none-that-matters', moreDays: null })
  })

  test('as many days as were said are about enough', () => {
    const first = estimate(plant({ seed: 'more', effectMs: 0, until: '2026-03-06' }), 40_000)
    expect(first.verdict).toBe('not-enough')
    const enough = Math.ceil((first.days + (first.moreDays ?? 0)) * 1.3)
    const until = new Date(Date.UTC(2026, 2, 2 + Math.ceil((enough / 5) * 7))).toISOString().slice(0, 10)
    expect(estimate(plant({ seed: 'more', effectMs: 0, until }), 40_000).verdict).toBe('none-that-matters')
  })

  test('no blocks at all', () => {
    const report = estimate({ plan: 'p', flows: ['greeting'], blocks: [], tickets: [] })
    expect(report).toMatchObject({
      verdict: 'not-enough',
      tosses: 0,
      moreDays: null,
      visitors: { on: 0, off: 0 },
    })
    expect(report.overall.meanWaitMs.difference).toBeNull()
  })
})

describe('what counts', () => {
  const whole = plant({ seed: 'rules', effectMs: 0 })
  const [first] = whole.blocks

  test('visitors of the burn-in do not', () => {
    const wild = whole.tickets.map((ticket) =>
      whole.blocks.some(({ from }) => ticket.issuedAt >= from && ticket.issuedAt < from + 15 * minute)
        ? { ...ticket, waitedMs: 9_999_999 }
        : ticket,
    )
    const [calm, disturbed] = [estimate(whole), estimate({ ...whole, tickets: wild })]
    expect(disturbed.overall).toEqual(calm.overall)
    expect(disturbed.visitors.burnIn).toBeGreaterThan(0)
  })

  test('a block that was disturbed does not, nor the one it is compared with', () => {
    const blocks = whole.blocks.map((block) => (block === first ? { ...block, invalid: ['paused'] } : block))
    const { blocks: counted } = estimate({ ...whole, blocks })
    expect(counted.left.map(({ why }) => why)).toEqual([['paused'], ['pair-left-out']])
    expect(counted.on + counted.off).toBe(whole.blocks.length - 2)
  })

  test('a block whose visitors may still be there does not yet', () => {
    const last = whole.blocks.at(-1)
    const report = estimateEffect(whole, { asOf: (last?.until ?? 0) + minute })
    expect(report.blocks.left.map(({ id }) => id)).toContain(last?.id)
  })

  test('a burn-in that is short against the waits is said to be', () => {
    expect(estimate(whole).isDiluted).toBe(true)
    const quick = whole.tickets.map((ticket) => ({ ...ticket, waitedMs: 60_000 }))
    expect(estimate({ ...whole, tickets: quick }).isDiluted).toBe(false)
    // Also where it is long by itself: in a crowded branch an hour is not enough.
    const crowded = (waitedMs: number) =>
      estimate({
        ...whole,
        blocks: whole.blocks.map((block) => ({
          ...block,
          until: block.from + 120 * minute,
          burnInMs: 60 * minute,
        })),
        tickets: whole.blocks.map(({ from }) => ({
          service: 'cash',
          issuedAt: from + 90 * minute,
          waitedMs,
          left: false,
        })),
      }).isDiluted
    expect(crowded(9 * minute)).toBe(true)
    expect(crowded(5 * minute)).toBe(false)
  })

  test('fewer than six tosses say nothing, however large and alike the differences are', () => {
    const plain = (tosses: number) => {
      const known = new Set([...new Set(whole.blocks.map(({ toss }) => toss))].slice(0, tosses))
      const blocks = whole.blocks.filter(({ toss }) => known.has(toss))
      const tickets = blocks.flatMap(({ from, arm }, index) =>
        [0, 1].map((more) => ({
          service: 'cash',
          issuedAt: from + 20 * minute,
          waitedMs: (arm === 'on' ? 2 : 12) * minute + ((index * 7 + more) % 5) * 1_000,
          left: false,
        })),
      )
      return estimate({ ...whole, blocks, tickets })
    }
    expect(plain(5)).toMatchObject({ tosses: 5, verdict: 'not-enough' })
    expect(plain(8)).toMatchObject({ tosses: 8, verdict: 'effect' })
  })

  test('nobody by outcome: who left counts as having left, not as having waited', () => {
    const gone = whole.tickets.map((ticket) => ({ ...ticket, left: true, waitedMs: null }))
    const { overall } = estimate({ ...whole, tickets: gone })
    expect(overall.meanWaitMs.difference).toBeNull()
    expect(overall.leftShare).toMatchObject({ on: 1, off: 1 })
  })
})
