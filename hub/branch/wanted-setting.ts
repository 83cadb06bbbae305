/** How a flow is to be set, made whole: what is not named stays as it is, by the schema of the version in force. */
import { UsherError } from '#protocol/errors.ts'
import type { Autonomy } from '#protocol/model.ts'
import type { Command } from '../engine/entry.ts'
import { carriedPolicy } from '../engine/flow-set.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { ParsePolicy } from './policies.ts'

export interface SettingWish {
  readonly flow: string
  readonly autonomy: Autonomy | null
  /** Only what is to change. */
  readonly policy: Readonly<Record<string, unknown>> | null
  /** The revision that whoever wishes it began from; undefined: whatever is in force. */
  readonly revision: number | undefined
  readonly by: string
  readonly reason?: string | null | undefined
}

interface Parts {
  readonly engine: Pick<Engine, 'read' | 'flows'>
  readonly parsePolicy: ParsePolicy
}

/** @throws UsherError `flow.unknown` or `policy.invalid` */
export const wantedSetting = async (
  { engine, parsePolicy }: Parts,
  { flow, autonomy, policy, revision, by, reason = null }: SettingWish,
): Promise<Extract<Command, { name: 'flow.set' }>> => {
  const inForce = engine.flows.get(flow)
  if (inForce === undefined) throw new UsherError('flow.unknown', flow)
  const row = await engine.read((state) => state.flowSettings.get(flow))
  const before = carriedPolicy(inForce, row?.policy ?? {}).policy
  return {
    name: 'flow.set',
    flow,
    autonomy,
    policy: policy === null ? null : parsePolicy(flow, { ...before, ...policy }),
    revision: revision ?? row?.revision ?? 0,
    by,
    ...(reason !== null && { reason }),
  }
}

type Proposal = SettingWish & {
  readonly policy: Readonly<Record<string, unknown>>
  readonly reason: string
}

/** @throws UsherError `flow.unknown` or `policy.invalid` */
export const proposedSetting = async (
  parts: Parts,
  wish: Proposal,
): Promise<Extract<Command, { name: 'flow.propose' }>> => {
  const { flow, autonomy, policy, revision, by } = await wantedSetting(parts, wish)
  return { name: 'flow.propose', flow, autonomy, policy: policy ?? {}, revision, by, reason: wish.reason }
}
