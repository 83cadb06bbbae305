/**
 * What people do with alerts: one claims it by name, somebody has seen it, it is put aside for a while, it is solved.
 * What another has done in the meantime is refused before it becomes an entry; what slips through changes nothing.
 */
import { UsherError } from '#protocol/errors.ts'
import type { AlertRow } from '#protocol/model.ts'
import type { Command } from '../engine/entry.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { alertOwner, openAlert, recordAlert } from './alert-rows.ts'
import { followAlert } from './alert-turns.ts'
import { closeAlert } from './alerts.ts'

export type AlertCommand = Extract<Command, { name: `alert.${string}` }>
type Of<Name extends AlertCommand['name']> = Extract<AlertCommand, { name: Name }>

const shelfTimer = 'shelf'

const isAnothers = ({ claimedBy }: AlertRow, by: string) => claimedBy !== null && claimedBy !== by

/** @returns why this person may not do this with this alert, or undefined. */
export const refuseAlert = (state: BranchState, command: AlertCommand): UsherError | undefined => {
  const { name, alert, by } = command
  const row = openAlert(state, alert)
  if (row === undefined) return new UsherError('alert.unknown', alert)
  const exclusive =
    name === 'alert.claim' ||
    name === 'alert.release' ||
    (name === 'alert.resolve' && command.onlyOwn === true)
  return exclusive && isAnothers(row, by)
    ? new UsherError('alert.taken', `${row.id}: ${row.claimedBy}.`)
    : undefined
}

const unshelf = (turn: Turn, row: AlertRow): AlertRow => {
  turn.clearTimer(alertOwner(row.key), shelfTimer)
  return { ...row, shelved: null }
}

export const claimAlert = (turn: Turn, { alert, by }: Of<'alert.claim'>) => {
  const row = openAlert(turn.state, alert)
  if (row === undefined || row.claimedBy !== null) return
  turn.state.alerts.put(row.key, { ...unshelf(turn, row), claimedBy: by, claimedAt: turn.at })
  recordAlert(turn, row, { code: 'alert.claimed', by })
  followAlert(turn, row.key)
}

export const releaseAlert = (turn: Turn, { alert, by }: Of<'alert.release'>) => {
  const row = openAlert(turn.state, alert)
  if (row?.claimedBy !== by) return
  turn.state.alerts.put(row.key, { ...row, claimedBy: null, claimedAt: null })
  recordAlert(turn, row, { code: 'alert.released', by })
  followAlert(turn, row.key)
}

/** Seen is not solved: it still needs its name. The first who has seen it stands there. */
export const acknowledgeAlert = (turn: Turn, { alert, by }: Of<'alert.acknowledge'>) => {
  const row = openAlert(turn.state, alert)
  if (row === undefined || (row.acknowledgedBy ?? null) !== null) return
  turn.state.alerts.put(row.key, { ...row, acknowledgedBy: by })
  recordAlert(turn, row, { code: 'alert.acknowledged', by })
}

export const resolveAlert = (turn: Turn, { alert, note, by }: Of<'alert.resolve'>) => {
  const row = openAlert(turn.state, alert)
  if (row === undefined) return
  closeAlert(turn, row.key, by)
  const lastedMs = turn.at - row.since
  recordAlert(turn, row, { code: 'alert.resolved', by, lastedMs, ...(note !== null && { note }) })
}

/** Nobody's while it is put aside, and afterwards. */
export const shelveAlert = (turn: Turn, { alert, reason, forMs, by }: Of<'alert.shelve'>) => {
  const row = openAlert(turn.state, alert)
  if (row === undefined) return
  const until = turn.at + forMs
  const shelved = { by, reason, until }
  turn.state.alerts.put(row.key, { ...row, shelved, claimedBy: null, claimedAt: null })
  turn.setTimer(alertOwner(row.key), shelfTimer, { deadline: until, graced: false })
  recordAlert(turn, row, { code: 'alert.shelved', by, reason, until })
  followAlert(turn, row.key)
}

const takeFromShelf = (turn: Turn, row: AlertRow | undefined, by: string) => {
  if (row === undefined || (row.shelved ?? null) === null) return
  turn.state.alerts.put(row.key, unshelf(turn, row))
  recordAlert(turn, row, { code: 'alert.unshelved', by })
  followAlert(turn, row.key)
}

export const unshelveAlert = (turn: Turn, { alert, by }: Of<'alert.unshelve'>) =>
  takeFromShelf(turn, openAlert(turn.state, alert), by)

/** Its time on the shelf is over. */
export const onShelfEnds = (turn: Turn, key: string) =>
  takeFromShelf(turn, openAlert(turn.state, key), 'shelf-ended')
