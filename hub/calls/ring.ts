/**
 * Rings: one expert, or all of a group that rings together, are held until somebody accepts, everybody said no, or the
 * time is over. The hub alone says who was first.
 */
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import {
  arm,
  change,
  changeExpert,
  disarm,
  hold,
  letGo,
  triedAlso,
  waitingCalls,
  waitsSince,
} from './find.ts'
import { endUnanswered } from './outcome.ts'
import { type CallDesk, expertOwner } from './port.ts'
import { type Candidate, relaxesAt, told, weigh } from './weigh.ts'

export const ringOf = (desk: CallDesk, candidates: readonly Candidate[]): readonly string[] => {
  const [best] = candidates
  if (best === undefined) return []
  const ringsAll = desk.plan.groups.find(({ id }) => id === best.group)?.ringsAll ?? false
  return ringsAll ? candidates.filter(({ group }) => group === best.group).map(({ id }) => id) : [best.id]
}

export const begin = (desk: CallDesk, call: CallRow, experts: readonly string[]): CallRow => {
  const until = desk.at + desk.plan.ringMs
  const ring = { id: desk.id('ring'), experts, at: desk.at, until }
  for (const expert of experts) hold(desk, expert, call.id)
  disarm(desk, call.id, 'relax')
  arm(desk, call.id, { ring: until })
  return change(desk, call, { state: 'ringing', ring })
}

const look = (desk: CallDesk, call: CallRow, isNoted: boolean) => {
  const candidates = weigh(desk, call)
  const fit = candidates.filter(({ out }) => out === null)
  const experts = ringOf(desk, fit)
  const first = experts[0]
  if (first !== undefined) {
    const params = { call: call.id, expert: first, ...(experts.length > 1 && { ringing: experts.length }) }
    desk.note(begin(desk, call, experts), { code: 'call.rings', params, weighed: told(candidates) })
    return
  }
  if (isNoted) desk.note(call, { code: 'call.nobody', params: { call: call.id }, weighed: told(candidates) })
  const next = relaxesAt(desk, call)
  if (next !== undefined) arm(desk, call.id, { relax: next })
}

const isAnybodyFree = ({ experts }: CallDesk) =>
  experts.values().some(({ call, online, presence }) => call === null && online && presence === 'available')

/** Whoever waits first is looked after first. @param noted the call for which also "nobody" is put on record. */
export const route = (desk: CallDesk, noted?: string) => {
  for (const { id } of waitingCalls(desk)) {
    const call = desk.calls.get(id)
    if (call === undefined || (id !== noted && !isAnybodyFree(desk))) continue
    look(desk, call, id === noted)
  }
}

/** Nobody has it: it waits on in its place, or, where the customer waits long enough, is told so. */
export const waitOn = (desk: CallDesk, call: CallRow): CallRow => {
  disarm(desk, call.id, 'ring', 'join', 'lost')
  const waiting = change(desk, call, { state: 'waiting', ring: null, expert: null })
  const patience = waitsSince(waiting) + desk.plan.patienceMs
  if (desk.at >= patience) return endUnanswered(desk, waiting)
  arm(desk, waiting.id, { patience })
  return waiting
}

const missedRow = (desk: CallDesk, { missed }: ExpertRow): Partial<ExpertRow> => {
  const count = missed + 1
  const isAway = count >= desk.plan.missedMax
  return { missed: count, ...(isAway && { presence: 'away', reason: null, since: desk.at }) }
}

/** Missed in a row too often: nobody sits there. */
export const noteMissed = (desk: CallDesk, call: CallRow, expert: string) => {
  const row = desk.experts.get(expert)
  if (row === undefined) return
  const missed = missedRow(desk, row)
  letGo(desk, expert, missed)
  desk.note(call, { code: 'call.missed', params: { call: call.id, expert } })
  if (missed.presence !== undefined)
    desk.noteExpert(expert, { code: 'expert.set-away', params: { expert, missed: missed.missed ?? 0 } })
}

export const onRingOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call?.state !== 'ringing' || call.ring === null) return
  const { experts } = call.ring
  for (const expert of experts) noteMissed(desk, call, expert)
  const tried = triedAlso(
    call,
    experts.map((expert) => ({ expert, at: desk.at, why: 'missed' as const })),
  )
  waitOn(desk, { ...call, tried })
  route(desk, id)
}

/** One is out of the ring; the others go on ringing, and after the last of them somebody else is asked. */
export const leaveRing = (
  desk: CallDesk,
  call: CallRow,
  {
    expert,
    why,
    to = {},
  }: { expert: string; why: 'declined' | 'snoozed' | 'missed'; to?: Partial<ExpertRow> },
) => {
  if (call.ring === null) return
  letGo(desk, expert, to)
  const experts = call.ring.experts.filter((one) => one !== expert)
  const tried = triedAlso(call, [{ expert, at: desk.at, why }])
  if (experts.length > 0) change(desk, call, { tried, ring: { ...call.ring, experts } })
  else waitOn(desk, { ...call, tried })
  route(desk, call.id)
}

const ringing = (desk: CallDesk, { call, ring, by }: OfRing): CallRow | undefined => {
  const row = desk.calls.get(call)
  return row?.state === 'ringing' && row.ring?.id === ring && row.ring.experts.includes(by) ? row : undefined
}

export interface OfRing {
  readonly call: string
  readonly ring: string
  /** The expert. */
  readonly by: string
}

/** Whoever is first has it; for the others it stops, and is no ring that they missed. */
export const accept = (desk: CallDesk, asked: OfRing) => {
  const call = ringing(desk, asked)
  if (call === undefined) return
  for (const expert of call.ring?.experts ?? []) if (expert !== asked.by) letGo(desk, expert)
  changeExpert(desk, asked.by, { missed: 0, snoozedUntil: null })
  desk.clearTimer(expertOwner(asked.by), 'snooze')
  disarm(desk, call.id, 'ring', 'patience', 'relax')
  arm(desk, call.id, { join: desk.at + desk.plan.joinMs })
  const part = { expert: asked.by, from: desk.at, to: null, why: null }
  const accepted = change(desk, call, {
    state: 'accepted',
    ring: null,
    expert: asked.by,
    segments: [...call.segments, part],
    promisedAt: null,
  })
  const waitedMs = desk.at - waitsSince(call)
  const group = desk.plan.people.find(({ id }) => id === asked.by)?.group
  const params = { call: call.id, expert: asked.by, waitedMs, ...(group !== undefined && { group }) }
  desk.note(accepted, { code: 'call.accepted', params })
  route(desk)
}

export const decline = (desk: CallDesk, asked: OfRing & { readonly reason: string | null }) => {
  const call = ringing(desk, asked)
  if (call === undefined) return
  const why = asked.reason === null ? {} : { reason: asked.reason }
  desk.note(call, { code: 'call.declined', params: { call: call.id, expert: asked.by, ...why } })
  leaveRing(desk, call, { expert: asked.by, why: 'declined', to: { missed: 0 } })
}

export const snooze = (desk: CallDesk, asked: OfRing & { readonly forMs: number }) => {
  const call = ringing(desk, asked)
  if (call === undefined) return
  const until = desk.at + asked.forMs
  desk.setTimer(expertOwner(asked.by), 'snooze', until)
  desk.note(call, { code: 'call.snoozed', params: { call: call.id, expert: asked.by, forMs: asked.forMs } })
  leaveRing(desk, call, { expert: asked.by, why: 'snoozed', to: { snoozedUntil: until, missed: 0 } })
}

export const onSnoozeOver = (desk: CallDesk, expert: string) => {
  changeExpert(desk, expert, { snoozedUntil: null })
  route(desk)
}
