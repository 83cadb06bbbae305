/** What a bad adapter costs everybody else: latency of the same load beside it, and beside one that does nothing. */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { AdapterFacts } from '#cli/adapters/methods.ts'
import { openControl } from '#hub/ops/control.ts'
import { controlPath } from '#hub/ops/paths.ts'
import { idleDevice } from '../branch.ts'
import { startCrew } from '../clients/crew.ts'
import { startHubProcess } from '../contestants/own.ts'
import { median, quantile } from '../statistics.ts'

export const neighbours = ['quiet', 'throws', 'hungry', 'blocked', 'flood'] as const
export type Neighbour = (typeof neighbours)[number]

export interface NeighbourPlan {
  readonly base: string
  readonly seconds: number
  readonly rounds: number
  say(text: string): void
}

export interface NeighbourFigure {
  readonly neighbour: Neighbour
  /** Milliseconds: the median of the rounds, of the quiet one the best. */
  readonly p50: number
  readonly p99: number
  readonly machineLoad: number
  readonly missing: number
  /** Rounds in which the hub said what is wrong with it. */
  readonly told: number
}

/** Every event makes a task. Well below what one device may send, since limits are as shipped here. */
const load = { load: 'each', perSecond: 50, patienceMs: 5_000 } as const
const heatUpSeconds = 8

interface Sample {
  readonly p50: number
  readonly p99: number
  readonly machineLoad: number
  readonly missing: number
  readonly isTold: boolean
}

const moduleOf = (neighbour: Neighbour) =>
  join(import.meta.dirname, '../../test/cli/adapters/bad', `${neighbour}.mjs`)

/** @returns what the hub says of its adapter after having asked this of it. */
const ask = async (data: string, what: 'adapters.list' | 'adapters.restart') => {
  const control = await openControl(controlPath(data))
  try {
    return await control.request<readonly AdapterFacts[]>(what, { device: idleDevice(0) })
  } finally {
    control.close()
  }
}

const measureOne = async (plan: NeighbourPlan, neighbour: Neighbour): Promise<Sample> => {
  const hub = await startHubProcess(plan.base, { idle: 1, adapter: moduleOf(neighbour) })
  const crew = await startCrew(hub.port)
  try {
    await crew.run({ ...load, count: load.perSecond * heatUpSeconds })
    // One that was given up meanwhile does its worst again.
    await ask(hub.data, 'adapters.restart')
    const run = await crew.run({ ...load, count: load.perSecond * plan.seconds })
    const [facts] = await ask(hub.data, 'adapters.list')
    const sample = {
      p50: median(run.latencies),
      p99: quantile(run.latencies, 0.99),
      machineLoad: loadavg()[0] ?? 0,
      missing: run.expected - run.arrived,
      isTold: facts?.lastCode != null || facts?.flooding === true,
    }
    plan.say(
      `beside ${neighbour}: p50 ${sample.p50.toFixed(2)} p99 ${sample.p99.toFixed(2)} ms, ${sample.missing} missing, ` +
        `${sample.isTold ? 'told' : 'nothing told'}, load ${sample.machineLoad.toFixed(1)}`,
    )
    return sample
  } finally {
    await crew.stop()
    await hub.stop()
  }
}

/** Of the quiet one its best: a machine's own disturbance of it alone would excuse every other. */
const typical = (neighbour: Neighbour, values: readonly number[]) =>
  neighbour === 'quiet' ? Math.min(...values) : median(values)

/** In every round each neighbour once and the quiet one again, so that a change of the machine meets all of them. */
export const measureNeighbours = async (plan: NeighbourPlan): Promise<readonly NeighbourFigure[]> => {
  const found = new Map<Neighbour, Sample[]>()
  for (let round = 0; round < plan.rounds; round++)
    for (const neighbour of [...neighbours, 'quiet'] as const)
      found.set(neighbour, [...(found.get(neighbour) ?? []), await measureOne(plan, neighbour)])
  return neighbours.map((neighbour) => {
    const samples = found.get(neighbour) ?? []
    return {
      neighbour,
      p50: typical(
        neighbour,
        samples.map(({ p50 }) => p50),
      ),
      p99: typical(
        neighbour,
        samples.map(({ p99 }) => p99),
      ),
      machineLoad: median(samples.map(({ machineLoad }) => machineLoad)),
      missing: samples.reduce((sum, { missing }) => sum + missing, 0),
      told: samples.filter(({ isTold }) => isTold).length,
    }
  })
}
