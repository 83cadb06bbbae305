/** What the flows of a simulated day are set to: as the branch file says, off, or as a file says. */
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { prettifyError, z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { type BranchFile, BranchFile as Schema } from '#hub/branch/file.ts'
import { createPolicyParser, type ParsePolicy } from '#hub/branch/policies.ts'
import { UsherError } from '#protocol/errors.ts'
import { checkFlowNames, readPolicyYaml } from './policy-text.ts'

type FlowSettings = BranchFile['flows']

export interface Policy {
  /** `on`, `off`, or the name of the file. */
  readonly title: string
  /** Wins over the branch file, flow by flow. */
  readonly flows: FlowSettings
}

const PolicyFile = z.strictObject({ flows: Schema.shape.flows })

/** What is done for the sake of business. Help, crowds, care for devices and emergencies are never switched off. */
const switchable = ['greeting', 'diversion', 'diversion-invitation', 'promotion']

const off: FlowSettings = Object.fromEntries(
  switchable.map((flow) => [flow, { autonomy: 'off' as const, policy: {} }]),
)

/**
 * @param named `on`, `off`, or the path of a file `{ flows: { FLOW: { autonomy, policy } } }`.
 * @throws UsherError `config.unreadable`, `policy.invalid` or `flow.unknown`, naming the file and each setting.
 */
export const readPolicy = (named: string, known: readonly AnyFlow[]): Policy => {
  if (named === 'on') return { title: 'on', flows: {} }
  if (named === 'off') return { title: 'off', flows: off }
  const parsed = PolicyFile.safeParse(readPolicyYaml(named))
  if (!parsed.success) throw new UsherError('policy.invalid', `${named}: ${prettifyError(parsed.error)}`)
  checkFlowNames(named, Object.keys(parsed.data.flows), known)
  const parsePolicy = createPolicyParser(known)
  for (const [flow, { policy }] of Object.entries(parsed.data.flows)) {
    try {
      parsePolicy(flow, policy)
    } catch (error) {
      if (!(error instanceof UsherError)) throw error
      throw new UsherError(error.code, `${named}: ${flow}: ${error.detail ?? ''}`)
    }
  }
  return { title: basename(named), flows: parsed.data.flows }
}

/** A flow that the policy sets anew keeps the settings of the branch file which the policy does not name. */
export const withPolicy = (branch: BranchFile, { flows }: Policy, parsePolicy: ParsePolicy): BranchFile => {
  const merged = { ...branch.flows }
  for (const [flow, setting] of Object.entries(flows)) {
    const policy = { ...branch.flows[flow]?.policy, ...setting.policy }
    merged[flow] = { ...setting, policy: parsePolicy(flow, policy) as typeof setting.policy }
  }
  return { ...branch, flows: merged }
}

/** Whether each flow does the same under both in this branch: written otherwise, or with what holds anyway, is no change. */
export const comeToTheSame = (
  branch: BranchFile,
  [first, second]: readonly [Policy, Policy],
  known: readonly AnyFlow[],
): boolean => {
  const parsePolicy = createPolicyParser(known)
  const settled = (policy: Policy) => {
    const { flows } = withPolicy(branch, policy, parsePolicy)
    return known.map(({ id }) => ({
      autonomy: flows[id]?.autonomy ?? 'automatic',
      policy: parsePolicy(id, flows[id]?.policy ?? {}),
    }))
  }
  return isDeepStrictEqual(settled(first), settled(second))
}
