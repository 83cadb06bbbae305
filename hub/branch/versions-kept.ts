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

export const keepFlow = ({ state }: Turn, row: FlowSettingRow): void => {
  const versions = [...keptFlows(state, row.id), row].slice(-flowVersionsMax)
  state.meta.put(flowKey(row.id), { versions })
}

export const planOf = ({ zones, places, devices }: BranchFile): PlanPart => ({
  zones,
  places,
  devices: devices.map(({ id, zone, place }) => ({ id, zone: zone ?? null, place: place ?? null })),
})

/** Only a file that moves something brings a new version of the plan. */
export const keepPlan = (
  { state, at }: Turn,
  file: BranchFile,
  about: { revision: number; by: string },
): void => {
  const versions = keptPlans(state)
  const last = versions.at(-1)
  const plan = planOf(file)
  const was = last && { zones: last.zones, places: last.places, devices: last.devices }
  if (was !== undefined && canonicalJson(was) === canonicalJson(plan)) return
  state.meta.put(planKey, { versions: [...versions, { ...plan, ...about, at }].slice(-planVersionsMax) })
}
