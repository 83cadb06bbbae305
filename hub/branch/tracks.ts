/**
 * Which visit a sensor's track is. A track leads to a visit, to one that has just left and may come back, or to
 * someone who is no visitor at all.
 */
import type { VisitRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'

export const rolePrefix = 'branch/role/'

const awayKey = (visit: string) => `away/${visit}`
const roleKey = (track: string) => `role/${track}`

export const trackKey = (sensor: string, track: string) => `${sensor}/${track}`

/** The track an act was seen under: by the camera it names, or by the device itself. */
export const trackOfAct = (
  device: string,
  act: { readonly track?: string | undefined; readonly camera?: string | undefined },
): string | undefined => (act.track === undefined ? undefined : trackKey(act.camera ?? device, act.track))

export const visitOfTrack = (state: BranchState, track: string): VisitRow | undefined => {
  const id = state.tracks.get(track)
  return id === undefined ? undefined : state.visits.get(id)
}

/** Someone who left a moment ago, with everything that was known of the visit. */
export const awayVisit = (state: BranchState, id: string): VisitRow | undefined =>
  state.meta.get(awayKey(id))?.['visit'] as VisitRow | undefined

export const awayOfTrack = (state: BranchState, track: string): VisitRow | undefined => {
  const id = state.tracks.get(track)
  return id === undefined ? undefined : awayVisit(state, id)
}

export const putAway = (state: BranchState, visit: VisitRow) => state.meta.put(awayKey(visit.id), { visit })

export const dropAway = (state: BranchState, id: string) => state.meta.drop(awayKey(id))

export const roleOfTrack = (state: BranchState, track: string): string | undefined =>
  state.meta.get(roleKey(track))?.['role'] as string | undefined

/** Staff, guards and couriers stay what they are for as long as their track lives. */
export const putRole = (turn: Turn, track: string, role: string) => {
  const known = turn.state.meta.get(roleKey(track))
  turn.state.meta.put(roleKey(track), { role, seenAt: turn.at })
  if (known === undefined) armRole(turn, track, turn.at)
}

export const dropRole = (turn: Turn, track: string) => {
  turn.state.meta.drop(roleKey(track))
  turn.clearTimer(`${rolePrefix}${track}`, 'forget')
}

const armRole = (turn: Turn, track: string, seenAt: number) =>
  turn.setTimer(`${rolePrefix}${track}`, 'forget', {
    deadline: seenAt + turn.settings.visitSilenceMs,
    graced: false,
  })

export const onRoleForget = (turn: Turn, track: string) => {
  const seenAt = Number(turn.state.meta.get(roleKey(track))?.['seenAt'] ?? 0)
  if (turn.at - seenAt >= turn.settings.visitSilenceMs) turn.state.meta.drop(roleKey(track))
  else armRole(turn, track, seenAt)
}
