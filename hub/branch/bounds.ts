/** What head office leaves to a branch: how far one person may change a setting of a flow, as the branch file says. */
import { type Detail, detail } from '#protocol/desk/details.ts'
import { UsherError } from '#protocol/errors.ts'
import type { FlowProposalRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import { fileOf } from './rows.ts'

interface Wish {
  readonly flow: string
  readonly policy: Readonly<Record<string, unknown>> | null
}

export type Beyond = FlowProposalRow['beyond'][number]

/** What stays as it is may lie beyond bounds that were drawn later, or have been agreed to by a second person. */
export const beyondBounds = (state: BranchState, { flow, policy }: Wish): readonly Beyond[] => {
  const bounds = fileOf(state)?.flows[flow]?.bounds ?? {}
  const now = state.flowSettings.get(flow)?.policy ?? {}
  return Object.entries(bounds).flatMap(([name, { min = null, max = null }]) => {
    const wanted = policy?.[name]
    if (typeof wanted !== 'number' || wanted === now[name]) return []
    const isWithin = (min === null || wanted >= min) && (max === null || wanted <= max)
    return isWithin ? [] : [{ name, wanted, min, max }]
  })
}

export const sayBeyond = (beyond: readonly Beyond[]): string =>
  beyond
    .map(({ name, wanted, min, max }) =>
      min !== null && wanted < min
        ? `${name}: ${wanted} is below ${min}`
        : `${name}: ${wanted} is above ${max}`,
    )
    .join('; ')

const detailOf = ({ name, wanted, min, max }: Beyond): Detail =>
  min !== null && wanted < min
    ? detail('beyond-least', { at: name, wanted, least: min })
    : detail('beyond-most', { at: name, wanted, most: max ?? wanted })

/** @returns why one person alone may not set it so, or undefined. */
export const refuseBeyondBounds = (state: BranchState, wish: Wish): UsherError | undefined => {
  const beyond = beyondBounds(state, wish)
  return beyond.length === 0
    ? undefined
    : new UsherError('policy.out-of-bounds', sayBeyond(beyond), { details: beyond.map(detailOf) })
}
