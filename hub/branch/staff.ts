/** Staff: on duty or not, not to be disturbed, and at which counter they serve someone just now. */
import type { CounterRow, StaffRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { leaveAlerts, offerAlerts } from './alert-turns.ts'

const change = (turn: Turn, id: string, next: Partial<StaffRow>) => {
  const row = turn.state.staff.get(id)
  if (row === undefined) return
  const changed = Object.entries(next).some(([name, value]) => row[name as keyof StaffRow] !== value)
  if (!changed) return
  turn.state.staff.put(id, { ...row, ...next })
  turn.tell({ type: 'duty.changed', person: id })
  turn.stir()
}

export const setDuty = (turn: Turn, id: string, onDuty: boolean) => {
  change(turn, id, onDuty ? { onDuty } : { onDuty, doNotDisturb: false, serving: null })
  if (onDuty) offerAlerts(turn)
  else leaveAlerts(turn, id)
}

export const setDoNotDisturb = (turn: Turn, id: string, on: boolean) => change(turn, id, { doNotDisturb: on })

/** Follows a counter: whoever sits there is not to be interrupted while a ticket is being served. */
export const followCounter = (turn: Turn, counter: CounterRow) => {
  for (const row of turn.state.staff.values()) {
    const serves = counter.person === row.id && counter.state === 'open' && counter.serving !== null
    if (serves) change(turn, row.id, { serving: counter.id })
    else if (row.serving === counter.id) change(turn, row.id, { serving: null })
  }
}
