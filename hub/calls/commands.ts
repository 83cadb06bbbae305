/** What experts, whoever leads the branch, and the line of a call ask of the desk; and why it is refused. */
import type { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { GuestMode } from '#protocol/calls/guest.ts'
import type { CallRow, Presence } from '#protocol/calls/rows.ts'
import { callPartyMax } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { isHeld, isOver } from './find.ts'
import { guestIn, isGuest, setGuestMode } from './guest.ts'
import {
  acceptAsGuest,
  declineAsGuest,
  invite,
  leaveAsGuest,
  mayBeGuest,
  snoozeAsGuest,
  takeOffGuest,
} from './guest-ring.ts'
import { handOver, mayReceive } from './hand-over.ts'
import { isForStaff, isMovable, moveCall, passCallOn, toStaff } from './lead.ts'
import type { CallDesk, CallTables } from './port.ts'
import { onLine, setPresence } from './presence.ts'
import { isWithdrawable, withdraw } from './request.ts'
import { accept, decline, snooze } from './ring.ts'
import { hangUp, onJoined, onLeft } from './room.ts'
import { endingOf, guestNote, identify, moreTime, note, wrapUp } from './wrap-up.ts'

/** `by` is the expert, where one acts for himself; the line of a call and of the pages act as `hub`. */
export type CallCommand =
  | {
      name: 'expert.presence'
      expert: string
      /** `away`: by whoever leads experts. */
      presence: Presence
      reason: string | null
      by: string
    }
  /** The first page of the expert's came, or the last one went. */
  | { name: 'expert.line'; expert: string; here: boolean; by: string }
  | { name: 'call.accept'; call: string; ring: string; by: string }
  | { name: 'call.decline'; call: string; ring: string; reason: string | null; by: string }
  | { name: 'call.snooze'; call: string; ring: string; forMs: number; by: string }
  | { name: 'call.note'; call: string; notes: string; by: string }
  | { name: 'call.guest-note'; call: string; notes: string; by: string }
  | { name: 'call.identified'; call: string; by: string }
  | {
      name: 'call.hand-over'
      call: string
      group: string | null
      expert: string | null
      note: string
      by: string
    }
  | { name: 'call.wrap-up'; call: string; code: string; notes: string; by: string }
  | { name: 'call.more-time'; call: string; by: string }
  /** Another expert is asked in: one, or whoever of a group fits best. */
  | {
      name: 'call.invite'
      call: string
      group: string | null
      expert: string | null
      mode: GuestMode
      why: string
      by: string
    }
  /** Whether the customer's side waits while the guest is there. */
  | { name: 'call.guest-mode'; call: string; mode: GuestMode; by: string }
  | { name: 'call.take-off'; call: string; by: string }
  /** By the guest. */
  | { name: 'call.leave'; call: string; by: string }
  /** By whoever leads experts, or the branch. */
  | { name: 'call.move'; call: string; group: string; by: string }
  | {
      name: 'call.pass-on'
      call: string
      group: string | null
      expert: string | null
      note: string
      by: string
    }
  | { name: 'call.to-staff'; call: string; note: string; by: string }
  /** Of a participant, who leaves for good; null: by who leads the branch, for everybody. */
  | { name: 'call.hang-up'; call: string; participant: string | null; by: string }
  | { name: 'call.withdraw'; call: string; reason: string | null; by: string }
  /** A socket of the participant stands in the call; the last one of theirs is gone. */
  | { name: 'call.joined'; call: string; participant: string; by: string }
  | { name: 'call.left'; call: string; participant: string; by: string }

type Name = CallCommand['name']
type Of<N extends Name> = Extract<CallCommand, { name: N }>

const isGuestRing = ({ calls }: Pick<CallTables, 'calls'>, asked: { call: string; ring: string }) =>
  calls.get(asked.call)?.guest?.ring?.id === asked.ring

const doing: { readonly [N in Name]: (desk: CallDesk, command: Of<N>) => void } = {
  'expert.presence': setPresence,
  'expert.line': onLine,
  'call.accept': (desk, asked) => (isGuestRing(desk, asked) ? acceptAsGuest : accept)(desk, asked),
  'call.decline': (desk, asked) => (isGuestRing(desk, asked) ? declineAsGuest : decline)(desk, asked),
  'call.snooze': (desk, asked) => (isGuestRing(desk, asked) ? snoozeAsGuest : snooze)(desk, asked),
  'call.invite': invite,
  'call.guest-mode': setGuestMode,
  'call.take-off': takeOffGuest,
  'call.leave': leaveAsGuest,
  'call.move': moveCall,
  'call.pass-on': passCallOn,
  'call.to-staff': toStaff,
  'call.note': note,
  'call.guest-note': guestNote,
  'call.identified': identify,
  'call.hand-over': handOver,
  'call.wrap-up': wrapUp,
  'call.more-time': moreTime,
  'call.hang-up': hangUp,
  'call.withdraw': withdraw,
  'call.joined': onJoined,
  'call.left': onLeft,
}

export const isCallCommand = (command: { readonly name: string }): command is CallCommand =>
  Object.hasOwn(doing, command.name)

/** What cannot be done as things are is left undone. */
export const doCall = (desk: CallDesk, command: CallCommand) => {
  if (refuseCall(desk, command) !== undefined) return
  const run = doing[command.name] as (desk: CallDesk, command: CallCommand) => void
  run(desk, command)
}

type Looked = CallTables & { readonly plan: ExpertDesk }

const refuseRing = (
  { guest, ring: own }: CallRow,
  { call, ring: asked, by }: Of<'call.accept' | 'call.decline' | 'call.snooze'>,
) => {
  const rings = [own, guest?.ring].some((ring) => ring?.id === asked && ring.experts.includes(by))
  return rings ? undefined : new UsherError('call.not-ringing', call)
}

const inState = (call: CallRow, fits: boolean) =>
  fits ? undefined : new UsherError('call.state', `${call.id}: ${call.state}`)

const ofExpert = (call: CallRow, by: string) =>
  call.expert === by ? undefined : new UsherError('call.not-yours', call.id)

interface ToWhom {
  readonly group: string | null
  readonly expert: string | null
}

const refuseToWhom = ({ plan: { people, groups } }: Looked, { group, expert }: ToWhom) => {
  if ((group === null) === (expert === null))
    return new UsherError('request.invalid', 'to a group or to an expert')
  const isKnown =
    people.some((one) => one.id === expert || one.group === group) || groups.some(({ id }) => id === group)
  return isKnown ? undefined : new UsherError('expert.unknown', expert ?? group ?? '')
}

/** Whom somebody was asked in to, stands there: he goes on with it, or is taken off first. */
const refuseHandOver = (looked: Looked, call: CallRow, { group, expert }: ToWhom) => {
  const refusal = refuseToWhom(looked, { group, expert })
  if (refusal !== undefined) return refusal
  if (call.guest != null)
    return call.guest.state === 'here' && call.guest.expert === expert
      ? undefined
      : new UsherError('call.guest', call.id)
  const mayTake = expert === null || (expert !== call.expert && mayReceive(looked, call, expert))
  return mayTake ? undefined : new UsherError('expert.busy', expert)
}

const refuseInvite = (looked: Looked, call: CallRow, { group, expert }: Of<'call.invite'>) => {
  const refusal = refuseToWhom(looked, { group, expert })
  if (refusal !== undefined) return refusal
  if (call.guest != null) return new UsherError('call.guest', call.id)
  if (placesOf(call).size >= callPartyMax) return new UsherError('call.full', call.id)
  if (mayBeGuest({ ...looked, at: Number.MAX_SAFE_INTEGER }, call, { group, named: expert })) return undefined
  return new UsherError(expert === null ? 'expert.none' : 'expert.busy', expert ?? group ?? '')
}

const refuseHangUp = (call: CallRow, { participant }: Of<'call.hang-up'>) => {
  if (call.state === 'wrap-up') return new UsherError('call.over', call.id)
  if (participant !== null && participant === guestIn(call)) return undefined
  if (participant?.startsWith('expert:') === true && participant !== `expert:${call.expert}`)
    return new UsherError('call.not-yours', call.id)
  return inState(call, isHeld(call))
}

/** A guest who is asked, or on the way, has one of them already. */
const placesOf = (call: CallRow): Set<string> =>
  new Set([...call.participants, ...(call.guest == null ? [] : [guestIn(call) ?? 'guest'])])

const refuseJoin = (call: CallRow, { participant }: Of<'call.joined'>) => {
  if (call.participants.includes(participant)) return undefined
  if (participant === guestIn(call)) return undefined
  if (participant.startsWith('expert:') && participant !== `expert:${call.expert}`)
    return new UsherError('call.not-yours', call.id)
  const places = placesOf(call).add(participant)
  return places.size > callPartyMax ? new UsherError('call.full', call.id) : undefined
}

type OfCall = Exclude<CallCommand, Of<'expert.presence' | 'expert.line'>>

const refuseOfCall = (looked: Looked, call: CallRow, command: OfCall): UsherError | undefined => {
  switch (command.name) {
    case 'call.accept':
    case 'call.decline':
    case 'call.snooze':
      return refuseRing(call, command)
    case 'call.note':
      return ofExpert(call, command.by)
    case 'call.invite':
      return (
        ofExpert(call, command.by) ??
        inState(call, call.state === 'in-call') ??
        refuseInvite(looked, call, command)
      )
    case 'call.pass-on':
      return inState(call, call.state === 'in-call') ?? refuseHandOver(looked, call, command)
    case 'call.move':
      return inState(call, isMovable(call)) ?? refuseToWhom(looked, { group: command.group, expert: null })
    case 'call.to-staff':
      return inState(call, isForStaff(call))
    case 'call.guest-note':
    case 'call.leave':
      return isGuest(call, command.by) ? undefined : new UsherError('call.not-yours', call.id)
    case 'call.guest-mode':
      return ofExpert(call, command.by) ?? inState(call, call.guest != null && call.state === 'in-call')
    case 'call.take-off':
      return ofExpert(call, command.by) ?? inState(call, call.guest != null)
    case 'call.identified':
      return ofExpert(call, command.by) ?? inState(call, call.state === 'in-call')
    case 'call.hand-over':
      return (
        ofExpert(call, command.by) ??
        inState(call, call.state === 'in-call') ??
        refuseHandOver(looked, call, command)
      )
    case 'call.wrap-up':
      return (
        ofExpert(call, command.by) ??
        inState(call, call.state === 'wrap-up') ??
        (endingOf(looked.plan, command.code) === undefined
          ? new UsherError('call.code-unknown', command.code)
          : undefined)
      )
    case 'call.more-time':
      return ofExpert(call, command.by) ?? inState(call, call.state === 'wrap-up')
    case 'call.hang-up':
      return refuseHangUp(call, command)
    case 'call.withdraw':
      return inState(call, isWithdrawable(call))
    case 'call.joined':
      return refuseJoin(call, command)
    case 'call.left':
      return undefined
  }
}

/** Nobody is made available who is not there. */
const refusePresence = ({ experts }: CallTables, { expert, presence, by }: Of<'expert.presence'>) => {
  const row = experts.get(expert)
  if (row === undefined) return new UsherError('expert.unknown', expert)
  const isThere = row.online && row.presence !== 'offline'
  return by === expert || isThere ? undefined : new UsherError('expert.not-there', `${expert}: ${presence}`)
}

/** @returns why it may not become an entry. Looked at once more when its turn comes. */
export const refuseCall = (looked: Looked, command: CallCommand): UsherError | undefined => {
  if (command.name === 'expert.presence') return refusePresence(looked, command)
  if (command.name === 'expert.line')
    return looked.experts.has(command.expert) ? undefined : new UsherError('expert.unknown', command.expert)
  const call = looked.calls.get(command.call)
  if (call === undefined) return new UsherError('call.unknown', command.call)
  if (isOver(call)) return new UsherError('call.over', call.id)
  return refuseOfCall(looked, call, command)
}
