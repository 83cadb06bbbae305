import { describe, expect, test } from 'vitest'
import { estimateEffect } from '#cli/effect/estimate.ts'
import { readMeasurement } from '#cli/effect/measurement.ts'
import { liveDay } from '#cli/simulate/day.ts'
import { allBlocks } from '#hub/branch/switchback-plan.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { ordinaryDay, runExperiment, trueEffect } from './lobby.ts'
import { missesMax, planOf } from './support.ts'

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

describe('a simulated day on the real hub under a plan', () => {
  test('nobody is greeted in blocks without, and what is measured is what happened', {
    timeout: 60_000,
  }, async () => {
    const day = findScenario('quiet-day')
    const plan = planOf('e2e', {
      from: day.day.date,
      until: day.day.date,
      flows: ['diversion', 'greeting', 'promotion'],
    })
    const lived = await liveDay({
      scenario: day,
      seed: 3,
      policy: { title: 'on', flows: {} },
      commands: [{ name: 'effect.plan', plan, by: 'manager-1' }],
    })
    const blocks = allBlocks(plan, day.branch.timeZone)
    const { midnight } = lived
    const armAt = (atMs: number) =>
      blocks.find(({ from, until }) => midnight + atMs >= from && midnight + atMs < until)?.arm
    const greetedIn = (arm: string) =>
      lived.record.visitors.filter(
        ({ arrivedAtMs, greeted }) => armAt(arrivedAtMs) === arm && greeted.length > 0,
      )
    expect(greetedIn('on').length).toBeGreaterThan(20)
    // Somebody who came in a moment before the edge may still be greeted a moment after it, not the other way round.
    expect(greetedIn('off').filter(({ arrivedAtMs }) => armAt(arrivedAtMs + 10_000) === 'off')).toEqual([])
    const measurement = readMeasurement(lived.decisions.map(({ record }) => record))
    expect(measurement?.blocks).toHaveLength(8)
    expect(measurement?.blocks.filter(({ invalid }) => invalid.length > 0)).toEqual([])
    const truth = new Map(
      lived.record.visitors.flatMap((visitor) =>
        visitor.ticketAtMs === null
          ? []
          : [[Math.round((midnight + visitor.ticketAtMs) / 1_000), visitor] as const],
      ),
    )
    const checked = (measurement?.tickets ?? []).flatMap(({ issuedAt, waitedMs, left }) => {
      const visitor = truth.get(Math.round(issuedAt / 1_000))
      if (visitor === undefined || visitor.outcome !== 'served') return []
      expect(left).toBe(false)
      return [(waitedMs ?? 0) - ((visitor.calledAtMs ?? 0) - (visitor.ticketAtMs ?? 0))]
    })
    expect(checked.length).toBeGreaterThan(100)
    expect(checked.filter((error) => Math.abs(error) > 2_000).length).toBeLessThan(checked.length / 20)
    const report = estimateEffect(measurement as never, { asOf: later })
    expect(report).toMatchObject({ tosses: 4, verdict: 'not-enough', blocks: { on: 4, off: 4 } })
    expect(report.visitors.on + report.visitors.off + report.visitors.burnIn).toBeGreaterThan(150)
  })
})
