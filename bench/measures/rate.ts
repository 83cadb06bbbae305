/** The highest rate a contestant keeps up with: everything done within a second of the last event, nothing lost. */
import { loadavg } from 'node:os'
import { startCrew } from '../clients/crew.ts'
import type { Contestant, ContestantName } from '../contestants/contestant.ts'
import { type Load, loads } from '../loads.ts'

export interface RatePlan {
  /** How long the rate must be kept up with. */
  readonly seconds: number
  /** How long a step of the search takes. */
  readonly searchSeconds: number
  readonly contestants: readonly ContestantName[]
  start(name: ContestantName): Promise<Contestant>
  say(text: string): void
}

export interface RateFigure {
  readonly contestant: ContestantName
  readonly load: Load
  /** Events a second; 0 when even the lowest was too much. */
  readonly perSecond: number
  readonly backlogMs: number
  readonly machineLoad: number
  /** Highest rate the load generator itself could keep up with here, when that was the bound. */
  readonly boundByGenerator: boolean
}

const backlogMaxMs = 1_000
const patienceMs = 3_000
const lowest = 250
/** The search ends when the next step would change less than this. */
const precision = 1.08
/** A rate that fails the long run is lowered by this. */
const backOff = 0.9
const highest = 64_000

interface Tried {
  readonly kept: boolean
  readonly backlogMs: number
  readonly generatorLate: boolean
}

/** Who failed is started anew: what it still owes must not burden the next try. */
const createTrier = (plan: RatePlan, name: ContestantName, load: Load) => {
  let open: { contestant: Contestant; crew: Awaited<ReturnType<typeof startCrew>> } | undefined
  const close = async () => {
    const was = open
    open = undefined
    await was?.crew.stop()
    await was?.contestant.stop()
  }
  const attempt = async (perSecond: number, seconds: number): Promise<Tried> => {
    if (open === undefined) {
      const contestant = await plan.start(name)
      open = { contestant, crew: await startCrew(contestant.port) }
    }
    const run = await open.crew.run({ load, perSecond, count: Math.round(perSecond * seconds), patienceMs })
    const { whole, unacknowledged, worstLagMs } = run.sent
    const backlogMs = run.backlogMs
    const kept =
      whole &&
      run.arrived === run.expected &&
      unacknowledged === 0 &&
      backlogMs < backlogMaxMs &&
      worstLagMs < 1_000
    plan.say(
      `${name} ${load} ${perSecond}/s for ${seconds} s: ${kept ? 'kept' : 'not kept'}, backlog ${backlogMs.toFixed(0)} ms, ` +
        `${run.expected - run.arrived} missing, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    )
    if (!kept) await close()
    return { kept, backlogMs, generatorLate: worstLagMs >= 1_000 }
  }
  const tryRate = async (perSecond: number, seconds: number): Promise<Tried> => {
    try {
      return await attempt(perSecond, seconds)
    } catch (error) {
      plan.say(`${name} ${load} ${perSecond}/s: ${String(error)}`)
      await close()
      return { kept: false, backlogMs: Number.POSITIVE_INFINITY, generatorLate: false }
    }
  }
  return { tryRate, close }
}

const search = async (
  tryRate: (perSecond: number, seconds: number) => Promise<Tried>,
  seconds: number,
): Promise<{ good: number; generatorLate: boolean }> => {
  let good = 0
  let bad = highest
  let generatorLate = false
  for (let next = lowest; next < bad; next *= 2) {
    const tried = await tryRate(next, seconds)
    if (tried.kept) good = next
    else {
      bad = next
      generatorLate = tried.generatorLate
    }
  }
  while (good > 0 && bad / good > precision) {
    const middle = Math.round(Math.sqrt(good * bad))
    const tried = await tryRate(middle, seconds)
    if (tried.kept) good = middle
    else {
      bad = middle
      generatorLate = tried.generatorLate
    }
  }
  return { good, generatorLate }
}

const measureOne = async (plan: RatePlan, contestant: ContestantName, load: Load): Promise<RateFigure> => {
  const { tryRate, close } = createTrier(plan, contestant, load)
  try {
    const { good, generatorLate } = await search(tryRate, plan.searchSeconds)
    for (let perSecond = good; perSecond >= lowest; perSecond = Math.floor(perSecond * backOff)) {
      const { kept, backlogMs } = await tryRate(perSecond, plan.seconds)
      const machineLoad = loadavg()[0] ?? 0
      if (kept)
        return { contestant, load, perSecond, backlogMs, machineLoad, boundByGenerator: generatorLate }
    }
    return {
      contestant,
      load,
      perSecond: 0,
      backlogMs: Number.NaN,
      machineLoad: loadavg()[0] ?? 0,
      boundByGenerator: false,
    }
  } finally {
    await close()
  }
}

export const measureRate = async (plan: RatePlan): Promise<readonly RateFigure[]> => {
  const figures: RateFigure[] = []
  for (const load of loads)
    for (const name of plan.contestants) figures.push(await measureOne(plan, name, load))
  return figures
}
