/** The adapters under the hub's care: can those of the settings be started, and are those of the running hub well? */
import type { AdapterSettings } from '#hub/ops/config.ts'
import { UsherError } from '#protocol/errors.ts'
import { adapterModule } from '../adapters/adapter-module.ts'
import type { AdapterFacts } from '../adapters/methods.ts'
import { type Check, fail, ok, warn } from './check.ts'

const ofSettings = ({ device, run }: AdapterSettings): Check => {
  const name = `adapter ${device}`
  try {
    return ok(name, adapterModule(run))
  } catch (error) {
    if (!(error instanceof UsherError)) throw error
    return fail(name, error.message, 'Correct `run` in the settings of the hub.')
  }
}

const ofHub = ({ device, state, lastCode, flooding, memoryMb, memoryMbMax }: AdapterFacts): Check => {
  const name = `adapter ${device}`
  const logs = `usher adapters logs ${device}`
  if (state === 'stopped')
    return fail(
      name,
      `not started any more: ${lastCode}`,
      `See ${logs}, then usher adapters restart ${device}.`,
    )
  if (state === 'waiting') return warn(name, `fell: ${lastCode}; it is started again`, `See ${logs}.`)
  if (flooding) return warn(name, 'sends more than it may', `See ${logs}.`)
  return ok(name, `${state}, ${memoryMb === null ? '?' : Math.round(memoryMb)} of ${memoryMbMax} MB`)
}

/** @param running undefined where no hub answers. */
export const checkAdapters = (
  settings: readonly AdapterSettings[],
  running: readonly AdapterFacts[] | undefined,
): readonly Check[] => (running === undefined ? settings.map(ofSettings) : running.map(ofHub))
