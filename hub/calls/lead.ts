/**
 * What whoever leads experts, or the branch, does about the calls of others: moves one that waits to another group, hands one
 * over, or has people on the spot go on with it.
 */
import type { CallRow } from '#protocol/calls/rows.ts'
import { arm, change, disarm, joinNotes, letGo, waitsSince } from './find.ts'
import { giveTo } from './hand-over.ts'
import { end } from './outcome.ts'
import type { CallDesk } from './port.ts'
import { route } from './ring.ts'

export interface Move {
  readonly call: string
  readonly group: string
  readonly by: string
}

export const isMovable = ({ state }: Pick<CallRow, 'state'>): boolean =>
  state === 'waiting' || state === 'ringing'

/** In its place of the queue. What rings stops, and is no ring that anybody missed; there is time for another one. */
export const moveCall = (desk: CallDesk, { call: id, group, by }: Move) => {
  const call = desk.calls.get(id)
  if (call === undefined || !isMovable(call)) return
  for (const expert of call.ring?.experts ?? []) letGo(desk, expert)
  disarm(desk, id, 'ring', 'relax')
  const { patienceMs, ringMs } = desk.plan
  arm(desk, id, { patience: Math.max(waitsSince(call) + patienceMs, desk.at + ringMs) })
  const moved = change(desk, call, { state: 'waiting', ring: null, group })
  desk.note(moved, { code: 'call.moved', params: { call: id, group, by } })
  route(desk, id)
}

export interface PassOn {
  readonly call: string
  readonly group: string | null
  readonly expert: string | null
  readonly note: string
  readonly by: string
}

/** For its expert, who is out of it at once and has nothing to write up. */
export const passCallOn = (desk: CallDesk, { by, ...asked }: PassOn) => {
  const call = desk.calls.get(asked.call)
  if (call?.state !== 'in-call' || call.expert === null) return
  giveTo(desk, call, { ...asked, by })
}

export interface ToStaff {
  readonly call: string
  readonly note: string
  readonly by: string
}

export const isForStaff = ({ state }: Pick<CallRow, 'state'>): boolean =>
  state !== 'wrap-up' && state !== 'ended'

/** Somebody of the branch is sent, with what was written down; the expert is free. */
export const giveBack = (desk: CallDesk, call: CallRow, { note, by }: Omit<ToStaff, 'call'>) => {
  desk.note(call, { code: 'call.to-staff', params: { call: call.id, by } })
  end(desk, { ...call, notes: joinNotes(call.notes, note) }, { outcome: 'follow-up', by })
}

export const toStaff = (desk: CallDesk, { call: id, ...said }: ToStaff) => {
  const call = desk.calls.get(id)
  if (call === undefined || !isForStaff(call)) return
  giveBack(desk, call, said)
  route(desk)
}
