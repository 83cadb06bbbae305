/** How long from a published detection until its task arrives at another client, for each contestant in turn. */
import { loadavg } from 'node:os'
import { type Crew, startCrew } from '../clients/crew.ts'
import type { Contestant, ContestantName } from '../contestants/contestant.ts'
import { type Load, loads, makesTask } from '../loads.ts'
import { median, quantile } from '../statistics.ts'

export const rates = [200, 1_000, 3_000] as const

export interface LatencyPlan {
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly rounds: number
  readonly contestants: readonly ContestantName[]
  start(name: ContestantName): Promise<Contestant>
  say(text: string): void
}

interface Sample {
  readonly p50: number
  readonly p99: number
  readonly machineLoad: number
  readonly missing: number
}

export interface LatencyFigure {
  readonly contestant: ContestantName
  readonly load: Load
  readonly perSecond: number
  /** Milliseconds: the median of the rounds. NaN when tasks had not come five seconds after the last event. */
  readonly p50: number
  readonly p99: number
  /** Load average of the machine, the median of the rounds. */
  readonly machineLoad: number
  /** Tasks that had not come by then. */
  readonly missing: number
}

const patienceMs = 5_000
/** Before the first case of each contestant, besides the warm-up of each case. */
const heatUp = { perSecond: 1_000, count: 4_000 }

/** Detections in the first `events` events. */
const detectionsIn = (load: Load, events: number) => {
  let detections = 0
  for (let index = 0; index < events; index++) if (makesTask(load, index)) detections += 1
  return detections
}

interface Case {
  readonly load: Load
  readonly perSecond: number
}

const cases: readonly Case[] = rates.flatMap((perSecond) => loads.map((load) => ({ load, perSecond })))

const measureCase = async (plan: LatencyPlan, crew: Crew, { load, perSecond }: Case): Promise<Sample> => {
  const warmUp = perSecond * plan.warmUpSeconds
  const count = warmUp + perSecond * plan.seconds
  const run = await crew.run({ load, perSecond, count, patienceMs })
  const measured = run.latencies.slice(detectionsIn(load, warmUp))
  return {
    p50: median(measured),
    p99: quantile(measured, 0.99),
    machineLoad: loadavg()[0] ?? 0,
    missing: run.expected - run.arrived,
  }
}

const open = async (plan: LatencyPlan, name: ContestantName) => {
  const contestant = await plan.start(name)
  const crew = await startCrew(contestant.port)
  // A program that has just started is compiled while it runs: nobody is measured at that.
  for (const load of loads) await crew.run({ load, ...heatUp, patienceMs })
  return {
    crew,
    close: async () => {
      await crew.stop()
      await contestant.stop()
    },
  }
}

/** Who could not follow is started anew: what it still owes must not come into the next figure. */
const measureOne = async (plan: LatencyPlan, name: ContestantName): Promise<readonly Sample[]> => {
  const samples: Sample[] = []
  let running = await open(plan, name)
  try {
    for (const one of cases) {
      const sample = await measureCase(plan, running.crew, one)
      samples.push(sample)
      const { p50, p99, missing, machineLoad } = sample
      plan.say(
        `${name} ${one.load} ${one.perSecond}/s: p50 ${p50.toFixed(2)} p99 ${p99.toFixed(2)} ms, ` +
          `${missing} missing, load ${machineLoad.toFixed(1)}`,
      )
      if (missing === 0) continue
      await running.close()
      running = await open(plan, name)
    }
  } finally {
    await running.close()
  }
  return samples
}

/** In every round each contestant runs once, so that a change of the machine meets all of them. */
export const measureLatency = async (plan: LatencyPlan): Promise<readonly LatencyFigure[]> => {
  const found = new Map<ContestantName, (readonly Sample[])[]>()
  for (let round = 0; round < plan.rounds; round++) {
    for (const name of plan.contestants) {
      plan.say(`latency, round ${round + 1} of ${plan.rounds}: ${name}`)
      found.set(name, [...(found.get(name) ?? []), await measureOne(plan, name)])
    }
  }
  return plan.contestants.flatMap((contestant) =>
    cases.map(({ load, perSecond }, index) => {
      const samples = (found.get(contestant) ?? []).flatMap((round) => round[index] ?? [])
      return {
        contestant,
        load,
        perSecond,
        p50: median(samples.map(({ p50 }) => p50)),
        p99: median(samples.map(({ p99 }) => p99)),
        machineLoad: median(samples.map(({ machineLoad }) => machineLoad)),
        missing: samples.reduce((sum, { missing }) => sum + missing, 0),
      }
    }),
  )
}
