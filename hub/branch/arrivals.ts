/**
 * Who comes in. A track makes a tracked visit; a bare count makes one counted visit for a whole burst of arrivals. Two
 * sensors that look at the same door are not two visitors: the larger count holds, and a track explains a count.
 */
import type { EventData } from '#protocol/events.ts'
import type { VisitRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { isLate, noteLate, observedAt } from './news.ts'
import { noteProblem } from './problems.ts'
import { awayOfTrack, dropRole, putRole, roleOfTrack, trackKey, visitOfTrack } from './tracks.ts'
import { endAsRole, leaveVisit, putVisit, returnVisit, seeVisit, startVisit } from './visits.ts'

type Detected = EventData<'visitor.detected'>

interface Burst {
  readonly visit: string
  readonly lastAt: number
  /** By sensor: the same people counted twice are counted once. */
  readonly counts: Readonly<Record<string, number>>
}

const burstKey = (zone: string) => `burst/${zone}`
const trackerKey = (zone: string) => `tracker/${zone}`

const burstOf = (turn: Turn, zone: string) => turn.state.meta.get(burstKey(zone)) as Burst | undefined

/** The burst of arrivals this moment belongs to, with its visit. */
const openBurst = (turn: Turn, zone: string, at: number) => {
  const burst = burstOf(turn, zone)
  const visit = burst && turn.state.visits.get(burst.visit)
  return burst && visit && at - burst.lastAt <= turn.settings.burstMs ? { burst, visit } : undefined
}

const largest = (counts: Readonly<Record<string, number>>) => Math.max(0, ...Object.values(counts))

/** How many came in in this minute and in the one before: the rate of arrivals without looking at every visit. */
const noteArrivals = (turn: Turn, zone: string, people: number) => {
  const row = turn.state.zones.get(zone)
  if (row === undefined) return
  const minute = Math.floor(turn.at / 60_000)
  const was = row.arrivals ?? { minute, count: 0, before: 0 }
  const before = was.minute === minute ? was.before : was.minute === minute - 1 ? was.count : 0
  const count = (was.minute === minute ? was.count : 0) + people
  turn.state.zones.put(zone, { ...row, arrivals: { minute, count, before } })
}

const onCounted = (turn: Turn, device: string, data: Detected) => {
  const at = observedAt(turn, data)
  const { zone } = data
  const count = data.count ?? 1
  const tracker = turn.state.meta.get(trackerKey(zone))
  if (
    tracker !== undefined &&
    tracker['sensor'] !== device &&
    Math.abs(at - Number(tracker['at'])) <= turn.settings.burstMs
  ) {
    turn.record({ kind: 'visit', device, zone, code: 'visit.double-count', params: { count } })
    return
  }
  const open = openBurst(turn, zone, at)
  const counts = open?.burst.counts ?? {}
  const nextCounts = { ...counts, [device]: (counts[device] ?? 0) + count }
  const party = largest(nextCounts)
  const visit =
    open?.visit ??
    startVisit(turn, {
      grade: 'counted',
      zone,
      since: at,
      party,
      language: data.language ?? null,
      track: null,
    })
  const lastAt = Math.max(at, open?.burst.lastAt ?? at)
  turn.state.meta.put(burstKey(zone), { visit: visit.id, lastAt, counts: nextCounts })
  const grown = party - largest(counts)
  if (open !== undefined)
    putVisit(turn, visit.id, {
      party: Math.max(visit.party, party),
      seenAt: Math.max(visit.seenAt, lastAt),
    })
  if (grown > 0) noteArrivals(turn, zone, grown)
  if (grown > 0) turn.tell({ type: 'arrivals.counted', zone, count: grown, visit: visit.id })
}

/** A track that begins where another sensor has just counted someone is that someone. */
const joinBurst = (turn: Turn, device: string, data: Detected & { track: string }): boolean => {
  const open = openBurst(turn, data.zone, observedAt(turn, data))
  if (open === undefined || open.burst.counts[device] !== undefined) return false
  const { visit } = open
  if (visit.tracks.length >= visit.party) return false
  const track = trackKey(device, data.track)
  turn.state.tracks.put(track, visit.id)
  putVisit(turn, visit.id, {
    grade: visit.grade === 'counted' ? 'tracked' : visit.grade,
    tracks: [...visit.tracks, track],
    seenAt: Math.max(visit.seenAt, observedAt(turn, data)),
    language: data.language ?? visit.language,
  })
  turn.record({ kind: 'visit', visit: visit.id, device, zone: data.zone, code: 'visit.tracked' })
  return true
}

/** @returns what is known of the track: its visit, brought back where it had just left. */
const knownVisit = (turn: Turn, track: string, zone: string): VisitRow | undefined => {
  const present = visitOfTrack(turn.state, track)
  if (present !== undefined) return present
  const away = awayOfTrack(turn.state, track)
  return away === undefined ? undefined : returnVisit(turn, away, zone)
}

/** To the second: a rush does not rewrite the row with every arrival. */
const noteTracker = (turn: Turn, sensor: string, { zone, at }: { zone: string; at: number }) => {
  const known = turn.state.meta.get(trackerKey(zone))
  if (known?.['sensor'] !== sensor || Math.abs(at - Number(known['at'])) >= 1_000)
    turn.state.meta.put(trackerKey(zone), { sensor, at })
}

const onTracked = (turn: Turn, device: string, data: Detected & { track: string }) => {
  const at = observedAt(turn, data)
  const track = trackKey(device, data.track)
  const visit = knownVisit(turn, track, data.zone)
  if (visit !== undefined) {
    seeVisit(turn, visit, { zone: data.zone, at })
    if (data.language !== undefined) putVisit(turn, visit.id, { language: data.language })
    return
  }
  noteTracker(turn, device, { zone: data.zone, at })
  if (joinBurst(turn, device, data)) return
  noteArrivals(turn, data.zone, data.count ?? 1)
  startVisit(turn, {
    grade: 'tracked',
    zone: data.zone,
    since: at,
    party: data.count ?? 1,
    language: data.language ?? null,
    track,
  })
}

/** Staff, guards and couriers are not visitors: by what the sensor says, or by where only staff come. */
const roleOf = (turn: Turn, data: { zone: string; role?: Detected['role'] }): string | undefined => {
  if (data.role !== undefined && data.role !== 'visitor') return data.role
  return turn.state.zones.get(data.zone)?.staffOnly === true ? 'staff' : undefined
}

const setRole = (turn: Turn, track: string, role: string) => {
  const visit = visitOfTrack(turn.state, track)
  if (visit !== undefined) endAsRole(turn, visit, role)
  else putRole(turn, track, role)
}

const checkZone = (turn: Turn, device: string, zone: string): boolean => {
  if (turn.state.zones.has(zone)) return true
  noteProblem(turn, 'zone.unknown', { device, name: zone })
  return false
}

export const onDetected = (turn: Turn, device: string, data: Detected) => {
  if (!checkZone(turn, device, data.zone)) return
  if (isLate(turn, data)) return noteLate(turn, { device, zone: data.zone }, data)
  const track = data.track === undefined ? undefined : trackKey(device, data.track)
  const role = roleOf(turn, data)
  if (role !== undefined) {
    if (track !== undefined) setRole(turn, track, role)
    return
  }
  if (data.direction === 'out') {
    if (data.track !== undefined)
      onLeft(turn, device, { track: data.track, observedAgoMs: data.observedAgoMs })
    return
  }
  if (track === undefined || data.track === undefined) return onCounted(turn, device, data)
  if (data.role === 'visitor') dropRole(turn, track)
  const known = roleOfTrack(turn.state, track)
  if (known !== undefined) return putRole(turn, track, known)
  onTracked(turn, device, { ...data, track: data.track })
}

export const onMoved = (turn: Turn, device: string, data: EventData<'visitor.moved'>) => {
  if (!checkZone(turn, device, data.zone)) return
  if (isLate(turn, data)) return noteLate(turn, { device, zone: data.zone }, data)
  const track = trackKey(device, data.track)
  const role = roleOfTrack(turn.state, track) ?? roleOf(turn, data)
  if (role !== undefined) return setRole(turn, track, role)
  onTracked(turn, device, data)
}

/** Without a track nobody knows who of the counted left; their visit ends by silence. */
export const onLeft = (
  turn: Turn,
  device: string,
  data: { track?: string | undefined; observedAgoMs?: number | undefined },
) => {
  if (data.track === undefined) return
  const track = trackKey(device, data.track)
  const visit = visitOfTrack(turn.state, track)
  // Seen since by someone: the news of leaving is overtaken.
  if (visit !== undefined && observedAt(turn, data) >= visit.seenAt) leaveVisit(turn, visit, track)
}
