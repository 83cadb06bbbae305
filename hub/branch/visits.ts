/**
 * The life of a visit: it starts with someone seen, moves, and ends when they leave, fall silent or turn out to be no
 * visitor. Who comes back by the same track within the re-entry time is the same visit. Nothing is kept but its fields,
 * and those leave memory once nobody can come back to them.
 */
import type { Grade, VisitRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { awayVisit, dropAway, putAway, putRole } from './tracks.ts'

export const visitPrefix = 'branch/visit/'

/** Being served at a kiosk keeps a visit whose track is silent for this long and no longer. */
const servedSilenceMs = 1_800_000

export interface NewVisit {
  readonly grade: Grade
  readonly zone: string
  readonly since: number
  readonly party: number
  readonly language: string | null
  readonly track: string | null
}

export const startVisit = (turn: Turn, made: NewVisit): VisitRow => {
  const row: VisitRow = {
    id: turn.id('v'),
    grade: made.grade,
    zone: made.zone,
    since: made.since,
    zoneSince: made.since,
    seenAt: made.since,
    party: made.party,
    language: made.language,
    segment: 'personal',
    tracks: made.track === null ? [] : [made.track],
    tickets: [],
    booked: false,
    priority: false,
    wantsStaff: false,
    beingServed: false,
    intent: null,
    marks: {},
  }
  turn.state.visits.put(row.id, row)
  if (made.track !== null) turn.state.tracks.put(made.track, row.id)
  begin(turn, row, 'visit.started')
  return row
}

const begin = (turn: Turn, row: VisitRow, code: 'visit.started' | 'visit.returned') => {
  const { id, grade, party } = row
  const zone = row.zone ?? ''
  armSilence(turn, row)
  turn.record({ kind: 'visit', visit: id, zone, code, params: { grade, party } })
  turn.tell({ type: 'visit.started', visit: id, zone, grade, party })
}

export const putVisit = (turn: Turn, id: string, change: Partial<VisitRow>) => {
  const row = turn.state.visits.get(id)
  if (row !== undefined) turn.state.visits.put(id, { ...row, ...change })
}

/** The visit that had just left goes on, with all that was known; its claims were never released. */
export const returnVisit = (turn: Turn, away: VisitRow, zone: string): VisitRow => {
  // A ticket may have ended and been forgotten meanwhile, and its number been given to someone else.
  const tickets = away.tickets.filter((id) => turn.state.tickets.get(id)?.visit === away.id)
  const row = { ...away, tickets, zone, zoneSince: turn.at, seenAt: turn.at }
  dropAway(turn.state, row.id)
  turn.clearTimer(`${visitPrefix}${row.id}`, 'forget')
  turn.state.visits.put(row.id, row)
  begin(turn, row, 'visit.returned')
  return row
}

/** @param at when it was observed; what is older than the last sighting says nothing about where the visitor is. */
export const seeVisit = (turn: Turn, visit: VisitRow, seen: { zone: string; at: number }) => {
  if (seen.at < visit.seenAt) return
  const moved = seen.zone !== visit.zone
  putVisit(turn, visit.id, {
    seenAt: seen.at,
    ...(moved && { zone: seen.zone, zoneSince: seen.at }),
  })
  if (moved) turn.tell({ type: 'visit.moved', visit: visit.id, zone: seen.zone, from: visit.zone })
}

/** Ends it. Those who left may come back by their track; their row waits aside for that long. */
export const endVisit = (turn: Turn, visit: VisitRow, reason: 'left' | 'silent' | 'role') => {
  turn.state.visits.drop(visit.id)
  turn.clearTimer(`${visitPrefix}${visit.id}`, 'silence')
  const mayReturn = reason !== 'role' && visit.tracks.length > 0
  if (mayReturn) {
    putAway(turn.state, { ...visit, zone: null, beingServed: false })
    turn.setTimer(`${visitPrefix}${visit.id}`, 'forget', {
      deadline: turn.at + turn.settings.reentryMs,
      graced: false,
    })
  } else forgetVisit(turn, visit)
  const about = visit.zone === null ? {} : { zone: visit.zone }
  const params = { lastedMs: turn.at - visit.since }
  turn.record({ kind: 'visit', visit: visit.id, ...about, code: `visit.ended-${reason}`, params })
  turn.tell({ type: 'visit.ended', visit: visit.id, reason })
}

/** One track of a group left: the group is smaller by one. The last one takes the visit with it. */
export const leaveVisit = (turn: Turn, visit: VisitRow, track: string) => {
  if (visit.party <= 1 || visit.tracks.length <= 1) return endVisit(turn, visit, 'left')
  turn.state.tracks.drop(track)
  putVisit(turn, visit.id, {
    party: visit.party - 1,
    tracks: visit.tracks.filter((one) => one !== track),
  })
}

export const endAsRole = (turn: Turn, visit: VisitRow, role: string) => {
  for (const track of visit.tracks) putRole(turn, track, role)
  endVisit(turn, visit, 'role')
}

/** Nobody can come back to it any more: tracks lead nowhere, tickets belong to nobody. */
const forgetVisit = (turn: Turn, visit: VisitRow) => {
  for (const track of visit.tracks)
    if (turn.state.tracks.get(track) === visit.id) turn.state.tracks.drop(track)
  for (const id of visit.tickets) {
    const ticket = turn.state.tickets.get(id)
    if (ticket?.visit === visit.id) turn.state.tickets.put(id, { ...ticket, visit: null })
  }
  dropAway(turn.state, visit.id)
}

export const onVisitForget = (turn: Turn, id: string) => {
  const away = awayVisit(turn.state, id)
  if (away !== undefined) forgetVisit(turn, away)
}

/** Set once at the start and looked at when due, so that a sighting costs no timer. */
const armSilence = (turn: Turn, visit: VisitRow) =>
  turn.setTimer(`${visitPrefix}${visit.id}`, 'silence', {
    deadline: visit.seenAt + turn.settings.visitSilenceMs,
    graced: false,
  })

const holdsOpenTicket = (turn: Turn, visit: VisitRow) =>
  visit.tickets.some((id) => {
    const ticket = turn.state.tickets.get(id)
    return ticket !== undefined && ticket.state !== 'ended'
  })

export const onVisitSilence = (turn: Turn, id: string) => {
  const visit = turn.state.visits.get(id)
  if (visit === undefined) return
  const silentMs = turn.at - visit.seenAt
  const present = holdsOpenTicket(turn, visit) || (visit.beingServed && silentMs < servedSilenceMs)
  if (silentMs < turn.settings.visitSilenceMs) armSilence(turn, visit)
  else if (present) armSilence(turn, { ...visit, seenAt: turn.at })
  else endVisit(turn, visit, 'silent')
}
