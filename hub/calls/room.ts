/** Who stands in a call: the expert who comes, falls out and comes back, and whoever hangs up. */
import type { CallRow, Segment } from '#protocol/calls/rows.ts'
import { hangUpOfGone } from './away.ts'
import {
  arm,
  change,
  customerIn,
  disarm,
  endSegment,
  expertIn,
  isHeld,
  isOver,
  letGo,
  triedAlso,
} from './find.ts'
import { endGuest, guestIn, guestJoined, guestLeft, takeOver, whileAlone } from './guest.ts'
import { end } from './outcome.ts'
import type { CallDesk } from './port.ts'
import { route, waitOn } from './ring.ts'

interface InCall {
  readonly call: string
  readonly participant: string
}

const isExpertOf = ({ expert }: CallRow, participant: string): boolean =>
  expert !== null && participant === expertIn(expert)

export const onJoined = (desk: CallDesk, { call: id, participant }: InCall) => {
  const call = desk.calls.get(id)
  if (call === undefined || isOver(call)) return
  if (guestJoined(desk, call, participant) !== undefined) return
  const participants = call.participants.includes(participant)
    ? call.participants
    : [...call.participants, participant]
  const comes = isExpertOf(call, participant) && (call.state === 'accepted' || call.state === 'resuming')
  if (!comes) return void change(desk, call, { participants })
  disarm(desk, id, 'join', 'lost')
  const joined = change(desk, call, { participants, state: 'in-call' })
  const code = call.state === 'resuming' ? 'call.expert-back' : 'call.expert-joined'
  desk.note(joined, { code, params: { call: id, expert: call.expert ?? '' } })
}

/** The same expert has a while to come back; who only looked on is not waited for. */
export const onLeft = (desk: CallDesk, { call: id, participant }: InCall) => {
  const call = desk.calls.get(id)
  if (call === undefined || !call.participants.includes(participant)) return
  if (guestLeft(desk, call, participant) !== undefined) return
  const participants = call.participants.filter((one) => one !== participant)
  if (call.state !== 'in-call' || !isExpertOf(call, participant))
    return void change(desk, call, { participants })
  arm(desk, id, { lost: desk.at + desk.plan.lostMs })
  const fallenOut = { participants, state: 'resuming' } as const
  const guest = call.guest && { guest: whileAlone(fallenOut, call.guest) }
  const lost = change(desk, call, { ...fallenOut, ...guest })
  desk.note(lost, { code: 'call.expert-fell-out', params: { call: id, expert: call.expert ?? '' } })
}

type Gone = 'lost' | 'never-came'

/** The next one is called ahead of everybody who waits, with the notes; the case goes on as a new part. */
const passOn = (desk: CallDesk, call: CallRow, why: Gone) => {
  const { expert } = call
  if (expert === null) return
  letGo(desk, expert, why === 'never-came' ? { presence: 'away', reason: null, since: desk.at } : {})
  const tried = triedAlso(call, [{ expert, at: desk.at, why }])
  const segments: readonly Segment[] = endSegment(call, desk.at, why)
  desk.note(call, { code: `call.expert-${why}`, params: { call: call.id, expert } })
  const waiting = waitOn(desk, { ...call, tried, segments, ahead: call.ahead + 1 })
  route(desk, waiting.id)
}

export const onLostOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.state !== 'resuming') return
  if (takeOver(desk, call, { why: 'lost', note: '' }) === undefined)
    return passOn(desk, endGuest(desk, call, { why: 'ended' }), 'lost')
  route(desk)
}

export const onJoinOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.state === 'accepted') passOn(desk, call, 'never-came')
}

interface HangUp {
  readonly call: string
  /** null: who leads the branch, for everybody. */
  readonly participant: string | null
  readonly by: string
}

/** Before the expert stood in it there is nothing to write up. */
export const hangUp = (desk: CallDesk, { call: id, participant, by }: HangUp) => {
  const call = desk.calls.get(id)
  if (call === undefined || isOver(call) || call.state === 'wrap-up') return
  if (participant !== null && participant === guestIn(call)) {
    endGuest(desk, call, { why: 'left' })
    return route(desk)
  }
  const endsIt = participant === null || participant === customerIn(call) || isExpertOf(call, participant)
  if (!endsIt) return onLeft(desk, { call: id, participant })
  if (!isHeld(call) || call.state === 'accepted') {
    end(desk, call, { outcome: 'withdrawn', by })
    return route(desk)
  }
  disarm(desk, id, 'join', 'lost')
  arm(desk, id, { 'wrap-up': desk.at + desk.plan.wrapUpMs })
  const over = change(desk, endGuest(desk, call, { why: 'ended' }), {
    state: 'wrap-up',
    participants: [],
    segments: endSegment(call, desk.at, 'hung-up'),
  })
  desk.note(over, { code: 'call.hung-up', params: { call: id, by } })
  route(desk)
}

export const onGoneOver = (desk: CallDesk, id: string) => {
  const gone = hangUpOfGone(desk, desk.calls.get(id))
  if (gone !== undefined) hangUp(desk, gone)
}
