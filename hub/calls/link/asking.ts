/**
 * The branch's half: it asks, mirrors what the desk tells of its call, and knows what to do while nobody can be asked. The
 * desk alone rings and says who has it; what the branch ends by itself stays ended, whatever is told later.
 */
import type { Guest } from '#protocol/calls/guest.ts'
import type { Ask, Told } from '#protocol/calls/link.ts'
import type { CallRow, CallState } from '#protocol/calls/rows.ts'
import { callPartyMax } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { hangUpOfGone } from '../away.ts'
import type { CallCommand } from '../commands.ts'
import { change, customerIn, isHeld, isOver } from '../find.ts'
import { giveBack, isForStaff, type ToStaff } from '../lead.ts'
import { end } from '../outcome.ts'
import { callOwner } from '../port.ts'
import { type CallRequest, isWithdrawable, newCall, sameCall, type Withdrawal } from '../request.ts'
import { isNewer, nextRevision } from './revision.ts'
import type { AskedRow, DeskLine, LinkDesk } from './rows.ts'

/** A request that was not heard by then is answered by people on the spot: nobody rings for it any more. */
export const oldAfterMs = 30_000
/** Nothing heard of a call for so long that nobody stands in any more: how it went is asked on the spot. */
const unheardMs = 900_000

const put = (desk: LinkDesk, row: AskedRow, to: Partial<AskedRow>) =>
  desk.links.asked.put(row.escalation, {
    ...row,
    ...to,
    revision: nextRevision(row.revision, desk.epoch),
  })

const rowOf = (desk: Pick<LinkDesk, 'links'>, { escalation }: Pick<CallRow, 'escalation'>) =>
  desk.links.asked.get(escalation)

/** For whoever is with a customer there is nothing to give up; for everybody else somebody on the spot comes. */
const isUnaccepted = ({ state }: CallRow) => state === 'waiting' || state === 'ringing'

const giveUp = (desk: LinkDesk, call: CallRow, why: string) => {
  desk.note(call, { code: 'call.desk-unreachable', params: { call: call.id, why } })
  end(desk, call, { outcome: 'unanswered', by: 'hub' })
  const row = rowOf(desk, call)
  if (row !== undefined) put(desk, row, { over: { by: 'hub' } })
}

/** @returns the call that answers it: a new one, or the one there is. */
export const ask = (desk: LinkDesk, line: DeskLine, asked: CallRequest): CallRow => {
  const known = sameCall(desk, asked)
  if (known !== undefined) return known
  const call = newCall(desk, asked)
  desk.calls.put(call.id, call)
  desk.changed(call, null)
  desk.note(call, { code: 'call.requested', params: { call: call.id, reason: call.reason } })
  if (!line.up || !line.open) {
    giveUp(desk, call, line.up ? 'closed' : 'line')
    return call
  }
  desk.links.asked.put(call.escalation, {
    escalation: call.escalation,
    call: call.id,
    revision: nextRevision(null, desk.epoch),
    heard: null,
    present: [],
    hungUp: null,
    over: null,
    before: 0,
    titles: {},
  })
  return call
}

export const askOf = (row: AskedRow, call: CallRow): Ask => ({
  escalation: row.escalation,
  revision: row.revision,
  isNew: row.heard === null,
  reason: call.reason,
  device: call.device,
  askedBy: call.askedBy,
  visit: call.visit,
  ticket: call.ticket,
  service: call.service,
  zone: call.zone,
  language: call.language,
  present: [...row.present],
  hungUp: row.hungUp,
  over: row.over,
})

/** The two clocks differ; a moment that is known already keeps its value, so that tickets made from it stay the same. */
const hereFrom = (now: number, at: number) => (time: number) => Math.round(time - now + at)

const guestOf = ({ guest }: Told, here: (time: number) => number): Guest | null => {
  if (guest === undefined) return null
  const { ring, at } = guest
  return {
    ...guest,
    at: here(at),
    ring: ring && { ...ring, at: here(ring.at), until: here(ring.until) },
  }
}

const halfOf = (told: Told, call: CallRow, here: (time: number) => number): Partial<CallRow> => ({
  skills: told.skills,
  qualifications: told.qualifications,
  group: told.group,
  ring: told.ring && { ...told.ring, at: here(told.ring.at), until: here(told.ring.until) },
  tried: told.tried.map((one) => ({ ...one, at: here(one.at) })),
  expert: told.expert,
  segments: told.segments.map((part, index) => ({
    ...part,
    from: call.segments[index]?.from ?? here(part.from),
    to: part.to === null ? null : (call.segments[index]?.to ?? here(part.to)),
  })),
  participants: told.participants,
  notes: told.notes,
  identified: told.identified && { by: told.identified.by, at: here(told.identified.at) },
  ahead: told.ahead,
  promisedAt: told.promisedAt === null ? null : here(told.promisedAt),
  guest: guestOf(told, here),
})

type Linked = readonly [AskedRow, CallRow]

/** What passed between two reports is told too: whoever asked waits for the moment in which somebody has it. */
const stepsTo = (call: CallRow, told: Told): readonly CallState[] => {
  const isNew = isUnaccepted(call) && told.segments.length > call.segments.length
  return isNew && told.state !== 'accepted' ? ['accepted', told.state] : [told.state]
}

/** Called off by the line, not by anybody here: whoever sits there is looked after on the spot. */
const outcomeOf = (row: AskedRow, told: Told) => {
  const isOurs = row.over !== null || row.hungUp !== null
  const outcome = told.outcome ?? 'follow-up'
  return outcome === 'withdrawn' && !isOurs ? 'unanswered' : outcome
}

/** What figures of the branch are made from; the rest is on record at the desk. */
const noteStep = (desk: LinkDesk, call: CallRow) => {
  const { id, state, at } = call
  const expert = call.expert ?? ''
  const waitedMs = Math.max(0, desk.at - at)
  if (state === 'accepted') desk.note(call, { code: 'call.accepted', params: { call: id, expert, waitedMs } })
  if (state === 'wrap-up') desk.note(call, { code: 'call.hung-up', params: { call: id, by: expert } })
}

const follow = (desk: LinkDesk, [row, call]: Linked, { told, now }: Report) => {
  const half = halfOf(told, call, hereFrom(now, desk.at))
  let known = call
  for (const state of stepsTo(call, told)) {
    if (state === 'ended') {
      end(desk, change(desk, known, half), {
        outcome: outcomeOf(row, told),
        by: told.endedBy ?? 'hub',
        code: told.code,
        promisedAt: half.promisedAt ?? null,
      })
      return
    }
    const was = known.state
    known = change(desk, known, { ...half, state })
    if (state !== was) noteStep(desk, known)
  }
}

interface Report {
  readonly told: Told
  readonly now: number
}

/** Who hung up here does not stand in the call, or wait, again because of what was told before the desk knew. */
const isBehind = (row: AskedRow, { state }: Told) =>
  row.hungUp !== null && state !== 'wrap-up' && state !== 'ended'

export const onReported = (desk: LinkDesk, report: Report) => {
  const { told } = report
  const row = desk.links.asked.get(told.escalation)
  if (row === undefined || !isNewer(told.revision, row.heard)) return
  const { before, titles } = told
  const heard = { ...row, heard: told.revision, before, titles: { ...row.titles, ...titles } }
  desk.links.asked.put(row.escalation, heard)
  const call = desk.calls.get(row.call)
  if (call === undefined || isOver(call) || isBehind(row, told)) return
  follow(desk, [heard, call], report)
}

const linked = (desk: LinkDesk): readonly Linked[] =>
  desk.links.asked.values().flatMap((row) => {
    const call = desk.calls.get(row.call)
    return call === undefined || isOver(call) ? [] : [[row, call] as const]
  })

const unheard = 'unheard'

export const onLineDown = (desk: LinkDesk) => {
  for (const [, call] of linked(desk))
    if (isUnaccepted(call)) giveUp(desk, call, 'line')
    else desk.setTimer(callOwner(call.id), unheard, desk.at + unheardMs)
}

/** What lay here too long while there was no line does not ring now. */
export const onLineUp = (desk: LinkDesk) => {
  for (const [row, call] of linked(desk)) {
    desk.clearTimer(callOwner(call.id), unheard)
    if (row.heard === null && desk.at - call.at > oldAfterMs) giveUp(desk, call, 'old')
  }
}

/** The desk has lost what it had told: nobody comes for it, and who was there says nothing more. */
export const onKnown = (desk: LinkDesk, known: readonly string[]) => {
  for (const [row, call] of linked(desk)) {
    if (row.heard !== null && !known.includes(row.escalation)) {
      if (isUnaccepted(call)) giveUp(desk, call, 'forgotten')
      else endWithout(desk, call, row)
    }
    // A branch that was restored asks what it asks now, not what it asked later than it remembers.
    else if (row.revision.epoch !== desk.epoch) put(desk, row, {})
  }
}

const endWithout = (desk: LinkDesk, call: CallRow, row: AskedRow) => {
  end(desk, call, { outcome: 'follow-up', by: 'hub' })
  put(desk, row, { over: { by: 'hub' } })
}

export const onKioskGone = (desk: LinkDesk, id: string) => {
  const call = desk.calls.get(id)
  const row = call && rowOf(desk, call)
  if (row === undefined) return
  const gone = hangUpOfGone(desk, call)
  if (gone !== undefined) hangUp(desk, row, gone)
}

export const onUnheard = (desk: LinkDesk, id: string) => {
  const call = desk.calls.get(id)
  const row = call && rowOf(desk, call)
  if (call === undefined || row === undefined || isOver(call)) return
  if (row.present.length === 0) endWithout(desk, call, row)
  else desk.setTimer(callOwner(id), unheard, desk.at + unheardMs)
}

/** The hub has no desk any more: its calls are nobody's. */
export const onNoDesk = (desk: LinkDesk) => {
  for (const [row, call] of linked(desk))
    if (isUnaccepted(call)) giveUp(desk, call, 'none')
    else endWithout(desk, call, row)
}

/** By whoever asked, or because somebody on the spot took it. */
export const takeBack = (desk: LinkDesk, { call: id, by }: Withdrawal) => {
  const call = desk.calls.get(id)
  if (call === undefined || isOver(call) || call.state === 'in-call' || call.state === 'resuming') return
  if (call.state === 'wrap-up') return
  end(desk, call, { outcome: 'withdrawn', by })
  const row = rowOf(desk, call)
  if (row !== undefined) put(desk, row, { over: { by } })
}

/** People on the spot go on with it, whether the desk hears of it now or later. */
const toStaff = (desk: LinkDesk, [row, call]: Linked, { note, by }: Omit<ToStaff, 'call'>) => {
  if (!isForStaff(call)) return
  giveBack(desk, call, { note, by })
  put(desk, row, { over: { by, staff: note } })
}

const leave = (desk: LinkDesk, row: AskedRow, participant: string) =>
  put(desk, row, { present: row.present.filter((one) => one !== participant) })

interface HangUp {
  readonly call: string
  readonly participant: string | null
  readonly by: string
}

const hangUp = (desk: LinkDesk, row: AskedRow, { call: id, participant, by }: HangUp) => {
  const call = desk.calls.get(id)
  if (call === undefined) return
  if (participant !== null && participant !== customerIn(call)) return leave(desk, row, participant)
  if (call.state === 'accepted' || isUnaccepted(call)) return takeBack(desk, { call: id, by, reason: null })
  put(desk, row, {
    present: [],
    hungUp: { participant, by },
  })
  // Who hung up sees it at once; how it went is the expert's to say.
  const over = change(desk, call, { state: 'wrap-up', participants: [] })
  if (call.state !== 'wrap-up') desk.note(over, { code: 'call.hung-up', params: { call: id, by } })
}

/** What people of the branch do in a call; whatever an expert does is done at the desk. */
export const doAsking = (desk: LinkDesk, command: CallCommand) => {
  if (!('call' in command)) return
  const call = desk.calls.get(command.call)
  const row = call && rowOf(desk, call)
  if (call === undefined || row === undefined || isOver(call)) return
  switch (command.name) {
    case 'call.withdraw':
      return takeBack(desk, command)
    case 'call.to-staff':
      return toStaff(desk, [row, call], command)
    case 'call.hang-up':
      return hangUp(desk, row, command)
    case 'call.joined':
      return row.present.some((one) => one === command.participant)
        ? undefined
        : put(desk, row, { present: [...row.present, command.participant] })
    case 'call.left':
      return leave(desk, row, command.participant)
    default:
      return
  }
}

/** @returns why it may not become an entry. What only an expert does is done at the desk. */
export const refuseAsking = (
  { calls }: Pick<LinkDesk, 'calls'>,
  command: CallCommand,
): UsherError | undefined => {
  if (!('call' in command)) return new UsherError('expert.unknown', command.expert)
  const call = calls.get(command.call)
  if (call === undefined) return new UsherError('call.unknown', command.call)
  if (isOver(call)) return new UsherError('call.over', call.id)
  const { name } = command
  if (name === 'call.left') return undefined
  if (name === 'call.joined') {
    if (command.participant.startsWith('expert:')) return new UsherError('call.not-yours', call.id)
    const isNew = !call.participants.includes(command.participant)
    return isNew && call.participants.length >= callPartyMax
      ? new UsherError('call.full', call.id)
      : undefined
  }
  if (name === 'call.hang-up' && isHeld(call)) return undefined
  if (name === 'call.withdraw' && isWithdrawable(call)) return undefined
  if (name === 'call.to-staff' && isForStaff(call)) return undefined
  if (name === 'call.pass-on' || name === 'call.move') return new UsherError('call.far', call.id)
  const isTheirs = name === 'call.hang-up' || name === 'call.withdraw' || name === 'call.to-staff'
  return new UsherError(isTheirs ? 'call.state' : 'call.not-yours', call.id)
}

/** With the call itself goes what was asked. */
export const forgetAsked = (desk: LinkDesk) => {
  for (const row of desk.links.asked.values())
    if (!desk.calls.has(row.call)) desk.links.asked.drop(row.escalation)
}
