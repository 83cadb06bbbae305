/**
 * Alerts grouped by key: a flood is one row with a count, and its record is thinned to the 1st, 2nd, 4th, 8th … time.
 * A cleared alert is remembered for a while, so that people see that it was there.
 */
import type { Intent } from '#protocol/intents.ts'
import type { AlertRow } from '#protocol/model.ts'
import type { Origin } from '../dispatch/origin.ts'
import type { Turn } from '../engine/turn.ts'
import { alertOwner } from './alert-rows.ts'
import { followAlert } from './alert-turns.ts'

type Raise = Extract<Intent, { type: 'alert' }>

const rememberMs = 600_000
/** The most pressing first. */
const ranks: readonly AlertRow['priority'][] = ['urgent', 'high', 'normal', 'low']

const isPowerOfTwo = (count: number) => Number.isInteger(Math.log2(count))

const newAlert = (turn: Turn, key: string) => ({
  id: turn.id('alert'),
  key,
  since: turn.at,
  count: 0,
  claimedBy: null,
  claimedAt: null,
  acknowledgedBy: null,
  shelved: null,
  turnOf: null,
  asked: [],
  rounds: 0,
  clearedAt: null,
  clearedBy: null,
})

/** What was put aside as less pressing is not put aside any more. */
const shelfOf = (open: AlertRow | undefined, priority: AlertRow['priority']) => {
  const shelved = open?.shelved ?? null
  if (open === undefined || shelved === null) return null
  return ranks.indexOf(priority) < ranks.indexOf(open.priority) ? null : shelved
}

export const raiseAlert = (turn: Turn, origin: Pick<Origin, 'flow'>, raise: Raise) => {
  const known = turn.state.alerts.get(raise.key)
  const open = known?.clearedAt === null ? known : undefined
  const base = open ?? newAlert(turn, raise.key)
  const row: AlertRow = {
    ...base,
    priority: raise.priority,
    code: raise.because.code,
    params: raise.because.params ?? {},
    flow: origin.flow,
    lastAt: turn.at,
    count: base.count + 1,
    shelved: shelfOf(open, raise.priority),
  }
  turn.state.alerts.put(raise.key, row)
  turn.clearTimer(alertOwner(raise.key), 'forget')
  if (row.shelved === null) turn.clearTimer(alertOwner(raise.key), 'shelf')
  // One that waits for anybody to come on duty does not begin to wait anew with every time that it comes.
  if (open === undefined || open.priority !== row.priority) followAlert(turn, raise.key)
  if (!isPowerOfTwo(row.count)) return
  turn.record({
    kind: 'alert',
    flow: origin.flow,
    ...raise.subject,
    code: raise.because.code,
    params: { ...row.params, key: row.key, priority: row.priority, count: row.count },
  })
}

/** The condition is gone, or (`by`) a person says that it is solved. */
export const closeAlert = (turn: Turn, key: string, by: string | null) => {
  const row = turn.state.alerts.get(key)
  if (row === undefined || row.clearedAt !== null) return
  turn.state.alerts.put(key, { ...row, shelved: null, clearedAt: turn.at, clearedBy: by })
  turn.clearTimer(alertOwner(key), 'shelf')
  followAlert(turn, key)
  turn.setTimer(alertOwner(key), 'forget', { deadline: turn.at + rememberMs, graced: false })
}

export const clearAlert = (turn: Turn, key: string) => {
  const row = turn.state.alerts.get(key)
  if (row === undefined || row.clearedAt !== null) return
  closeAlert(turn, key, null)
  turn.record({
    kind: 'alert',
    flow: row.flow,
    code: 'alert.cleared',
    params: { key, count: row.count, lastedMs: turn.at - row.since },
  })
}

export const forgetAlert = (turn: Turn, key: string) => {
  if (turn.state.alerts.get(key)?.clearedAt !== null) turn.state.alerts.drop(key)
}
