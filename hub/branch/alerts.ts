/**
 * Alerts grouped by key: a flood is one row with a count, and its record is thinned to the 1st, 2nd, 4th, 8th … time.
 * A cleared alert is remembered for a while, so that people see that it was there.
 */
import type { Intent } from '#protocol/intents.ts'
import type { AlertRow } from '#protocol/model.ts'
import type { Origin } from '../dispatch/origin.ts'
import type { Turn } from '../engine/turn.ts'

type Raise = Extract<Intent, { type: 'alert' }>

const rememberMs = 600_000
export const alertPrefix = 'branch/alert/'

const isPowerOfTwo = (count: number) => Number.isInteger(Math.log2(count))

export const raiseAlert = (turn: Turn, origin: Pick<Origin, 'flow'>, raise: Raise) => {
  const known = turn.state.alerts.get(raise.key)
  const open = known?.clearedAt === null ? known : undefined
  const row: AlertRow = {
    id: open?.id ?? turn.id('alert'),
    key: raise.key,
    priority: raise.priority,
    code: raise.because.code,
    params: raise.because.params ?? {},
    flow: origin.flow,
    since: open?.since ?? turn.at,
    lastAt: turn.at,
    count: (open?.count ?? 0) + 1,
    claimedBy: open?.claimedBy ?? null,
    clearedAt: null,
  }
  turn.state.alerts.put(raise.key, row)
  turn.clearTimer(`${alertPrefix}${raise.key}`, 'forget')
  if (!isPowerOfTwo(row.count)) return
  turn.record({
    kind: 'alert',
    flow: origin.flow,
    ...raise.subject,
    code: raise.because.code,
    params: { ...row.params, key: row.key, priority: row.priority, count: row.count },
  })
}

export const clearAlert = (turn: Turn, key: string) => {
  const row = turn.state.alerts.get(key)
  if (row === undefined || row.clearedAt !== null) return
  turn.state.alerts.put(key, { ...row, clearedAt: turn.at })
  turn.setTimer(`${alertPrefix}${key}`, 'forget', { deadline: turn.at + rememberMs, graced: false })
  turn.record({
    kind: 'alert',
    flow: row.flow,
    code: 'alert.cleared',
    params: { key, count: row.count, lastedMs: turn.at - row.since },
  })
}

export const claimAlert = (turn: Turn, id: string, by: string) => {
  const row = turn.state.alerts.values().find((alert) => alert.id === id || alert.key === id)
  if (row === undefined) return
  turn.state.alerts.put(row.key, { ...row, claimedBy: by })
  turn.record({ kind: 'alert', flow: row.flow, code: 'alert.claimed', params: { key: row.key, by } })
}

export const forgetAlert = (turn: Turn, key: string) => {
  if (turn.state.alerts.get(key)?.clearedAt !== null) turn.state.alerts.drop(key)
}
