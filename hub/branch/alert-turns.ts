/**
 * Whose turn an alert is that needs a name: who leads or looks after the lobby first, then whoever was asked least
 * lately, again and again until somebody claims it. Where nobody is on duty it waits for the first who comes.
 */
import type { AlertRow, StaffRow } from '#protocol/model.ts'
import { personPrefix } from '../dispatch/traits.ts'
import type { Turn } from '../engine/turn.ts'
import { alertOwner, recordAlert } from './alert-rows.ts'

const turnTimer = 'turn'
const turnsKey = 'alert-turns'
/** Everybody had their turn and nobody claimed it: from then on it goes round more slowly, down to a sixteenth. */
const slowestRound = 4

const lobbyRoles: ReadonlySet<string> = new Set(['manager', 'lobby'])

/** Open, nobody's, not put aside, and important enough to be somebody's. */
export const needsName = ({ clearedAt, claimedBy, shelved, priority }: AlertRow): boolean =>
  clearedAt === null &&
  claimedBy === null &&
  (shelved ?? null) === null &&
  (priority === 'urgent' || priority === 'high')

const lastTurns = (turn: Turn) => turn.state.meta.get(turnsKey) ?? {}

/** Who serves a customer or is not to be disturbed is asked when nobody else is left. */
const rankOf = ({ roles, doNotDisturb, serving }: StaffRow) =>
  (doNotDisturb || serving !== null ? 2 : 0) + (roles.some((role) => lobbyRoles.has(role)) ? 0 : 1)

const byTurn = (turn: Turn) => {
  const turns = lastTurns(turn)
  const asked = ({ id }: StaffRow) => Number(turns[id] ?? 0)
  const worked = ({ id }: StaffRow) => turn.state.members.get(`${personPrefix}${id}`)?.lastAt ?? 0
  return (a: StaffRow, b: StaffRow) =>
    rankOf(a) - rankOf(b) || asked(a) - asked(b) || worked(a) - worked(b) || (a.id < b.id ? -1 : 1)
}

interface Next {
  readonly person: StaffRow
  readonly asked: readonly string[]
  readonly rounds: number
}

const nextPerson = (turn: Turn, row: AlertRow): Next | undefined => {
  const onDuty = turn.state.staff.values().filter((person) => person.onDuty)
  const asked = row.asked ?? []
  const rounds = row.rounds ?? 0
  const [fresh] = onDuty.filter(({ id }) => !asked.includes(id)).toSorted(byTurn(turn))
  if (fresh !== undefined) return { person: fresh, asked: [...asked, fresh.id], rounds }
  // Another round, and not at once the same person again.
  const others = onDuty.length > 1 ? onDuty.filter(({ id }) => id !== row.turnOf) : onDuty
  const [again] = others.toSorted(byTurn(turn))
  return again === undefined ? undefined : { person: again, asked: [again.id], rounds: rounds + 1 }
}

const arm = (turn: Turn, key: string, deadline: number) =>
  turn.setTimer(alertOwner(key), turnTimer, { deadline, graced: true })

/** Nobody claimed it in time: it goes to the next person. */
export const passAlertOn = (turn: Turn, key: string) => {
  const row = turn.state.alerts.get(key)
  if (row === undefined || !needsName(row)) return
  const next = nextPerson(turn, row)
  if (next === undefined) {
    turn.state.alerts.put(key, { ...row, turnOf: null, asked: [] })
    recordAlert(turn, row, { code: 'alert.nobody-on-duty' })
    return
  }
  const { person, asked, rounds } = next
  turn.state.alerts.put(key, { ...row, turnOf: person.id, asked, rounds })
  turn.state.meta.put(turnsKey, { ...lastTurns(turn), [person.id]: turn.at })
  recordAlert(turn, row, { code: 'alert.turn', person: person.id })
  arm(turn, key, turn.at + turn.settings.alertClaimMs * 2 ** Math.min(rounds, slowestRound))
}

/** Begins to wait for a name, or stops waiting, as the row says. @param from when it has waited since. */
export const followAlert = (turn: Turn, key: string, from: number = turn.at) => {
  const row = turn.state.alerts.get(key)
  if (row === undefined) return
  if (needsName(row)) {
    if (turn.state.timers.has(`${alertOwner(key)}#${turnTimer}`)) return
    return arm(turn, key, Math.max(turn.at, from + turn.settings.alertClaimMs))
  }
  turn.clearTimer(alertOwner(key), turnTimer)
  if ((row.turnOf ?? null) === null) return
  turn.state.alerts.put(key, { ...row, turnOf: null, asked: [], rounds: 0 })
}

/** After a start: what was open before this hub knew of turns begins to wait now. */
export const followAlerts = (turn: Turn) => {
  for (const key of turn.state.alerts.keys()) followAlert(turn, key)
}

/** Somebody came: what waited for anybody at all is looked at now. */
export const offerAlerts = (turn: Turn) => {
  for (const { key, since } of turn.state.alerts.values()) followAlert(turn, key, since)
}

/** Somebody went: what was theirs is open again, what was their turn is the next one's at once. */
export const leaveAlerts = (turn: Turn, person: string) => {
  for (const row of turn.state.alerts.values()) {
    if (row.clearedAt !== null) continue
    if (row.claimedBy === person) {
      turn.state.alerts.put(row.key, { ...row, claimedBy: null, claimedAt: null })
      recordAlert(turn, row, { code: 'alert.released', by: person, because: 'off-duty' })
      followAlert(turn, row.key)
    } else if (row.turnOf === person) {
      turn.clearTimer(alertOwner(row.key), turnTimer)
      passAlertOn(turn, row.key)
    }
  }
}
