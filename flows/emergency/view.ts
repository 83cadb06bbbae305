/** What the emergency flow sees: whom it can reach, where robots are out of the way, and whether they may move. */
import type { BranchView, Mode } from '#protocol/model.ts'
import type { Spot } from '#protocol/targets.ts'
import { askable, havens } from '../havens.ts'

export interface EmergencyView {
  readonly mode: Mode
  readonly languages: readonly string[]
  readonly stopped: boolean
  readonly robots: readonly string[]
  readonly screens: readonly string[]
  readonly kiosks: readonly string[]
  readonly havens: readonly Spot[]
}

export const emergencyView = (model: BranchView): EmergencyView => {
  const { mode, languages, stopped } = model.branch
  const quiet = { mode, languages, stopped: stopped !== null }
  // Looked at on every change of a device's link, so an ordinary day costs nothing.
  if (mode !== 'emergency') return { ...quiet, robots: [], screens: [], kiosks: [], havens: [] }
  return {
    ...quiet,
    robots: askable(model, 'robot', { capability: 'dock' }),
    screens: askable(model, 'screen', { capability: 'display' }),
    kiosks: askable(model, 'kiosk', { capability: 'display' }),
    havens: havens(model, []),
  }
}
