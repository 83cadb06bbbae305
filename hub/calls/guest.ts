/**
 * A guest in a call: how they come into it, how the customer's side waits meanwhile, and how they are out of it again or go on
 * with it. Held by this call like its expert, from the ring on; with no wrap-up, so free the moment they are out of it.
 */
import type { Guest, GuestEnding, GuestMode, GuestPart } from '#protocol/calls/guest.ts'
import type { CallRow, CallState, ExpertRow, Segment } from '#protocol/calls/rows.ts'
import { arm, change, disarm, endSegment, expertIn, joinNotes, letGo, triedAlso } from './find.ts'
import type { CallDesk } from './port.ts'

const guestsMax = 10

export const isGuest = ({ guest }: Pick<CallRow, 'guest'>, expert: string): boolean =>
  guest?.expert != null && guest.expert === expert

export const guestIn = ({ guest }: Pick<CallRow, 'guest'>): string | null =>
  guest?.expert == null ? null : expertIn(guest.expert)

export const isRungAsGuest = ({ guest }: Pick<CallRow, 'guest'>, expert: string): boolean =>
  guest?.ring?.experts.includes(expert) === true

/** The experts speak alone: from the moment in which there are two of them. */
export const isCustomerApart = ({ guest, state }: Pick<CallRow, 'guest' | 'state'>): boolean =>
  guest?.mode === 'consult' && guest.state === 'here' && state === 'in-call'

const partOf = (desk: CallDesk, { expert, by, mode, at, notes }: Guest, why: GuestEnding): GuestPart => ({
  expert,
  by,
  mode,
  from: at,
  to: desk.at,
  why,
  notes,
})

export const guestsAlso = ({ guests = [] }: CallRow, part: GuestPart): readonly GuestPart[] =>
  [...guests, part].slice(-guestsMax)

interface End {
  readonly why: GuestEnding
  /** Of whoever was there, or on the way. */
  readonly to?: Partial<ExpertRow>
}

/** Nobody of it is held any more, nothing of it rings. @returns the call without them */
export const endGuest = (desk: CallDesk, call: CallRow, { why, to }: End): CallRow => {
  const { guest } = call
  if (guest == null) return call
  for (const expert of guest.ring?.experts ?? []) letGo(desk, expert)
  if (guest.expert !== null) letGo(desk, guest.expert, { idleSince: desk.at, ...to })
  disarm(desk, call.id, 'guest-ring', 'guest-join', 'guest-lost')
  const without = change(desk, call, {
    guest: null,
    guests: guestsAlso(call, partOf(desk, guest, why)),
    participants: call.participants.filter((one) => one !== guestIn(call)),
  })
  const params = { call: call.id, ...(guest.expert !== null && { expert: guest.expert }) }
  desk.note(without, { code: `call.guest-${why}`, params })
  return without
}

/** While the expert has fallen out, whoever is there is there for the customer. */
export const whileAlone = ({ state }: Pick<CallRow, 'state'>, guest: Guest): Guest =>
  state === 'resuming' && guest.state === 'here' ? { ...guest, mode: 'invite' } : guest

/** Whoever fell out is back, or whoever accepted is there. @returns undefined: they are no guest */
export const guestJoined = (desk: CallDesk, call: CallRow, participant: string): CallRow | undefined => {
  const { guest } = call
  if (guest == null || participant !== guestIn(call)) return undefined
  const participants = [...new Set([...call.participants, participant])]
  if (guest.state === 'here') return change(desk, call, { participants })
  disarm(desk, call.id, 'guest-join', 'guest-lost')
  const joined = change(desk, call, { participants, guest: whileAlone(call, { ...guest, state: 'here' }) })
  const code = guest.state === 'resuming' ? 'call.guest-back' : 'call.guest-joined'
  desk.note(joined, { code, params: { call: call.id, expert: guest.expert ?? '', mode: guest.mode } })
  return joined
}

/** They have a while to come back. @returns undefined: they are no guest, or were not there */
export const guestLeft = (desk: CallDesk, call: CallRow, participant: string): CallRow | undefined => {
  const { guest } = call
  if (guest?.state !== 'here' || participant !== guestIn(call)) return undefined
  arm(desk, call.id, { 'guest-lost': desk.at + desk.plan.lostMs })
  const lost = change(desk, call, {
    participants: call.participants.filter((one) => one !== participant),
    guest: { ...guest, state: 'resuming' },
  })
  desk.note(lost, { code: 'call.guest-fell-out', params: { call: call.id, expert: guest.expert ?? '' } })
  return lost
}

interface OfMode {
  readonly call: string
  readonly mode: GuestMode
  readonly by: string
}

export const setGuestMode = (desk: CallDesk, { call: id, mode, by }: OfMode) => {
  const call = desk.calls.get(id)
  if (call?.state !== 'in-call' || call.guest == null || call.guest.mode === mode) return
  const set = change(desk, call, { guest: { ...call.guest, mode } })
  desk.note(set, { code: `call.guest-mode-${mode}`, params: { call: id, by } })
}

/** Where whoever takes it over stands with it. */
const stateOf: Readonly<Record<'coming' | 'here' | 'resuming', CallState>> = {
  coming: 'accepted',
  here: 'in-call',
  resuming: 'resuming',
}

const armFor = (desk: CallDesk, call: string, state: CallState) => {
  disarm(desk, call, 'join', 'lost', 'guest-ring', 'guest-join', 'guest-lost')
  if (state === 'accepted') arm(desk, call, { join: desk.at + desk.plan.joinMs })
  if (state === 'resuming') arm(desk, call, { lost: desk.at + desk.plan.lostMs })
}

interface TakeOver {
  readonly why: Extract<Segment['why'], 'handed-over' | 'lost'>
  readonly note: string
}

/** Nobody is rung, and nobody who stays has to move: the call is the guest's from here on. */
export const takeOver = (desk: CallDesk, call: CallRow, { why, note }: TakeOver): CallRow | undefined => {
  const { guest, expert: before } = call
  if (guest?.expert == null || guest.state === 'ringing' || before === null) return undefined
  const { expert } = guest
  const state = stateOf[guest.state]
  letGo(desk, before, { idleSince: desk.at })
  armFor(desk, call.id, state)
  const taken = change(desk, call, {
    state,
    expert,
    guest: null,
    guests: guestsAlso(call, partOf(desk, guest, 'took-over')),
    notes: joinNotes(call.notes, note, guest.notes),
    // Who gave it to somebody he had there may be asked again, should they be lost.
    tried: why === 'lost' ? triedAlso(call, [{ expert: before, at: desk.at, why }]) : call.tried,
    segments: [...endSegment(call, desk.at, why), { expert, from: desk.at, to: null, why: null }],
    participants: call.participants.filter((one) => one !== expertIn(before)),
  })
  // Another expert in the same state: whoever follows calls is told of that too.
  if (state === call.state) desk.changed(taken, call.state)
  const code = why === 'lost' ? 'call.guest-stays' : 'call.handed-over-here'
  desk.note(taken, { code, params: { call: call.id, by: before, to: expert } })
  return taken
}
