/** A call begins: who is asked for, for whom, and what of that was known. One open call for one customer's side. */
import type { CallRow } from '#protocol/calls/rows.ts'
import { arm, waitsSince } from './find.ts'
import { end, endUnanswered } from './outcome.ts'
import type { CallDesk } from './port.ts'
import { route } from './ring.ts'
import { couldCome, told, weigh } from './weigh.ts'

export type CallRequest = Pick<
  CallRow,
  | 'escalation'
  | 'reason'
  | 'device'
  | 'askedBy'
  | 'visit'
  | 'ticket'
  | 'service'
  | 'zone'
  | 'language'
  | 'branch'
>

const isSameSide = (call: CallRow, request: CallRequest): boolean => {
  const { device, visit, ticket } = request
  if (device !== null || call.device !== null) return device === call.device
  if (visit !== null && visit === call.visit) return true
  if (ticket !== null && ticket === call.ticket) return true
  const isNobody = (one: CallRequest) => one.visit === null && one.ticket === null
  return isNobody(request) && isNobody(call) && request.askedBy === call.askedBy
}

/** Who was told a moment ago that nobody comes is told the same: a page that asks a hundred times makes one call. */
const tellAgainMs = 60_000

const isJustUnanswered = ({ outcome, since }: CallRow, at: number): boolean =>
  outcome === 'unanswered' && at < since + tellAgainMs

/** One that is only written up is over for the customer: the next one there asks anew. */
const isUnderWay = ({ state }: CallRow): boolean => state !== 'ended' && state !== 'wrap-up'

/** Whoever asks again, from the same kiosk or for the same visitor, has asked already. */
export const sameCall = (
  { calls, at }: Pick<CallDesk, 'calls' | 'at'>,
  request: CallRequest,
): CallRow | undefined =>
  calls.values().find((call) => (isUnderWay(call) || isJustUnanswered(call, at)) && isSameSide(call, request))

/** Somebody who is free is rung at once, and once more where the first does not answer; else it may take the whole patience. */
const promiseOf = (desk: CallDesk, call: CallRow): number => {
  const isFree = weigh(desk, call).some(({ out }) => out === null)
  const { ringMs, patienceMs } = desk.plan
  return desk.at + (isFree ? Math.min(2 * ringMs, patienceMs) : patienceMs)
}

export const newCall = (desk: CallDesk, request: CallRequest): CallRow => {
  const needs = request.service === null ? undefined : desk.plan.needs[request.service]
  return {
    ...request,
    id: desk.id('call'),
    at: desk.at,
    skills: needs?.skills ?? [],
    qualifications: needs?.qualifications ?? [],
    group: needs?.group ?? null,
    state: 'waiting',
    since: desk.at,
    ring: null,
    tried: [],
    expert: null,
    segments: [],
    participants: [],
    notes: '',
    identified: null,
    outcome: null,
    code: null,
    endedBy: null,
    promisedAt: null,
    ahead: 0,
  }
}

/** @returns the call that answers it: a new one, or the one there is. */
export const request = (desk: CallDesk, asked: CallRequest): CallRow => {
  return sameCall(desk, asked) ?? startCall(desk, newCall(desk, asked))
}

export const startCall = (desk: CallDesk, blank: CallRow): CallRow => {
  const call = { ...blank, promisedAt: promiseOf(desk, blank) }
  desk.calls.put(call.id, call)
  desk.changed(call, null)
  const params = {
    call: call.id,
    reason: call.reason,
    withinMs: desk.plan.serviceLevel.withinMs,
    ...(call.group !== null && { group: call.group }),
  }
  desk.note(call, { code: 'call.requested', params })
  if (!couldCome(desk, call)) {
    desk.note(call, { code: 'call.nobody', params: { call: call.id }, weighed: told(weigh(desk, call)) })
    return endUnanswered(desk, call)
  }
  arm(desk, call.id, { patience: waitsSince(call) + desk.plan.patienceMs })
  route(desk, call.id)
  return call
}

export interface Withdrawal {
  readonly call: string
  readonly by: string
  readonly reason: string | null
}

/** Nobody is to come any more: of no use once an expert stands in it, which a hang-up ends. */
export const withdraw = (desk: CallDesk, { call, by, reason }: Withdrawal) => {
  const row = desk.calls.get(call)
  if (row === undefined || !isWithdrawable(row)) return
  if (reason !== null) desk.note(row, { code: 'call.withdrawn', params: { call, by, reason } })
  end(desk, row, { outcome: 'withdrawn', by })
  route(desk)
}

export const isWithdrawable = ({ state }: Pick<CallRow, 'state'>): boolean =>
  state === 'waiting' || state === 'ringing' || state === 'accepted'
