/**
 * The versions of flows that a journal, or a day of it, was decided with: a deployment holds its source, and so does the
 * state, so that a replay needs nothing but what was recorded.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { StoredCode } from '../engine/deployed.ts'
import type { EntryBody } from '../engine/entry.ts'
import type { FlowLibrary } from '../engine/flow-set.ts'
import { sourceOf } from './flow-folder.ts'
import { createFlowLoader } from './load-flows.ts'

type Tables = ReadonlyMap<string, readonly (readonly [string, unknown])[]>

const codeKey = /^flow-code\/([0-9a-f]{64})$/

const inState = (tables: Tables): StoredCode[] =>
  (tables.get('meta') ?? []).flatMap(([key, row]) => {
    const digest = codeKey.exec(key)?.[1]
    return digest === undefined ? [] : [{ digest, files: (row as Pick<StoredCode, 'files'>).files }]
  })

const inEntries = (bodies: Iterable<EntryBody | null>): StoredCode[] =>
  [...bodies].flatMap((body) =>
    body?.kind === 'deploy' && body.digest !== null && body.files !== null
      ? [{ digest: body.digest, files: body.files }]
      : [],
  )

/** The rows a replay begins with and the entries it goes through. */
export interface Recorded {
  readonly state?: Tables
  readonly bodies: Iterable<EntryBody | null>
}

export const recordedCode = ({ state, bodies }: Recorded): readonly StoredCode[] => [
  ...inState(state ?? new Map()),
  ...inEntries(bodies),
]

/** @throws UsherError `flow.*` where a recorded version cannot be loaded by this program. */
export const recordedLibrary = async (recorded: Recorded): Promise<FlowLibrary> => {
  const loader = createFlowLoader()
  const flows = new Map<string, AnyFlow>()
  try {
    for (const { digest, files } of recordedCode(recorded))
      if (!flows.has(digest)) flows.set(digest, await loader.load(sourceOf(files)))
    return { get: (digest) => flows.get(digest) }
  } finally {
    loader.end()
  }
}
