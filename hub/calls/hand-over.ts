/** One expert hands a call to another, or to whoever of a group is free: the notes go along, the customer stays. */
import type { CallRow } from '#protocol/calls/rows.ts'
import { disarm, endSegment, expertIn, joinNotes, letGo, triedAlso } from './find.ts'
import { isGuest, takeOver } from './guest.ts'
import type { CallDesk } from './port.ts'
import { begin, route, waitOn } from './ring.ts'
import { weigh } from './weigh.ts'

export interface HandOver {
  readonly call: string
  readonly group: string | null
  readonly expert: string | null
  readonly note: string
  readonly by: string
}

/** Ahead of everybody who waits for the first time. */
const release = (desk: CallDesk, call: CallRow, { group, note }: HandOver): CallRow => {
  const from = call.expert ?? ''
  letGo(desk, from, { idleSince: desk.at })
  disarm(desk, call.id, 'join', 'lost')
  return waitOn(desk, {
    ...call,
    ahead: call.ahead + 1,
    group,
    notes: joinNotes(call.notes, note),
    tried: triedAlso(call, [{ expert: from, at: desk.at, why: 'handed-over' }]),
    segments: endSegment(call, desk.at, 'handed-over'),
    participants: call.participants.filter((one) => one !== expertIn(from)),
  })
}

/** Whether that expert can be rung now. The language and skills are the giver's own judgement; licences are not. */
export const mayReceive = (
  { plan, experts }: Pick<CallDesk, 'plan' | 'experts'>,
  call: CallRow,
  expert: string,
): boolean => {
  const relaxed = { plan, experts, at: Number.MAX_SAFE_INTEGER }
  return weigh(relaxed, { ...call, group: null }).some(({ id, out }) => id === expert && out === null)
}

export const handOver = (desk: CallDesk, asked: HandOver) => {
  const call = desk.calls.get(asked.call)
  if (call?.state === 'in-call' && call.expert === asked.by) giveTo(desk, call, asked)
}

/** @param asked by its expert, or by somebody for him */
export const giveTo = (desk: CallDesk, call: CallRow, asked: HandOver) => {
  // Who is there already has it at once.
  if (asked.expert !== null && isGuest(call, asked.expert)) {
    takeOver(desk, call, { why: 'handed-over', note: asked.note })
    return route(desk)
  }
  const to = asked.expert ?? asked.group ?? ''
  const waiting = release(desk, call, asked)
  desk.note(waiting, { code: 'call.handed-over', params: { call: call.id, by: asked.by, to } })
  if (asked.expert !== null && mayReceive(desk, waiting, asked.expert)) {
    const params = { call: call.id, expert: asked.expert }
    const rung = begin(desk, waiting, [asked.expert])
    desk.note(rung, { code: 'call.rings-named', params })
  }
  route(desk, call.id)
}
