/** N rounds of a branch under load in which the hub dies, and sometimes a device, and everything comes back. */
import { join } from 'node:path'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { createFleet, type Fleet } from '#simulators/fleet.ts'
import { createDice } from '../sim/chance.ts'
import { branchName, layOutHub, members, type Ports } from './branch.ts'
import { type Evidence, readData, readLogs } from './evidence.ts'
import { type HubProcess, spawnHub } from './hub-process.ts'
import { type Broken, judge } from './judge.ts'
import { type Load, startLoad } from './load.ts'
import { type Plan, planRound } from './plan.ts'
import { type Staff, startStaff } from './staff.ts'

export interface CrashOptions {
  readonly rounds: number
  readonly seed: string
  readonly ports: Ports
  readonly folder: string
  /** How each round ends, instead of by chance. */
  readonly plan?: (round: number) => Plan
  /** More modules to load into the hub: how a test plants a fault. */
  readonly preload?: readonly string[]
  /** Judges at once after the last round, without waiting for tasks to end. */
  readonly unsettled?: boolean
  readonly onRound?: (round: number, readyMs: number | undefined) => void
}

export interface Outcome {
  readonly evidence: Evidence
  readonly broken: readonly Broken[]
  /** Restart to ready, one for each restart that got that far. */
  readonly readyMs: readonly number[]
  readonly diedStarting: number
  /** How many rounds ended at each moment, as plan.ts names them. */
  readonly ends: Readonly<Record<string, number>>
  readonly devicesKilled: number
  readonly visitors: number
  readonly tookMs: number
}

/** A hub that dies at a moment of its own may not come to it; then it is killed from outside. */
const patienceMs = 3_000
const connectedWithinMs = 1_500
const settleWithinMs = 180_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Ends the wait where the kernel happens to be: a timer alone always fires at the same point of a turn. */
const spinUs = (us: number) => {
  const until = performance.now() + us / 1_000
  while (performance.now() < until);
}

const isGone = (hub: HubProcess) =>
  Promise.race([hub.exited.then(() => true), sleep(patienceMs).then(() => false)])

const pointName = (point: string): string => point.split(':', 1)[0] ?? point

const killPointModule = join(import.meta.dirname, 'kill-points.ts')

/** In a branch where nobody can sign in yet, each start says by which link the first one may. */
const isFirstLink = ({ level, msg }: Readonly<Record<string, unknown>>): boolean =>
  level === 'raw' && /^$|^Nobody can sign in yet\.|^ +https?:\/\/\S+$/.test(String(msg))

class CrashRun {
  readonly #options: CrashOptions
  readonly #config: string
  readonly #fleet: Fleet
  readonly #readyMs: number[] = []
  readonly #complaints: string[] = []
  readonly #up = new Set<string>()
  #isRestart = false
  #diedStarting = 0
  readonly #ends: Record<string, number> = {}
  #devicesKilled = 0
  #onEntry: ((entry: JournalEntry) => void) | undefined

  constructor(options: CrashOptions) {
    this.#options = options
    this.#config = layOutHub(options.folder, options.ports)
    this.#fleet = createFleet({
      branch: branchName,
      broker: `mqtt://127.0.0.1:${options.ports.mqtt}`,
      seed: options.seed,
      members,
      logFolder: join(options.folder, 'logs'),
      retryMs: 40,
      restartAfterMs: 100,
    })
  }

  async live(): Promise<Outcome> {
    const began = performance.now()
    const { folder, seed, rounds } = this.#options
    const dice = createDice(seed)
    const { plan = (round: number) => planRound(dice, round) } = this.#options
    for (const device of this.#fleet.devices()) device.listen((entry) => this.#hear(entry))
    await this.#startOnce()
    this.#fleet.start()
    const staff = startStaff(join(folder, 'data/hub.sock'))
    let load: Load | undefined
    try {
      load = startLoad(this.#fleet, dice)
      for (let round = 1; round <= rounds; round++) await this.#playRound(staff, { round, ...plan(round) })
      const hub = await this.#startHub()
      if (this.#options.unsettled !== true) {
        await load.end()
        await this.#settle(staff.openTasks)
      }
      staff.stop()
      await this.#fleet.stop()
      hub.kill('SIGTERM')
      const { code } = await hub.exited
      if (code !== 0) this.#complaints.push(`the hub ended with code ${code} when it was asked to stop`)
    } finally {
      staff.stop()
      load?.stop()
      await this.#fleet.stop()
    }
    const evidence: Evidence = {
      logs: readLogs(join(folder, 'logs')),
      ...(await readData(join(folder, 'data'), branchName)),
      answered: staff.answered,
      complaints: this.#complaints,
    }
    return {
      evidence,
      broken: judge(evidence),
      readyMs: this.#readyMs,
      diedStarting: this.#diedStarting,
      ends: this.#ends,
      devicesKilled: this.#devicesKilled,
      visitors: load.visitors(),
      tookMs: performance.now() - began,
    }
  }

  /** As installed: the branch is known, and Node has kept what it compiled, which it does when a process ends. */
  async #startOnce() {
    const hub = await this.#startHub()
    hub.kill('SIGTERM')
    await hub.exited
  }

  #hear(entry: JournalEntry) {
    if (entry.kind === 'link') {
      if (entry.state === 'up') this.#up.add(entry.device)
      else this.#up.delete(entry.device)
    }
    this.#onEntry?.(entry)
  }

  async #playRound(staff: Staff, plan: Plan & { readonly round: number }) {
    const hub = await this.#startHub(plan.point)
    if (plan.deviceDiesAfter !== undefined) this.#killDeviceAfter(plan.deviceDiesAfter)
    if (plan.point === undefined) {
      await this.#connected()
      await sleep(plan.upMs)
      await Promise.race([this.#next(plan.after, staff), sleep(patienceMs)])
      spinUs(plan.spinUs)
    }
    const reached = plan.point !== undefined && (await isGone(hub))
    this.#noteEnd(reached && plan.point !== undefined ? pointName(plan.point) : plan.after)
    hub.kill()
    await hub.exited
    this.#onEntry = undefined
    this.#up.clear()
    this.#options.onRound?.(plan.round, this.#readyMs.at(-1))
  }

  #noteEnd(end: string) {
    this.#ends[end] = (this.#ends[end] ?? 0) + 1
  }

  /** A hub that died in the midst of its start is started again, without a moment of its own. */
  async #startHub(point?: string): Promise<HubProcess> {
    const hub = spawnHub({
      config: this.#config,
      preload: [...(point === undefined ? [] : [killPointModule]), ...(this.#options.preload ?? [])],
      ...(point !== undefined && { env: { CRASH_POINT: point } }),
      onSaid: (said) => {
        if (isFirstLink(said)) return
        if (said['level'] === 'error' || said['level'] === 'fatal' || said['level'] === 'raw')
          this.#complaints.push(JSON.stringify(said).slice(0, 1_000))
      },
    })
    const readyMs = await hub.ready
    if (readyMs !== undefined) {
      if (this.#isRestart) this.#readyMs.push(readyMs)
      this.#isRestart = true
      return hub
    }
    const { signal } = await hub.exited
    if (signal !== 'SIGKILL') throw new Error(`the hub does not start: ${this.#complaints.join('; ')}`)
    this.#diedStarting += 1
    // It came to its moment earlier: what a start sends again is committed too.
    if (point !== undefined) this.#noteEnd(pointName(point))
    return this.#startHub()
  }

  #killDeviceAfter(kind: JournalEntry['kind']) {
    this.#onEntry = (entry) => {
      if (entry.kind !== kind) return
      this.#onEntry = undefined
      this.#devicesKilled += 1
      this.#fleet.kill(entry.device)
    }
  }

  async #connected() {
    for (let waitedMs = 0; this.#up.size < members.length && waitedMs < connectedWithinMs; waitedMs += 10)
      await sleep(10)
  }

  /** Something was committed a moment ago, or is about to be. */
  #next(moment: Plan['after'], staff: Staff): Promise<void> {
    if (moment !== 'acknowledged') return staff.next(moment)
    const before = this.#onEntry
    return new Promise<void>((resolve) => {
      this.#onEntry = (entry) => {
        before?.(entry)
        if (entry.kind === 'acknowledged') resolve()
      }
    })
  }

  async #settle(openTasks: () => Promise<readonly string[] | undefined>) {
    const until = performance.now() + settleWithinMs
    while (performance.now() < until) {
      if ((await openTasks())?.length === 0) return
      await sleep(250)
    }
  }
}

export const runCrashes = (options: CrashOptions): Promise<Outcome> => new CrashRun(options).live()
