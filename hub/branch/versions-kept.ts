/** The last versions of what people set, kept with the state: who changed what and when, and the way back. */
import type { FlowSettingRow } from '#protocol/model.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import type { BranchFile } from './file.ts'

const flowVersionsMax = 50
const planVersionsMax = 20

/** Of the branch file: where things are. */
export interface PlanPart {
  readonly zones: BranchFile['zones']
  readonly places: BranchFile['places']
  readonly devices: readonly {
    readonly id: string
    readonly zone: string | null
    readonly place: string | null
  }[]
}

export interface KeptPlan extends PlanPart {
  /** Of the branch file that brought it. */
  readonly revision: number
  /** 0: not known. */
  readonly at: number
  readonly by: string
}

const flowKey = (flow: string) => `versions-of-flow/${flow}`
const planKey = 'versions-of-plan'

const kept = (state: BranchState, key: string): unknown => state.meta.get(key)?.['versions'] ?? []

/** Oldest first. */
export const keptFlows = (state: BranchState, flow: string): readonly FlowSettingRow[] =>
  kept(state, flowKey(flow)) as readonly FlowSettingRow[]
export const keptPlans = (state: BranchState): readonly KeptPlan[] =>
  kept(state, planKey) as readonly KeptPlan[]

/** @param was before it; kept as well where it was set before versions were kept. */
export const keepFlow = ({ state }: Turn, row: FlowSettingRow, was: FlowSettingRow): void => {
  const versions = keptFlows(state, row.id)
  const before = versions.length === 0 && was.revision > 0 ? [was] : versions
  state.meta.put(flowKey(row.id), { versions: [...before, row].slice(-flowVersionsMax) })
}

export const planOf = ({ zones, places, devices }: BranchFile): PlanPart => ({
  zones,
  places,
  devices: devices.map(({ id, zone, place }) => ({ id, zone: zone ?? null, place: place ?? null })),
})

export interface PlanChanged {
  readonly revision: number
  readonly by: string
  /** In force until now; undefined: none. */
  readonly before: BranchFile | undefined
}

/** Of a plan that came before versions were kept nobody knows any more when that was. */
const unkept = ({ before, revision }: PlanChanged): readonly KeptPlan[] =>
  before === undefined ? [] : [{ ...planOf(before), revision: revision - 1, at: 0, by: 'branch-file' }]

/** Only a file that moves something brings a new version of the plan. */
export const keepPlan = ({ state, at }: Turn, file: BranchFile, changed: PlanChanged): void => {
  const known = keptPlans(state)
  const versions = known.length === 0 ? unkept(changed) : known
  const last = versions.at(-1)
  const plan = planOf(file)
  const was = last && { zones: last.zones, places: last.places, devices: last.devices }
  if (was !== undefined && canonicalJson(was) === canonicalJson(plan)) return
  const { revision, by } = changed
  state.meta.put(planKey, { versions: [...versions, { ...plan, revision, by, at }].slice(-planVersionsMax) })
}
