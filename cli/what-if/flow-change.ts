/** Changed flows as they come in force in a simulated run: deployed at the beginning of the day, as a real deploy would be. */
import type { AnyFlow } from '#flows/define.ts'
import { type FlowSource, flowFoldersIn } from '#hub/deploy/flow-folder.ts'
import { createFlowLoader } from '#hub/deploy/load-flows.ts'
import { recordedLibrary } from '#hub/deploy/recorded-library.ts'
import { type DeployedFlows, deployedFlows, standing } from '#hub/engine/deployed.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import type { FlowLibrary } from '#hub/engine/flow-set.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import type { DayChange } from './day-change.ts'

export interface ChangedFlow {
  readonly flow: AnyFlow
  readonly source: FlowSource
}

/** @throws UsherError `flow.folder`, `flow.import` or `flow.broken` */
export const readChangedFlows = async (directory: string): Promise<readonly ChangedFlow[]> => {
  const loader = createFlowLoader()
  try {
    const changed: ChangedFlow[] = []
    for (const { source } of flowFoldersIn(directory))
      changed.push({ flow: await loader.load(source), source })
    return changed
  } finally {
    loader.end()
  }
}

/** Everything a replay of the day may have to run. @throws UsherError as `readChangedFlows` */
export const libraryOf = async (
  { state, entries }: RecordedDay,
  changed: readonly ChangedFlow[],
): Promise<FlowLibrary> => {
  const recorded = await recordedLibrary({ state, bodies: entries.map(({ body }) => body) })
  const flows = new Map(changed.map(({ flow, source }) => [source.digest, flow]))
  return { get: (digest) => flows.get(digest) ?? recorded.get(digest) }
}

/** What was in force when the day began: as shipped, but for what was deployed. */
export const flowsInForce = (
  { state }: RecordedDay,
  { shipped, library }: { readonly shipped: readonly AnyFlow[]; readonly library: FlowLibrary },
): readonly AnyFlow[] => {
  const row = state.get('meta')?.find(([key]) => key === 'flows')?.[1] as { flows: DeployedFlows } | undefined
  const byId = new Map(shipped.map((flow) => [flow.id, flow]))
  for (const [id, { active }] of Object.entries(row?.flows ?? {})) {
    const flow = active.digest === null ? undefined : library.get(active.digest)
    if (flow !== undefined) byId.set(id, flow)
  }
  return [...byId.values()]
}

export const createFlowChange = (changed: readonly ChangedFlow[]): DayChange => {
  const digests = new Map(changed.map(({ flow, source }) => [flow.id, source.digest]))
  return {
    commands: ({ meta }) =>
      changed.flatMap(({ flow, source }): EntryBody[] => {
        if (deployedFlows(meta)[flow.id]?.active.digest === source.digest) return []
        const { id, version, running = 'migrate' } = flow
        const { digest, files } = source
        const revision = standing(meta, id)?.revision ?? 0
        return [
          { kind: 'deploy', flow: id, version, digest, files, running, back: false, revision, by: 'what-if' },
        ]
      }),
    replaces: (body) => body.kind === 'deploy' && digests.has(body.flow),
    changes: ({ meta }) =>
      changed.map(({ flow, source }) => {
        const now = standing(meta, flow.id)?.active
        return {
          flow: flow.id,
          setting: 'code',
          was: now === undefined ? null : `version ${now.version}`,
          becomes: `version ${flow.version} (${source.digest.slice(0, 12)})`,
        }
      }),
  }
}
