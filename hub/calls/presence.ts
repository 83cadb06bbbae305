/** Who is there: as experts say themselves, and as their pages show. */
import type { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { ExpertRow, Presence } from '#protocol/calls/rows.ts'
import { changeExpert, dropExpert } from './find.ts'
import { isRungAsGuest } from './guest.ts'
import { leaveGuestRing } from './guest-ring.ts'
import { type CallDesk, expertOwner } from './port.ts'
import { leaveRing, route } from './ring.ts'

/** A page that is loaded anew, or a line that breaks for a moment, is nobody who left. */
const goneMs = 10_000
/** Whoever stays away that long has gone home without saying so. */
const signOffMs = 900_000

export const newExpert = (id: string, at: number): ExpertRow => ({
  id,
  presence: 'offline',
  reason: null,
  since: at,
  online: false,
  call: null,
  idleSince: at,
  missed: 0,
  snoozedUntil: null,
})

/** What rang there rings elsewhere. */
const stopRing = (desk: CallDesk, expert: string) => {
  const held = desk.experts.get(expert)?.call
  const call = held == null ? undefined : desk.calls.get(held)
  if (call !== undefined && isRungAsGuest(call, expert))
    return leaveGuestRing(desk, call, { expert, why: 'missed' })
  if (call?.state === 'ringing') leaveRing(desk, call, { expert, why: 'missed' })
}

interface PresenceChange {
  readonly expert: string
  readonly presence: Presence
  readonly reason: string | null
  /** The expert, or whoever leads experts. */
  readonly by: string
}

export const setPresence = (desk: CallDesk, { expert, presence, reason, by }: PresenceChange) => {
  const row = desk.experts.get(expert)
  if (row === undefined) return
  const comes = presence === 'available' && row.presence !== 'available'
  desk.clearTimer(expertOwner(expert), 'snooze')
  changeExpert(desk, expert, {
    presence,
    reason: presence === 'break' ? reason : null,
    since: row.presence === presence ? row.since : desk.at,
    missed: 0,
    snoozedUntil: null,
    ...(comes && { idleSince: desk.at }),
  })
  desk.noteExpert(expert, {
    code: by === expert ? `expert.${presence}` : `expert.${presence}-by`,
    params: { expert, ...(reason !== null && { reason }), ...(by !== expert && { by }) },
  })
  if (presence !== 'available') stopRing(desk, expert)
  route(desk)
}

/** The first page of theirs came, or the last one went. */
export const onLine = (
  desk: CallDesk,
  { expert, here }: { readonly expert: string; readonly here: boolean },
) => {
  if (!desk.experts.has(expert)) return
  if (!here) return desk.setTimer(expertOwner(expert), 'gone', desk.at + goneMs)
  desk.clearTimer(expertOwner(expert), 'gone')
  desk.clearTimer(expertOwner(expert), 'sign-off')
  changeExpert(desk, expert, { online: true })
  route(desk)
}

export const onGone = (desk: CallDesk, expert: string) => {
  if (desk.experts.get(expert)?.online !== true) return
  changeExpert(desk, expert, { online: false })
  desk.noteExpert(expert, { code: 'expert.gone', params: { expert } })
  desk.setTimer(expertOwner(expert), 'sign-off', desk.at + signOffMs)
  stopRing(desk, expert)
}

export const onSignOff = (desk: CallDesk, expert: string) => {
  const row = desk.experts.get(expert)
  if (row === undefined || row.online || row.presence === 'offline') return
  changeExpert(desk, expert, { presence: 'offline', reason: null, since: desk.at, snoozedUntil: null })
  desk.noteExpert(expert, { code: 'expert.offline', params: { expert } })
}

/** After a start nobody has a line yet. */
export const awaitExperts = (desk: CallDesk, backByMs: number) => {
  for (const { id, online } of desk.experts.values())
    if (online) desk.setTimer(expertOwner(id), 'gone', desk.at + backByMs)
}

/** The people of the branch file; whoever a call has is let go when it is over. */
export const followPeople = (desk: CallDesk, people: ExpertDesk['people']) => {
  for (const { id } of people) if (!desk.experts.has(id)) desk.experts.put(id, newExpert(id, desk.at))
  for (const row of desk.experts.values()) {
    if (people.some(({ id }) => id === row.id)) continue
    stopRing(desk, row.id)
    if (desk.experts.get(row.id)?.call === null) dropExpert(desk, row.id)
  }
}
