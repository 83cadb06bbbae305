import { describe, expect, test } from 'vitest'
import { estimateEffect } from '#cli/effect/estimate.ts'
import { ordinaryDay, runExperiment, trueEffect } from './lobby.ts'
import { missesMax } from './support.ts'

const later = Number.MAX_SAFE_INTEGER
const runs = 16
const scenario = ordinaryDay()
const experiments = (factor: number) =>
  Promise.all(
    Array.from({ length: runs }, async (_, seed) =>
      estimateEffect(await runExperiment({ scenario, seed: `${seed}`, factor, until: '2026-03-09' }), {
        asOf: later,
      }),
    ),
  )

describe('a queue with an effect planted into it', () => {
  test('gives it back: the interval covers what it would be all day against never', {
    timeout: 60_000,
  }, async () => {
    const truth = await trueEffect(scenario, 0.8, 30)
    expect(truth).toBeLessThan(-30_000)
    const found = (await experiments(0.8)).map(({ overall }) => overall.meanWaitMs.difference)
    const missed = found.filter((one) => one === null || truth < one.low || truth > one.high).length
    expect(missed).toBeLessThanOrEqual(missesMax(runs, 0.05))
    const mean = found.reduce((sum, one) => sum + (one?.value ?? 0), 0) / runs
    // What one block leaves to the next makes it a little smaller, never larger.
    expect(mean / truth).toBeGreaterThan(0.6)
    expect(mean / truth).toBeLessThan(1.2)
  })

  test('and nothing where nothing was planted', { timeout: 60_000 }, async () => {
    const called = (await experiments(1)).filter(({ verdict }) => verdict === 'effect').length
    expect(called).toBeLessThanOrEqual(missesMax(runs, 0.05))
  })
})
