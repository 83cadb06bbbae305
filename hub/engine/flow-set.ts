/**
 * The flows that run: the version of each in force, and older ones that have instances left. Worked out from the state
 * and never changed by hand, so that an entry or a batch that is undone takes its version with it.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { FactType } from '#protocol/flow-events.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import { type DeployedFlows, deployedFlows, type VersionRef } from './deployed.ts'
import type { BranchState } from './state.ts'
import type { Turn } from './turn.ts'

/** What holds for a flow that nobody has set. */
const unset = (flow: AnyFlow): FlowSettingRow => ({
  id: flow.id,
  autonomy: 'automatic',
  policy: {},
  revision: 0,
  setBy: 'default',
  setAt: 0,
})

/** Deployed versions by the digest of their source. */
export interface FlowLibrary {
  get(digest: string): AnyFlow | undefined
}

/** Where nothing was ever deployed. */
export const emptyLibrary: FlowLibrary = { get: () => undefined }

export interface FlowSet {
  /** The version of each flow that new instances begin on, in order of id. */
  readonly list: readonly AnyFlow[]
  get(id: string): AnyFlow | undefined
  /** Those in `list`, and older versions that have instances left. */
  readonly lines: readonly AnyFlow[]
  /** Of those the ones that listen to such facts. */
  listening(fact: FactType): readonly AnyFlow[]
  /** This version of a flow, as long as its code is at hand. */
  version(id: string, version: number): AnyFlow | undefined
  /** Whether instances of this version go on, in force or finishing. */
  runs(id: string, version: number): boolean
  /** How the flow is set in this branch. */
  setting(turn: Pick<Turn, 'state'>, flow: AnyFlow): FlowSettingRow
  /** The whole policy: what was set, completed with the flow's defaults. */
  policy(flow: AnyFlow, setting: FlowSettingRow): unknown
}

/** What another version of the flow allowed and this one does not gives way to its default; the rest stays as set. */
export const carriedPolicy = (
  flow: AnyFlow,
  set: Readonly<Record<string, unknown>>,
): { readonly policy: Readonly<Record<string, unknown>>; readonly dropped: readonly string[] } => {
  if (flow.policy.safeParse(set).success) return { policy: set, dropped: [] }
  const fits = ([name, value]: [string, unknown]) => flow.policy.safeParse({ [name]: value }).success
  const policy = Object.fromEntries(Object.entries(set).filter(fits))
  const names = Object.keys(policy)
  // Settings that fit one by one may still contradict each other.
  const kept = flow.policy.safeParse(policy).success ? policy : {}
  return {
    policy: kept,
    dropped: Object.keys(set).filter((name) => !(kept === policy && names.includes(name))),
  }
}

/** One row for each flow, as if it stood in the table: the policy made of it is kept by that row. */
const createDefaults = () => {
  const made = new WeakMap<AnyFlow, FlowSettingRow>()
  return (flow: AnyFlow): FlowSettingRow => {
    const known = made.get(flow) ?? unset(flow)
    made.set(flow, known)
    return known
  }
}

const createPolicies = (): FlowSet['policy'] => {
  const whole = new WeakMap<AnyFlow, WeakMap<object, unknown>>()
  return (flow, { policy: set }) => {
    const known = whole.get(flow) ?? new WeakMap<object, unknown>()
    whole.set(flow, known)
    if (known.has(set)) return known.get(set)
    const made: unknown = flow.policy.parse(carriedPolicy(flow, set).policy)
    known.set(set, made)
    return made
  }
}

interface Lines {
  readonly from: DeployedFlows
  readonly inForce: ReadonlyMap<string, AnyFlow>
  readonly list: readonly AnyFlow[]
  readonly all: readonly AnyFlow[]
  readonly byFact: ReadonlyMap<FactType, readonly AnyFlow[]>
}

/** Most facts concern one or two flows: looked up instead of asking each for every fact. */
const byFactOf = (flows: readonly AnyFlow[]): Lines['byFact'] => {
  const made = new Map<FactType, AnyFlow[]>()
  for (const flow of flows)
    for (const fact of new Set(flow.listens)) made.set(fact, [...(made.get(fact) ?? []), flow])
  return made
}

const nobody: readonly AnyFlow[] = []

export interface DeployedParts {
  readonly state: Pick<BranchState, 'meta'>
  readonly library: FlowLibrary
}

const byId = (a: AnyFlow, b: AnyFlow) => (a.id === b.id ? b.version - a.version : a.id < b.id ? -1 : 1)

/** @param deployed absent where nothing can be deployed: every flow is as shipped. */
export const createFlowSet = (flows: readonly AnyFlow[], deployed?: DeployedParts): FlowSet => {
  const shipped = new Map(flows.map((flow) => [flow.id, flow]))
  const codeOf = (id: string, { version, digest }: VersionRef): AnyFlow | undefined => {
    if (digest !== null) return deployed?.library.get(digest)
    const flow = shipped.get(id)
    return flow?.version === version ? flow : undefined
  }
  const workOut = (from: DeployedFlows): Lines => {
    const inForce = new Map(shipped)
    const older: AnyFlow[] = []
    for (const [id, { active, finishing }] of Object.entries(from)) {
      // As shipped means as shipped with the hub of today.
      const flow = active.digest === null ? shipped.get(id) : codeOf(id, active)
      if (flow === undefined) inForce.delete(id)
      else inForce.set(id, flow)
      older.push(...finishing.flatMap((ref) => codeOf(id, ref) ?? []))
    }
    const list = [...inForce.values()].toSorted(byId)
    const all = [...list, ...older].toSorted(byId)
    return { from, inForce, list, all, byFact: byFactOf(all) }
  }
  let known = workOut({})
  const lines = (): Lines => {
    if (deployed === undefined) return known
    const from = deployedFlows(deployed.state.meta)
    if (known.from !== from) known = workOut(from)
    return known
  }
  const version = (id: string, number: number): AnyFlow | undefined => {
    const newest = lines().inForce.get(id)
    if (newest?.version === number) return newest
    const running = lines().all.find((flow) => flow.id === id && flow.version === number)
    const ref = lines().from[id]?.known.find((one) => one.version === number)
    return running ?? (ref && codeOf(id, ref))
  }
  const defaults = createDefaults()
  return {
    get list() {
      return lines().list
    },
    get lines() {
      return lines().all
    },
    listening: (fact) => lines().byFact.get(fact) ?? nobody,
    get: (id) => lines().inForce.get(id),
    version,
    runs: (id, number) => lines().all.some((flow) => flow.id === id && flow.version === number),
    setting: (turn, flow) => turn.state.flowSettings.get(flow.id) ?? defaults(flow),
    policy: createPolicies(),
  }
}
