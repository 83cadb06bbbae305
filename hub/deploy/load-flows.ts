/** Loads flows that are not shipped: from a folder somebody works on, or from the copy in the data directory. */
import type { AnyFlow } from '#flows/define.ts'
import { type FlowSource, flowFoldersIn, titlePage } from './flow-folder.ts'
import { flowIn } from './flow-shape.ts'
import { addressOf, createModuleHooks, loadError } from './module-hooks.ts'
import { nativeImport } from './native-import.ts'

export interface FlowLoader {
  /** @throws UsherError `flow.import` or `flow.broken`. */
  load(source: FlowSource): Promise<AnyFlow>
  /** A further file of the same source, for example samples. @throws as `load`. */
  file(source: FlowSource, path: string): Promise<Readonly<Record<string, unknown>>>
  end(): void
}

export const createFlowLoader = (): FlowLoader => {
  const hooks = createModuleHooks()
  const file: FlowLoader['file'] = async (source, path) => {
    hooks.add(source)
    try {
      return await nativeImport(addressOf(source.digest, path))
    } catch (error) {
      throw loadError(error)
    }
  }
  return {
    load: async (source) => flowIn(await file(source, titlePage)),
    file,
    end: () => hooks.end(),
  }
}

/**
 * Every flow of a directory: of the folder itself where it holds flow.ts, else of each folder in it that does.
 * @throws UsherError `flow.folder`, `flow.import` or `flow.broken`.
 */
export const loadFlows = async (directory: string): Promise<readonly AnyFlow[]> => {
  const loader = createFlowLoader()
  try {
    const flows: AnyFlow[] = []
    for (const { source } of flowFoldersIn(directory)) flows.push(await loader.load(source))
    return flows
  } finally {
    loader.end()
  }
}
