/**
 * One simulated day: the lobby model of a scenario before simulated devices, and the real engine, dispatcher, flows,
 * ingress and delivery behind them, over a bus in memory and on a clock of its own.
 */
import type { AnyFlow } from '#flows/define.ts'
import { flows as shippedFlows } from '#flows/index.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import type { DecideFate } from '#hub/broker/memory-bus.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Command } from '#hub/engine/entry.ts'
import type { Batch, StoredEntry } from '#hub/store/port.ts'
import { createChance } from '#simulators/devices/chance.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { ArrivalSource } from '#simulators/lobby/arrival-source.ts'
import { createLobbyModel, type LobbyModel } from '#simulators/lobby/model.ts'
import type { DayRecord } from '#simulators/lobby/record.ts'
import { midnightOf, type Scenario } from '#simulators/lobby/scenario.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { recordFigures } from '../figures/record-figures.ts'
import { createDayJournal } from './day-journal.ts'
import { createDayStore, type DayStore } from './day-store.ts'
import { type DeviceProcess, startDeviceProcess } from './device-process.ts'
import { type HubProcess, startHubProcess } from './hub-process.ts'
import { dayMembers } from './members.ts'
import { type Policy, withPolicy } from './policy.ts'
import { createSimClock, type SimClock } from './sim-clock.ts'
import { createStaff, type Staff } from './staff.ts'

export interface DayWishes {
  readonly scenario: Scenario
  readonly seed: string | number
  readonly policy: Policy
  /** Default: the rates of the scenario. */
  readonly arrivals?: ArrivalSource
  /** Default: the shipped ones. */
  readonly flows?: readonly AnyFlow[]
  /** Asked of the hub before the first visitor comes. */
  readonly commands?: readonly Command[]
  /** Share of the day that has passed. */
  readonly onProgress?: (share: number) => void
}

export interface SimulatedDay {
  readonly record: DayRecord
  readonly figures: DayFigures
  readonly branch: BranchFile
  /** When the local midnight of its day is, in ms since 1970: what the times of the record count from. */
  readonly midnight: number
  readonly decisions: Batch['decisions']
  /** Tasks in the order of their ends; those open at the end of the day come last. */
  readonly tasks: readonly TaskRow[]
  /** The devices' own logs. */
  readonly logs: readonly JournalEntry[]
  /** The journal as a store would hold it; linked when asked for. */
  readonly entries: () => readonly StoredEntry[]
  readonly counts: { readonly entries: number; readonly batches: number }
}

/** Devices come up, and the hub knows them, before the people of the lobby move. */
const leadMs = 30_000
/** From then on the lobby is there, before its doors open. */
const beforeOpeningMs = 60_000
/** Each way of the network of a branch, and one commit to its disk: as measured, docs/guides/benchmarks.md. */
const lineMs = 2
const commitMs = 2
const overTheLine: DecideFate = () => ({ copiesAfterMs: [lineMs] })
/** A day is lived in pieces so that progress can be told. */
const pieceMs = 300_000

interface World {
  readonly wishes: DayWishes
  readonly flows: readonly AnyFlow[]
  readonly branch: BranchFile
  readonly midnight: number
  readonly clock: SimClock
  readonly store: DayStore
  readonly model: LobbyModel
  readonly staff: Staff
  readonly devices: readonly DeviceProcess[]
  hub: HubProcess | undefined
  batches: number
  failed: Error | undefined
}

/** Whom the hub means by a visit, as the people in the lobby would know them. */
const whoIs = (world: World, visit: string) => {
  const row = world.hub?.engine.state.visits.get(visit)
  const track = row?.tracks.at(-1)?.split('/').at(-1)
  const ticket = row?.tickets.at(-1)
  return { ...(track !== undefined && { track }), ...(ticket !== undefined && { ticket }) }
}

const modelOf = ({ scenario, seed, arrivals }: DayWishes, clock: SimClock, world: () => World) => {
  const time = clock.process()
  return createLobbyModel({
    scenario,
    seed,
    startMs: scenario.day.openMs - beforeOpeningMs,
    clock: { now: () => time.wallMs(), after: (ms, call) => time.after(ms, call) },
    devices: () => world().devices,
    whoIs: (visit) => whoIs(world(), visit),
    ...(arrivals !== undefined && { arrivals }),
  })
}

const staffOf = ({ scenario, seed }: DayWishes, branch: BranchFile, world: () => World): Staff =>
  createStaff({
    clock: world().clock,
    chance: createChance(`${seed}/staff`),
    habits: scenario.staff,
    lobbyManager: branch.staff.find(({ roles }) => roles.includes('lobby'))?.id,
    submit: (input) => world().hub?.engine.submit(input) ?? Promise.resolve(),
    openCounter: (counter) => void world().model.openCounter(counter),
    changeTicket: (ticket, action) => world().model.changeTicket(ticket, action),
  })

const devicesOf = ({ scenario, seed }: DayWishes, branch: BranchFile, world: () => World) =>
  dayMembers(scenario).map(({ id, kind, behaviour }) =>
    startDeviceProcess({
      id,
      kind,
      behaviour,
      branch: branch.branch,
      seed: `${seed}`,
      clock: world().clock,
      hub: () => world().hub,
      journal: createDayJournal(),
      people: world().model.people,
    }),
  )

const commitTime = (clock: SimClock) =>
  new Promise<void>((resolve) => void clock.at(clock.nowMs() + commitMs, resolve))

const build = (wishes: DayWishes): World => {
  const { scenario, flows = shippedFlows } = wishes
  const parsePolicy = createPolicyParser(flows)
  const branch = withPolicy(parseBranchFile(scenario.branchText, parsePolicy), wishes.policy, parsePolicy)
  const midnight = midnightOf(scenario)
  const clock = createSimClock(midnight + scenario.day.openMs - beforeOpeningMs - leadMs)
  // Each part meets the others through the world, which stands before anything moves.
  const world: { -readonly [K in keyof World]: World[K] } = {
    wishes,
    flows,
    branch,
    midnight,
    clock,
    store: createDayStore(branch.branch, () => commitTime(clock)),
    model: modelOf(wishes, clock, () => world),
    staff: { note: () => undefined },
    devices: [],
    hub: undefined,
    batches: 0,
    failed: undefined,
  }
  world.staff = staffOf(wishes, branch, () => world)
  world.devices = devicesOf(wishes, branch, () => world)
  return world
}

const startHub = (world: World) => {
  const fail = (error: unknown) => {
    world.failed ??= error instanceof Error ? error : new Error(String(error))
  }
  startHubProcess({
    clock: world.clock,
    openStore: () => world.store,
    flows: world.flows,
    fate: overTheLine,
    seed: `${world.wishes.seed}`,
    branch: world.branch,
    onCommitted: (batch) => {
      world.batches += 1
      world.staff.note(batch)
    },
    onBug: fail,
    onFatal: fail,
  }).then((hub) => {
    world.hub = hub
  }, fail)
}

const runUntil = async (world: World, ms: number) => {
  await world.clock.run(ms)
  if (world.failed !== undefined) throw world.failed
}

const play = async (world: World) => {
  const { model, wishes } = world
  startHub(world)
  await runUntil(world, leadMs)
  for (const command of wishes.commands ?? [])
    void world.hub?.engine.submit({ body: { kind: 'command', command } })
  model.start()
  const lengthMs = model.endMs - model.startMs
  for (let livedMs = 0; !model.finished() && livedMs < lengthMs; ) {
    livedMs = Math.min(livedMs + pieceMs, lengthMs)
    await runUntil(world, leadMs + livedMs)
    wishes.onProgress?.(livedMs / lengthMs)
  }
  model.stop()
}

const tell = ({ model, devices, hub, store, branch, midnight, batches }: World): SimulatedDay => {
  const record = model.record()
  const logs = devices.flatMap(({ journal }) => journal.entries())
  const tasks = [...store.endedTasks(), ...(hub?.engine.state.tasks.values() ?? [])]
  const decisions = store.allDecisions()
  const kinds = new Map(devices.map(({ id, kind }) => [id, kind]))
  const campaignCaps = new Map(branch.campaigns.map(({ id, perVisit }) => [id, perVisit]))
  return {
    record,
    figures: recordFigures({ record, logs, kinds, tasks, decisions, campaignCaps, midnight }),
    branch,
    midnight,
    decisions,
    tasks,
    logs,
    entries: () => store.journal(),
    counts: { entries: hub?.engine.position().seq ?? 0, batches },
  }
}

/** @throws whatever the hub could not decide: a simulated day with a bug in it says nothing. */
export const liveDay = async (wishes: DayWishes): Promise<SimulatedDay> => {
  const world = build(wishes)
  await play(world)
  return tell(world)
}
