/** A guest is rung: whom the expert of a call named, or whoever of a group fits best, one after the other. */
import type { Guest, GuestMode } from '#protocol/calls/guest.ts'
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import { arm, change, changeExpert, disarm, hold, letGo } from './find.ts'
import { endGuest, isGuest } from './guest.ts'
import { type CallDesk, expertOwner } from './port.ts'
import { noteMissed, ringOf, route } from './ring.ts'
import { type Candidate, told, weigh } from './weigh.ts'

type Weighing = Pick<CallDesk, 'at' | 'plan' | 'experts'>
type Asked = Pick<Guest, 'group' | 'asked'> & {
  /** null: whoever of the group. */
  readonly named: string | null
}

/**
 * The language and the skills are the asking expert's own judgement. Licences are not: a guest may have to go on with the call
 * at any moment. Whoever handed it over, or did not want it for himself, may be asked to help.
 */
export const guestCandidates = (
  desk: Weighing,
  call: CallRow,
  { group, asked, named }: Asked,
): readonly Candidate[] => {
  const isMeant = (one: Candidate) => (named === null ? one.group === group : one.id === named)
  const without = (one: Candidate, out: string): Candidate => ({ ...one, score: null, parts: null, out })
  return weigh(desk, { ...call, at: 0, tried: [], group: null })
    .map((one) => {
      if (one.out !== null) return one
      if (!isMeant(one)) return without(one, named === null ? 'expert-group' : 'expert-not-named')
      return asked.includes(one.id) ? without(one, 'expert-asked') : one
    })
    .toSorted((a, b) => Number(a.out !== null) - Number(b.out !== null))
}

export const mayBeGuest = (desk: Weighing, call: CallRow, asked: Omit<Asked, 'asked'>): boolean =>
  guestCandidates(desk, call, { ...asked, asked: [] }).some(({ out }) => out === null)

/** @returns whether anybody could be rung. */
const ring = (
  desk: CallDesk,
  call: CallRow,
  { guest, named }: { guest: Guest; named: string | null },
): boolean => {
  const { group, asked } = guest
  const candidates = guestCandidates(desk, call, { group, asked, named })
  const experts = ringOf(
    desk,
    candidates.filter(({ out }) => out === null),
  )
  const [first] = experts
  if (first === undefined) return false
  const until = desk.at + desk.plan.ringMs
  for (const expert of experts) hold(desk, expert, call.id)
  arm(desk, call.id, { 'guest-ring': until })
  const rung = change(desk, call, {
    guest: { ...guest, state: 'ringing', ring: { id: desk.id('ring'), experts, at: desk.at, until } },
  })
  const params = {
    call: call.id,
    expert: first,
    by: guest.by,
    mode: guest.mode,
    ...(experts.length > 1 && { ringing: experts.length }),
  }
  desk.note(rung, { code: 'call.guest-rings', params, weighed: told(candidates) })
  return true
}

export interface Invitation {
  readonly call: string
  readonly group: string | null
  readonly expert: string | null
  readonly mode: GuestMode
  readonly why: string
  readonly by: string
}

export const invite = (desk: CallDesk, { call: id, group, expert, mode, why, by }: Invitation) => {
  const call = desk.calls.get(id)
  if (call?.state !== 'in-call' || call.expert !== by || call.guest != null) return
  const blank = { by, why, mode, group, at: desk.at, ring: null, expert: null, notes: '', asked: [] }
  ring(desk, call, { guest: { ...blank, state: 'ringing' }, named: expert })
}

/** Of a group the next one is asked; after the last of them nobody comes, and the expert is told. */
const askNext = (desk: CallDesk, call: CallRow, { guest, why }: { guest: Guest; why: Leaving['why'] }) => {
  const left = change(desk, call, { guest })
  disarm(desk, call.id, 'guest-ring')
  if (guest.group === null || !ring(desk, left, { guest, named: null })) endGuest(desk, left, { why })
  route(desk)
}

export const onGuestRingOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.guest?.ring == null) return
  const { guest } = call
  const experts = call.guest.ring.experts
  for (const expert of experts) noteMissed(desk, call, expert)
  const asked = [...guest.asked, ...experts]
  askNext(desk, call, { guest: { ...guest, ring: null, asked }, why: 'missed' })
}

interface Leaving {
  readonly expert: string
  readonly why: 'missed' | 'declined' | 'snoozed'
  readonly to?: Partial<ExpertRow>
}

/** One is out of the ring; the others go on ringing. */
export const leaveGuestRing = (desk: CallDesk, call: CallRow, { expert, why, to = {} }: Leaving) => {
  const { guest } = call
  if (guest?.ring == null) return
  letGo(desk, expert, to)
  const experts = guest.ring.experts.filter((one) => one !== expert)
  const asked = [...guest.asked, expert]
  if (experts.length === 0) return askNext(desk, call, { guest: { ...guest, asked, ring: null }, why })
  change(desk, call, { guest: { ...guest, asked, ring: { ...guest.ring, experts } } })
  route(desk)
}

interface OfRing {
  readonly call: string
  readonly ring: string
  /** The expert. */
  readonly by: string
}

const ringing = (desk: CallDesk, { call, ring: id, by }: OfRing) => {
  const row = desk.calls.get(call)
  const guest = row?.guest
  if (row === undefined || guest?.ring?.id !== id || !guest.ring.experts.includes(by)) return undefined
  return { call: row, guest, ring: guest.ring }
}

/** Whoever is first has it; for the others it stops, and is no ring that they missed. */
export const acceptAsGuest = (desk: CallDesk, asked: OfRing) => {
  const found = ringing(desk, asked)
  if (found === undefined) return
  const { call, guest, ring: rung } = found
  for (const expert of rung.experts) if (expert !== asked.by) letGo(desk, expert)
  changeExpert(desk, asked.by, { missed: 0, snoozedUntil: null })
  desk.clearTimer(expertOwner(asked.by), 'snooze')
  disarm(desk, call.id, 'guest-ring')
  arm(desk, call.id, { 'guest-join': desk.at + desk.plan.joinMs })
  const accepted = change(desk, call, { guest: { ...guest, state: 'coming', ring: null, expert: asked.by } })
  desk.note(accepted, { code: 'call.guest-accepted', params: { call: call.id, expert: asked.by } })
  route(desk)
}

export const declineAsGuest = (desk: CallDesk, asked: OfRing & { readonly reason: string | null }) => {
  const found = ringing(desk, asked)
  if (found === undefined) return
  const why = asked.reason === null ? {} : { reason: asked.reason }
  desk.note(found.call, { code: 'call.declined', params: { call: asked.call, expert: asked.by, ...why } })
  leaveGuestRing(desk, found.call, { expert: asked.by, why: 'declined', to: { missed: 0 } })
}

export const snoozeAsGuest = (desk: CallDesk, asked: OfRing & { readonly forMs: number }) => {
  const found = ringing(desk, asked)
  if (found === undefined) return
  const until = desk.at + asked.forMs
  desk.setTimer(expertOwner(asked.by), 'snooze', until)
  const params = { call: asked.call, expert: asked.by, forMs: asked.forMs }
  desk.note(found.call, { code: 'call.snoozed', params })
  const to = { snoozedUntil: until, missed: 0 }
  leaveGuestRing(desk, found.call, { expert: asked.by, why: 'snoozed', to })
}

export const onGuestJoinOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.guest?.state !== 'coming') return
  endGuest(desk, call, { why: 'never-came', to: { presence: 'away', reason: null, since: desk.at } })
  route(desk)
}

export const onGuestLostOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.guest?.state !== 'resuming') return
  endGuest(desk, call, { why: 'lost' })
  route(desk)
}

/** By the expert of the call: also while it still rings. */
export const takeOffGuest = (desk: CallDesk, { call: id }: { readonly call: string }) => {
  const call = desk.calls.get(id)
  if (call?.guest == null) return
  endGuest(desk, call, { why: 'taken-off' })
  route(desk)
}

/** For good; the call goes on. */
export const leaveAsGuest = (
  desk: CallDesk,
  { call: id, by }: { readonly call: string; readonly by: string },
) => {
  const call = desk.calls.get(id)
  if (call === undefined || !isGuest(call, by)) return
  endGuest(desk, call, { why: 'left' })
  route(desk)
}
