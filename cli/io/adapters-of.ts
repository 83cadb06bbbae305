/** The adapters under the care of a hub. */
import type { ControlClient } from '#hub/ops/control.ts'
import type { AdapterFacts } from '../adapters/methods.ts'

/** A hub without adapters does not know these words. */
export const adaptersOf = async (control: ControlClient): Promise<readonly AdapterFacts[]> => {
  try {
    return await control.request<readonly AdapterFacts[]>('adapters.list')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'command.unknown') return []
    throw error
  }
}
