/** Flows as people set and deploy them: what is in force, how each is set, what of it is running or parked. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { isResting } from '../../branch/resting.ts'
import { wantedSetting } from '../../branch/wanted-setting.ts'
import { instancesByVersion } from '../../deploy/deployer.ts'
import { deployedFlows, standing, type VersionRef } from '../../engine/deployed.ts'
import { carriedPolicy } from '../../engine/flow-set.ts'
import type { BranchState } from '../../engine/state.ts'
import { storedOf } from '../../flow-check/migrations.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')
const Running = z.enum(['migrate', 'finish']).optional()
const Revision = z.int().min(0).optional()
/** As many as a request can carry; what a flow folder may hold is the deployer's to judge. */
const Files = z.record(z.string().max(200), z.string().max(600_000))

const wishOf = ({
  by,
  running,
  revision,
}: {
  by: string
  running?: 'migrate' | 'finish' | undefined
  revision?: number | undefined
}) => ({
  by,
  ...(running !== undefined && { running }),
  ...(revision !== undefined && { revision }),
})

const stateOf = (ref: VersionRef, row: NonNullable<ReturnType<typeof standing>>): string => {
  if (ref.version === row.active.version && ref.digest === row.active.digest) return 'in-force'
  if (row.finishing.some((one) => one.version === ref.version)) return 'finishing'
  return row.former.some((one) => one.version === ref.version) ? 'former' : 'rolled-back'
}

const historyOf = (state: BranchState, flow: string) => {
  const row = standing(state.meta, flow)
  const instances = instancesByVersion(state, flow)
  return (row?.known ?? []).map((ref) => ({
    flow,
    ...ref,
    state: row === undefined ? 'in-force' : stateOf(ref, row),
    running: instances[ref.version] ?? 0,
    revision: row?.revision ?? 0,
  }))
}

const showing = (parts: MethodParts) => (id: string) =>
  parts.engine.read((state) => {
    const row = standing(state.meta, id)
    const flow = parts.engine.flows.get(id)
    if (flow === undefined && row === undefined) throw new UsherError('flow.unknown', id)
    if (flow === undefined) throw new UsherError('flow.not-stored', id)
    const instances = state.instances.values().filter((one) => one.flow === id)
    const setting = state.flowSettings.get(id) ?? null
    return {
      id,
      version: flow.version,
      digest: row?.active.digest ?? null,
      revision: row?.revision ?? 0,
      finishing: row?.finishing.map(({ version }) => version) ?? [],
      title: flow.title,
      purpose: flow.purpose,
      modes: flow.modes,
      pausable: flow.pausable,
      setting,
      policy: flow.policy.parse(carriedPolicy(flow, setting?.policy ?? {}).policy) as Record<string, unknown>,
      resting: isResting(state, id),
      running: instances.filter((one) => one.parked === null).map((one) => one.key),
      parked: instances
        .filter((one) => one.parked !== null)
        .map((one) => ({ key: one.key, reason: one.parked, version: one.version })),
    }
  })

const deployMethods = ({ engine, deployer }: MethodParts): Record<string, Handler> => ({
  'flows.deploy': method(
    z.object({ files: Files, by: By, running: Running, revision: Revision }),
    ({ files, ...wish }) => deployer.deploy(files, wishOf(wish)),
  ),
  'flows.rollback': method(
    z.object({ flow: Id, by: By, running: Running, revision: Revision }),
    ({ flow, ...wish }) => deployer.rollback(flow, wishOf(wish)),
  ),
  'flows.history': method(z.object({ flow: Id.optional() }), ({ flow }) =>
    engine.read((state) => {
      const ids = flow === undefined ? Object.keys(deployedFlows(state.meta)).sort() : [flow]
      if (flow !== undefined && standing(state.meta, flow) === undefined)
        throw new UsherError('flow.unknown', flow)
      return ids.flatMap((id) => historyOf(state, id))
    }),
  ),
  /** What a check of another version is held against. */
  'flows.stored': method(z.object({ flow: Id }), ({ flow }) => engine.read((state) => storedOf(state, flow))),
})

export const flowMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine } = parts
  const show = showing(parts)
  return {
    'flows.list': method(z.object({}), () => Promise.all(engine.flows.list.map((flow) => show(flow.id)))),
    'flows.show': method(z.object({ flow: Id }), ({ flow }) => show(flow)),
    'flows.set': method(
      z.object({
        flow: Id,
        autonomy: z.enum(['off', 'suggest', 'automatic']).nullable().default(null),
        policy: z.record(z.string(), z.json()).nullable().default(null),
        /** The revision the editor began from; absent: whatever is in force. */
        revision: Revision,
        by: By,
      }),
      async ({ flow, autonomy, policy, revision, by }) => {
        const command = await wantedSetting(parts, { flow, autonomy, policy, revision, by })
        await engine.submit({ body: { kind: 'command', command } })
        return show(flow)
      },
    ),
    ...deployMethods(parts),
  }
}
