/** A changed policy as a person writes it: the flows section of a branch file, as far as something is to differ. */
import { prettifyError, z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { readPolicy } from '../simulate/policy.ts'
import { checkFlowNames, readPolicyYaml } from '../simulate/policy-text.ts'
import type { PolicyWishes } from './policy-change.ts'

const PolicyFile = z.strictObject({
  flows: z.record(
    Id,
    z.strictObject({
      autonomy: z.enum(['off', 'suggest', 'automatic']).optional(),
      policy: z.record(z.string(), z.json()).optional(),
    }),
  ),
})

/**
 * @param named `off`, or the path of a file `{ flows: { FLOW: { autonomy, policy } } }`.
 * @throws UsherError `config.unreadable`, `policy.invalid` or `flow.unknown`, naming the file and what is wrong.
 */
export const readPolicyWishes = (named: string, flows: readonly AnyFlow[]): PolicyWishes => {
  if (named === 'off') {
    const { flows: off } = readPolicy('off', flows)
    return Object.fromEntries(Object.entries(off).map(([flow, { autonomy }]) => [flow, { autonomy }]))
  }
  const parsed = PolicyFile.safeParse(readPolicyYaml(named))
  if (!parsed.success) throw new UsherError('policy.invalid', `${named}: ${prettifyError(parsed.error)}`)
  const names = Object.keys(parsed.data.flows)
  checkFlowNames(named, names, flows)
  if (names.length === 0) throw new UsherError('policy.invalid', `${named} names no flow.`)
  return parsed.data.flows
}
