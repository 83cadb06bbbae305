/** What the expert leaves behind: notes, that the customer was identified, and how it ended. */
import type { CallEnding, ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { arm, change } from './find.ts'
import { isGuest } from './guest.ts'
import { end } from './outcome.ts'
import type { CallDesk } from './port.ts'
import { route } from './ring.ts'

interface OfCall {
  readonly call: string
  readonly by: string
}

/** So many times the usual: then the next customer is more important than the notes. */
const longestTimes = 5

export const endingOf = ({ codes }: ExpertDesk, code: string): CallEnding | undefined =>
  codes.find(({ id }) => id === code)?.ending

export const note = (desk: CallDesk, { call, notes }: OfCall & { readonly notes: string }) => {
  const row = desk.calls.get(call)
  if (row !== undefined && row.notes !== notes) change(desk, row, { notes })
}

/** Kept apart: two who write at once write over nobody's words, also where the call became theirs meanwhile. */
export const guestNote = (desk: CallDesk, { call, notes, by }: OfCall & { readonly notes: string }) => {
  const row = desk.calls.get(call)
  if (row?.guest != null && isGuest(row, by)) change(desk, row, { guest: { ...row.guest, notes } })
}

export const identify = (desk: CallDesk, { call, by }: OfCall) => {
  const row = desk.calls.get(call)
  if (row === undefined) return
  change(desk, row, { identified: { by, at: desk.at } })
  desk.note(row, { code: 'call.identified', params: { call, by } })
}

interface WrapUp extends OfCall {
  readonly code: string
  readonly notes: string
}

export const wrapUp = (desk: CallDesk, { call, code, notes, by }: WrapUp) => {
  const row = desk.calls.get(call)
  const outcome = endingOf(desk.plan, code)
  if (row?.state !== 'wrap-up' || outcome === undefined) return
  const promisedAt = outcome === 'call-back' ? desk.at + desk.plan.callBackMs : null
  end(desk, { ...row, notes }, { outcome, code, by, promisedAt })
  route(desk)
}

export const longestWrapUp = ({ wrapUpMs }: ExpertDesk): number => longestTimes * wrapUpMs

export const moreTime = (desk: CallDesk, { call }: OfCall) => {
  const row = desk.calls.get(call)
  if (row?.state !== 'wrap-up') return
  const { wrapUpMs } = desk.plan
  arm(desk, call, { 'wrap-up': Math.min(desk.at + wrapUpMs, row.since + longestWrapUp(desk.plan)) })
}

/** Nobody said how it went: somebody on the spot asks. */
export const onWrapUpOver = (desk: CallDesk, id: string) => {
  const row = desk.calls.get(id)
  if (row?.state !== 'wrap-up') return
  desk.note(row, { code: 'call.not-written-up', params: { call: id, expert: row.expert ?? '' } })
  end(desk, row, { outcome: 'follow-up', by: 'hub' })
  route(desk)
}
