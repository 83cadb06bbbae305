/** Paths through a machine, found by XState's own graph search and replayed the way the engine runs a flow. */
import type { AnyMachineSnapshot, EventObject } from 'xstate'
import { getShortestPaths, getSimplePaths, type StatePath } from 'xstate/graph'
import type { AnyFlow } from '#flows/define.ts'
import { modelOf } from '#flows/samples/model.ts'
import { monday } from '#flows/samples/rows.ts'
import { answersOf, type Scenario } from '#flows/samples/scenario.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Ledger } from './invariants.ts'
import { nameOf, runFlow } from './run-flow.ts'

/** An event of the search: what happens, in which of the scenario's worlds. */
interface Told extends EventObject {
  readonly told: FlowEvent | null
  readonly world: number
}

export type Path = StatePath<AnyMachineSnapshot, Told>

const stateName = (snapshot: AnyMachineSnapshot): string => JSON.stringify(snapshot.value)

const toldEvents = (flow: AnyFlow, scenario: Scenario) => {
  const policy = flow.policy.parse(scenario.policy ?? {})
  const views = scenario.worlds.map((rows) => flow.view(modelOf({ at: monday, ...rows }), scenario.key))
  const seen = (world: number) => ({ at: monday, view: views[world], policy, world })
  const worlds = scenario.worlds.map((_, world) => world)
  const told = [...scenario.facts, ...answersOf(scenario)]
  const events = worlds.flatMap((world) =>
    told.map((event): Told => ({ ...event, told: event, ...seen(world) })),
  )
  const timers = (snapshot: AnyMachineSnapshot): Told[] => {
    const due = snapshot._nodes.flatMap((node) => node.after.map((after) => after.eventType))
    return worlds.flatMap((world) => due.map((type): Told => ({ type, told: null, ...seen(world) })))
  }
  return { events, timers }
}

/**
 * One shortest path to each state and context, and the simple paths (no state twice) by the first world's events, up
 * to a bound: what matters is that each arrow of the diagram is walked, not each combination of contexts.
 */
export const modelPaths = (flow: AnyFlow, scenario: Scenario): Path[] => {
  const { events, timers } = toldEvents(flow, scenario)
  const search = (usable: readonly Told[], byContext: boolean) => ({
    input: { key: scenario.key, at: monday },
    events: (snapshot: AnyMachineSnapshot) => [...usable, ...timers(snapshot)],
    // The search makes up bare events for what has no sample; an engine never does.
    filterEvents: (_: AnyMachineSnapshot, event: Told) => 'told' in event,
    serializeState: (snapshot: AnyMachineSnapshot) =>
      byContext ? `${stateName(snapshot)} ${JSON.stringify(snapshot.context)}` : stateName(snapshot),
    serializeEvent: (event: Told) => `${event.type} ${event.world} ${JSON.stringify(event.told)}`,
    limit: 200_000,
  })
  const machine = flow.machine as never
  const shortest = getShortestPaths(machine, search(events, true) as never) as unknown as Path[]
  const oneOfEach = events.filter(
    (event, index) =>
      event.world === 0 &&
      events.findIndex(
        (other) => other.type === event.type && refOf(other) === refOf(event) && other.world === 0,
      ) === index,
  )
  const simple = getSimplePaths(machine, search(oneOfEach, false) as never) as unknown as Path[]
  return [...shortest, ...simple.slice(0, 500)]
}

const refOf = (event: Told): string | undefined =>
  event.told !== null && 'ref' in event.told ? event.told.ref : undefined

/** Walks a path through stored snapshots; each must be where the search was. @returns the states it rested in. */
export const replay = (
  flow: AnyFlow,
  scenario: Scenario,
  { path, ledger }: { path: Path; ledger: Ledger },
): string[] => {
  const run = runFlow(flow, {
    key: scenario.key,
    ...(scenario.policy === undefined ? {} : { policy: scenario.policy }),
  })
  const states: string[] = []
  for (const { event, state } of path.steps) {
    if (event.type === 'xstate.init') continue
    run.set(scenario.worlds[event.world] ?? {})
    if (event.told === null) ledger.wanted(run.fire(event.type))
    else {
      ledger.told(event.told)
      ledger.wanted(run.tell(event.told))
    }
    // The search tells even what could not start an instance; the engine does not.
    if (run.state === null) return states
    const expected = nameOf(state.value)
    if (run.state !== expected) throw new Error(`${event.type} leads to ${run.state}, not to ${expected}`)
    states.push(run.state)
    if (run.ended) break
  }
  return states
}
