/** What head office leaves to a branch: how far a manager may change a setting of a flow, as the branch file says. */
import { UsherError } from '#protocol/errors.ts'
import type { BranchState } from '../engine/state.ts'
import { fileOf } from './rows.ts'

interface Wish {
  readonly flow: string
  readonly policy: Readonly<Record<string, unknown>> | null
}

/** What stays as it is may lie beyond bounds that were drawn later. @returns why the change is refused, or undefined. */
export const refuseBeyondBounds = (state: BranchState, { flow, policy }: Wish): UsherError | undefined => {
  const bounds = fileOf(state)?.flows[flow]?.bounds ?? {}
  const now = state.flowSettings.get(flow)?.policy ?? {}
  const beyond = Object.entries(bounds).flatMap(([name, { min = -Infinity, max = Infinity }]) => {
    const wanted = policy?.[name]
    if (typeof wanted !== 'number' || wanted === now[name] || (wanted >= min && wanted <= max)) return []
    return [`${name}: ${wanted} is not within ${min} and ${max}`]
  })
  return beyond.length === 0 ? undefined : new UsherError('policy.out-of-bounds', beyond.join('; '))
}
