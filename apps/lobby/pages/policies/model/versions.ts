/** The way back: how a flow was set at an earlier version, worked out from what each version after it changed. */
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { autonomyKey, standingOf } from './draft.ts'
import type { Values } from './fields.ts'

type Told = Pick<FlowTold, 'revision' | 'policy' | 'autonomy' | 'history' | 'defaults'>

/** @param revision one of the history, which is told newest first. */
export const valuesAt = (flow: Told, revision: number): Values =>
  flow.history
    .filter((version) => version.revision > revision)
    .reduce<Values>(
      (values, { differs, autonomyWas }) => ({
        ...values,
        ...Object.fromEntries(differs.map(({ name, was }) => [name, was ?? flow.defaults[name] ?? null])),
        ...(autonomyWas !== null && { [autonomyKey]: autonomyWas }),
      }),
      standingOf(flow).values,
    )
