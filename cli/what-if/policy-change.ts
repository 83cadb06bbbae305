/**
 * A changed policy as it is put in force in a simulated run: at the beginning of the day and again after every change of
 * the branch file. What it does not name stays as it was in force; people's own changes to the same flows that day give
 * way to it.
 */
import type { AnyFlow } from '#flows/define.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { BranchState } from '#hub/engine/state.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Autonomy } from '#protocol/model.ts'
import type { DayChange } from './day-change.ts'

/** What a policy file says of one flow. */
export interface FlowWish {
  readonly autonomy?: Autonomy | undefined
  readonly policy?: Readonly<Record<string, unknown>> | undefined
}

export type PolicyWishes = Readonly<Record<string, FlowWish>>

type Settings = Pick<BranchState, 'flowSettings' | 'meta'>

interface InForce {
  readonly autonomy: Autonomy
  readonly policy: Readonly<Record<string, unknown>>
}

export const createPolicyChange = (wishes: PolicyWishes, flows: readonly AnyFlow[]): DayChange => {
  const parse = createPolicyParser(flows)
  const parsePolicy = (flow: string, policy: Readonly<Record<string, unknown>>) => {
    try {
      return parse(flow, policy)
    } catch (error) {
      if (!(error instanceof UsherError) || error.code === 'flow.unknown') throw error
      throw new UsherError(error.code, `${flow}: ${error.detail ?? ''}`, { cause: error })
    }
  }
  const names = Object.keys(wishes).sort()
  const wanted = (
    { flowSettings }: Settings,
    flow: string,
  ): { now: InForce; next: InForce; revision: number } => {
    const row = flowSettings.get(flow)
    const { autonomy, policy } = wishes[flow] ?? {}
    // What an older version of the flow allowed and this one does not counts as not set, as in the hub.
    const set = flows.find(({ id }) => id === flow)?.policy.safeParse(row?.policy ?? {})
    const now: InForce = {
      autonomy: row?.autonomy ?? 'automatic',
      policy: parsePolicy(flow, set?.success === true ? (set.data as Record<string, unknown>) : {}),
    }
    return {
      now,
      next: { autonomy: autonomy ?? now.autonomy, policy: parsePolicy(flow, { ...now.policy, ...policy }) },
      revision: row?.revision ?? 0,
    }
  }
  return {
    commands: (state) => {
      if (!state.meta.has('file')) return []
      return names.flatMap((flow): EntryBody[] => {
        const { now, next, revision } = wanted(state, flow)
        if (canonicalJson(now) === canonicalJson(next)) return []
        return [{ kind: 'command', command: { name: 'flow.set', flow, ...next, revision, by: 'what-if' } }]
      })
    },
    replaces: (body) =>
      body.kind === 'command' &&
      (body.command.name === 'flow.set' || body.command.name === 'flow.approve') &&
      names.includes(body.command.flow),
    changes: (state) =>
      names.flatMap((flow) => {
        const { now, next } = wanted(state, flow)
        const differs = (was: unknown, becomes: unknown) =>
          canonicalJson(was ?? null) !== canonicalJson(becomes ?? null)
        const settings = Object.keys(next.policy)
          .filter((setting) => differs(now.policy[setting], next.policy[setting]))
          .map((setting) => ({ flow, setting, was: now.policy[setting], becomes: next.policy[setting] }))
        return now.autonomy === next.autonomy
          ? settings
          : [{ flow, setting: 'autonomy', was: now.autonomy, becomes: next.autonomy }, ...settings]
      }),
  }
}
