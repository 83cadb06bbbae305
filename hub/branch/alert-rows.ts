/** Alerts as rows: found by id or key, and the timers that belong to one. */
import type { AlertRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'

export const alertPrefix = 'branch/alert/'
export const alertOwner = (key: string) => `${alertPrefix}${key}`

/** @returns the alert of this id or key, as long as it is not cleared. */
export const openAlert = (state: BranchState, name: string): AlertRow | undefined => {
  const byKey = state.alerts.get(name)
  const row = byKey ?? state.alerts.values().find(({ id }) => id === name)
  return row?.clearedAt === null ? row : undefined
}

/** What was done with an alert, and by whom. */
export const recordAlert = (
  turn: Turn,
  { id, key, flow }: AlertRow,
  { code, ...params }: { readonly code: string } & Readonly<Record<string, string | number>>,
) => turn.record({ kind: 'alert', flow, code, params: { key, alert: id, ...params } })
