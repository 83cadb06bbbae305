/** What sensors say of a place as a whole: how many are there, and that someone lingers. */
import type { EventData } from '#protocol/events.ts'
import { fresh } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { periodMs } from './manifests.ts'
import { isLate, noteLate, observedAt } from './news.ts'
import { noteProblem } from './problems.ts'
import { trackKey, visitOfTrack } from './tracks.ts'
import { seeVisit } from './visits.ts'

export const onZoneCount = (turn: Turn, device: string, data: EventData<'zone.count'>) => {
  const zone = turn.state.zones.get(data.zone)
  if (zone === undefined) return noteProblem(turn, 'zone.unknown', { device, name: data.zone })
  const at = observedAt(turn, data)
  if (zone.count !== null && at < zone.count.at) return
  const was = fresh(zone.count, turn.at)
  const staleAt = at + periodMs(turn.state, device, 'zone.count')
  turn.state.zones.put(zone.id, { ...zone, count: { value: data.count, at, staleAt } })
  if (staleAt >= turn.at && was !== data.count)
    turn.tell({ type: 'zone.counted', zone: zone.id, count: data.count })
}

export const onDwell = (turn: Turn, device: string, data: EventData<'zone.dwell'>) => {
  if (!turn.state.zones.has(data.zone)) return noteProblem(turn, 'zone.unknown', { device, name: data.zone })
  if (isLate(turn, data)) return noteLate(turn, { device, zone: data.zone }, data)
  const track = data.track === undefined ? undefined : trackKey(device, data.track)
  const visit = track === undefined ? undefined : visitOfTrack(turn.state, track)
  const at = observedAt(turn, data)
  if (visit !== undefined) {
    // They have been seen elsewhere since: nobody lingers there any more.
    if (at < visit.seenAt && visit.zone !== data.zone) return
    seeVisit(turn, visit, { zone: data.zone, at })
  }
  turn.tell({ type: 'zone.dwelled', zone: data.zone, visit: visit?.id ?? null, dwellMs: data.dwellMs })
}
