/**
 * With the hub off and nothing but a queue in the branch, the model is the textbook's: M/M/c (Erlang C) and M/M/c+M
 * (Erlang A), within 3 %, with fixed seeds. Mean waits of M/M/c converge slowly, so the recursion of Kiefer and Wolfowitz
 * serves as a control variate: on the model's own arrivals it must agree visitor by visitor, and a long run of it, with
 * the model's own chance, says how far those arrivals were off the mean.
 */
import { describe, expect, test } from 'vitest'
import { exponential } from '#simulators/lobby/distributions.ts'
import { createDraw } from '#simulators/lobby/draws.ts'
import { livePureDay } from '#simulators/lobby/pure-day.ts'
import type { VisitorRecord } from '#simulators/lobby/record.ts'
import { queueingScenario } from './queueing-scenario.ts'
import { createRecursion, erlangA, meanWait } from './queueing-theory.ts'

const perHour = 1_000
const minute = 60_000
const patienceOfTheTest = 120_000

const serviceMinutesAt = (servers: number, use: number) => (60 * use * servers) / perHour

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the means of parts that hang together little: days, or long stretches. */
const standardError = (means: readonly number[]) => {
  const middle = mean(means)
  const variance = mean(means.map((value) => (value - middle) ** 2))
  return Math.sqrt(variance / (means.length - 1))
}

const agrees = (value: number, theory: number, error: number) => {
  expect(error / theory, 'the estimate is sharp enough to tell').toBeLessThan(0.012)
  expect(Math.abs(value / theory - 1), `${value} against ${theory}`).toBeLessThan(0.03)
}

/** Means of stretches of a run that is long enough, drawn as the model draws its visitors. */
const longRun = (servers: number, serviceMs: number): readonly number[] => {
  const draw = createDraw('long run')
  const next = createRecursion(servers)
  const stretch = 25_000
  return Array.from({ length: 60 }, (_, part) => {
    let sum = 0
    for (let index = 0; index < stretch; index++) {
      const key = `service-${part * stretch + index}`
      const gapMs = exponential(3_600_000 / perHour, draw(key, 'gap'))
      sum += next(gapMs, exponential(serviceMs, draw(key, 'service')))
    }
    return sum / stretch
  })
}

describe('M/M/c: the mean wait is that of the Erlang C formula', () => {
  test.each([
    { servers: 1, use: 0.7 },
    { servers: 3, use: 0.7 },
    { servers: 6, use: 0.75 },
  ])(
    '$servers counters in use for $use of the time',
    ({ servers, use }) => {
      const serviceMinutes = serviceMinutesAt(servers, use)
      const scenario = queueingScenario({ servers, perHour, serviceMinutes })
      const { visitors } = livePureDay({ scenario, seed: `validation/${servers}` })
      const next = createRecursion(servers)
      const expected = visitors.map(({ arrivedAtMs, serviceMs }, index) =>
        next(arrivedAtMs - (visitors[index - 1]?.arrivedAtMs ?? 0), serviceMs),
      )
      const waits = visitors.map(({ waitedMs }) => waitedMs)
      expect(waits).toEqual(expected)
      const long = longRun(servers, serviceMinutes * minute)
      const value = mean(waits) - mean(expected) + mean(long)
      agrees(value, meanWait(servers, servers * use, serviceMinutes * minute), standardError(long))
    },
    patienceOfTheTest,
  )
})

describe('M/M/c+M: wait and abandonment are those of the Erlang A model', () => {
  const isGone = ({ outcome }: VisitorRecord) => (outcome === 'abandoned' ? 1 : 0)

  test.each([
    { servers: 3, use: 1.1, patience: 3, days: 6 },
    { servers: 10, use: 1.2, patience: 1, days: 6 },
  ])(
    '$servers counters wanted for $use of the time, patience of $patience services',
    ({ servers, use, patience, days }) => {
      const serviceMinutes = serviceMinutesAt(servers, use)
      const patienceMinutes = patience * serviceMinutes
      const scenario = queueingScenario({ servers, perHour, serviceMinutes, patienceMinutes })
      const lived = Array.from({ length: days }, (_, day) => {
        const { visitors } = livePureDay({ scenario, seed: `validation/${servers}/${day}` })
        return { wait: mean(visitors.map(({ waitedMs }) => waitedMs)), gone: mean(visitors.map(isGone)) }
      })
      const theory = erlangA({
        servers,
        arrivalsPerTime: perHour / 60,
        serviceTime: serviceMinutes,
        patience: patienceMinutes,
      })
      const waits = lived.map(({ wait }) => wait / minute)
      const gone = lived.map((day) => day.gone)
      agrees(mean(waits), theory.meanWait, standardError(waits))
      agrees(mean(gone), theory.abandonedShare, standardError(gone))
    },
    patienceOfTheTest,
  )
})

test('the formulas themselves: one counter waits rho / (1 - rho) services, endless patience is Erlang C again', () => {
  expect(meanWait(1, 0.5, 1)).toBeCloseTo(1, 12)
  expect(meanWait(2, 1, 1)).toBeCloseTo(1 / 3, 12)
  const patient = erlangA({ servers: 2, arrivalsPerTime: 1, serviceTime: 1, patience: 1e12 })
  expect(patient.meanWait).toBeCloseTo(1 / 3, 9)
})
