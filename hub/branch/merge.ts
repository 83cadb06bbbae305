/**
 * Two visits that turn out to be one: the tracker says so, or a ticket does. The older goes on and takes over tracks,
 * tickets, marks and, by `visit.merged`, the claims of both; no ticket is lost and nobody is greeted twice.
 */
import { unitedMarks } from '#flows/promoted.ts'
import type { Grade, VisitRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { awayOfTrack, dropAway, trackKey, visitOfTrack } from './tracks.ts'
import { putVisit, visitPrefix } from './visits.ts'

const grades: readonly Grade[] = ['counted', 'tracked', 'known']

const better = (a: Grade, b: Grade): Grade => (grades.indexOf(a) >= grades.indexOf(b) ? a : b)

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]

const united = (from: VisitRow, into: VisitRow): VisitRow => {
  const latest = from.seenAt > into.seenAt && from.zone !== null ? from : into
  return {
    ...into,
    grade: better(from.grade, into.grade),
    zone: latest.zone,
    zoneSince: latest.zoneSince,
    seenAt: Math.max(from.seenAt, into.seenAt),
    since: Math.min(from.since, into.since),
    party: Math.max(from.party, into.party),
    language: into.language ?? from.language,
    segment: into.segment === 'personal' ? from.segment : into.segment,
    tracks: union(into.tracks, from.tracks),
    tickets: union(into.tickets, from.tickets),
    booked: into.booked || from.booked,
    priority: into.priority || from.priority,
    wantsStaff: into.wantsStaff || from.wantsStaff,
    beingServed: into.beingServed || from.beingServed,
    intent: into.intent ?? from.intent,
    marks: unitedMarks(from.marks, into.marks),
  }
}

/** @param left a visit, or one that has just left; @param into a visit that goes on. */
const mergeInto = (turn: Turn, left: VisitRow, into: VisitRow) => {
  const was = turn.state.visits.has(left.id)
  // Of who was away, a ticket may have been forgotten meanwhile, and its number been given to someone else.
  const own = (id: string) => turn.state.tickets.get(id)?.visit === left.id
  const from = { ...left, tickets: left.tickets.filter(own) }
  turn.state.visits.put(into.id, united(from, into))
  turn.state.visits.drop(from.id)
  dropAway(turn.state, from.id)
  turn.clearTimer(`${visitPrefix}${from.id}`, 'silence')
  turn.clearTimer(`${visitPrefix}${from.id}`, 'forget')
  for (const track of from.tracks) turn.state.tracks.put(track, into.id)
  for (const id of from.tickets) {
    const ticket = turn.state.tickets.get(id)
    if (ticket !== undefined) turn.state.tickets.put(id, { ...ticket, visit: into.id })
  }
  for (const device of turn.state.devices.values()) {
    if (device.session?.visit === from.id)
      turn.state.devices.put(device.id, { ...device, session: { ...device.session, visit: into.id } })
  }
  turn.record({ kind: 'visit', visit: from.id, code: 'visit.merged', params: { into: into.id } })
  turn.tell({ type: 'visit.merged', visit: from.id, into: into.id })
  if (was) turn.tell({ type: 'visit.ended', visit: from.id, reason: 'merged' })
}

const isOlder = (a: VisitRow, b: VisitRow) => (a.since !== b.since ? a.since < b.since : a.id < b.id)

/** Of two that are here the older goes on; one that has just left goes on as the one that is here. */
export const mergeVisits = (turn: Turn, a: VisitRow, b: VisitRow): string => {
  if (a.id === b.id) return a.id
  const bothHere = turn.state.visits.has(a.id) && turn.state.visits.has(b.id)
  const keepsFirst = bothHere ? isOlder(a, b) : turn.state.visits.has(a.id)
  const [into, from] = keepsFirst ? [a, b] : [b, a]
  mergeInto(turn, from, into)
  return into.id
}

/** The tracker's own word. A track it never told of before becomes another name of the visit. */
export const onMerged = (turn: Turn, device: string, data: { track: string; into: string }) => {
  const first = trackKey(device, data.track)
  const second = trackKey(device, data.into)
  if (first === second) return
  const one = visitOfTrack(turn.state, first)
  const other = visitOfTrack(turn.state, second)
  if (one !== undefined && other !== undefined) return void mergeVisits(turn, one, other)
  const known = one ?? other
  if (known === undefined) return
  const missing = one === undefined ? first : second
  const away = awayOfTrack(turn.state, missing)
  if (away !== undefined) return void mergeVisits(turn, away, known)
  turn.state.tracks.put(missing, known.id)
  putVisit(turn, known.id, { tracks: union(known.tracks, [missing]) })
}
