/** Each flow as people set it: what it is for, its settings in words with their bounds, and who changed what. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { descriptionOf } from '#flows/setting.ts'
import type { FlowChangeTold, FlowTold, ProposalTold } from '#protocol/desk/look/flows.ts'
import type { FlowProposalRow, FlowSettingRow } from '#protocol/model.ts'
import { isResting } from '../branch/resting.ts'
import { fileOf } from '../branch/rows.ts'
import { keptFlows } from '../branch/versions-kept.ts'
import { carriedPolicy } from '../engine/flow-set.ts'
import type { BranchState } from '../engine/state.ts'
import type { LookParts } from './parts.ts'
import { createTitles, type Titles } from './titles.ts'
import type { Tongue } from './words/pair.ts'

type Json = z.core.util.JSONType
type Values = Record<string, Json>

/** A setting that the version in force does not know any more is left out; one that was not set has its default. */
const wholePolicy = (flow: AnyFlow, policy: Readonly<Record<string, unknown>>): Values =>
  flow.policy.parse(carriedPolicy(flow, policy).policy) as Values

export const labelsOf = (flow: AnyFlow | undefined, tongue: Tongue): Record<string, string> => {
  const policy: unknown = flow?.policy
  if (!(policy instanceof z.ZodObject)) return {}
  return Object.fromEntries(
    Object.entries(policy.shape).map(([name, schema]) => [
      name,
      descriptionOf(schema as z.ZodType)?.[tongue] ?? name,
    ]),
  )
}

type Agreed = Pick<FlowTold, 'reason' | 'approvedBy' | 'approvedByTitle'>

/** A row of before these were kept has neither. */
const agreedOf = (row: FlowSettingRow | undefined, { person }: Titles): Agreed => {
  const { reason = null, approvedBy = null } = row ?? {}
  return { reason, approvedBy, approvedByTitle: approvedBy === null ? null : person(approvedBy) }
}

const proposalOf = (
  flow: AnyFlow,
  { flow: _, revision: __, ...row }: FlowProposalRow,
  { titles: { person }, autonomy }: { titles: Titles; autonomy: FlowTold['autonomy'] },
): ProposalTold => ({
  ...row,
  policy: wholePolicy(flow, row.policy),
  autonomy: row.autonomy ?? autonomy,
  beyond: row.beyond.map((one) => ({ ...one })),
  askedByTitle: person(row.askedBy),
  endedByTitle: row.endedBy === null ? null : person(row.endedBy),
})

interface Version {
  readonly row: FlowSettingRow
  readonly policy: Values
}

const changeOf = (
  { row, policy }: Version,
  before: Pick<Version, 'policy'> & { readonly row?: FlowSettingRow },
  { labels, titles }: { labels: Readonly<Record<string, string>>; titles: Titles },
): FlowChangeTold => ({
  revision: row.revision,
  at: row.setAt,
  by: row.setBy,
  byTitle: titles.person(row.setBy),
  ...agreedOf(row, titles),
  autonomy: row.autonomy,
  autonomyWas: before.row === undefined || before.row.autonomy === row.autonomy ? null : before.row.autonomy,
  differs: Object.entries(policy)
    .filter(([name, value]) => !isDeepStrictEqual(value, before.policy[name]))
    .map(([name, is]) => ({ name, label: labels[name] ?? name, was: before.policy[name] ?? null, is })),
})

const historyOf = (
  state: BranchState,
  flow: AnyFlow,
  words: { labels: Readonly<Record<string, string>>; titles: Titles },
): FlowChangeTold[] => {
  const versions = keptFlows(state, flow.id).map((row) => ({ row, policy: wholePolicy(flow, row.policy) }))
  const shipped = { policy: wholePolicy(flow, {}) }
  return versions.map((one, index) => changeOf(one, versions[index - 1] ?? shipped, words)).reverse()
}

const told = (
  state: BranchState,
  flow: AnyFlow,
  { titles, schema }: { titles: Titles; schema: Values },
): FlowTold => {
  const { tongue } = titles
  const row = state.flowSettings.get(flow.id)
  const instances = state.instances.values().filter((one) => one.flow === flow.id)
  const labels = labelsOf(flow, tongue)
  const by = row?.setBy ?? 'default'
  const autonomy = row?.autonomy ?? 'automatic'
  const proposal = state.flowProposals.get(flow.id)
  return {
    id: flow.id,
    title: flow.title[tongue],
    purpose: flow.purpose[tongue],
    version: flow.version,
    modes: { ...flow.modes },
    pausable: flow.pausable,
    resting: isResting(state, flow.id),
    autonomy,
    revision: row?.revision ?? 0,
    by,
    byTitle: titles.person(by),
    ...agreedOf(row, titles),
    setAt: row?.setAt ?? 0,
    policy: wholePolicy(flow, row?.policy ?? {}),
    defaults: wholePolicy(flow, {}),
    schema,
    bounds: fileOf(state)?.flows[flow.id]?.bounds ?? {},
    labels,
    running: instances.filter(({ parked }) => parked === null).length,
    parked: instances.filter(({ parked }) => parked !== null).length,
    proposal: proposal === undefined ? null : proposalOf(flow, proposal, { titles, autonomy }),
    history: historyOf(state, flow, { labels, titles }),
  }
}

export const createFlowsView = ({ engine }: Pick<LookParts, 'engine'>) => {
  const schemas = new WeakMap<AnyFlow, Values>()
  const schemaOf = (flow: AnyFlow): Values => {
    const known = schemas.get(flow) ?? (z.toJSONSchema(flow.policy, { io: 'input' }) as Values)
    schemas.set(flow, known)
    return known
  }
  return (tongue: Tongue): Promise<FlowTold[]> =>
    engine.read((state) => {
      const titles = createTitles(state, tongue)
      return engine.flows.list.map((flow) => told(state, flow, { titles, schema: schemaOf(flow) }))
    })
}
