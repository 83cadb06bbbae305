/**
 * Mode, pause and stop of all movement. An emergency is begun by a person or a local input and ended by hand only;
 * what the calendar asks for meanwhile is where the branch returns to.
 */
import type { EventData } from '#protocol/events.ts'
import type { Mode } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { refreshConfigs } from './device-config.ts'
import { branchOf, putBranch } from './rows.ts'

export const pauseOwner = 'branch/pause'

/**
 * Alarms that put the branch into emergency by themselves. A hold-up alarm is silent on purpose, and a medical one
 * needs a person, not an empty lobby: both are told to the flows only.
 */
const emergencyAlarms: ReadonlySet<string> = new Set(['fire', 'intrusion'])

const apply = (turn: Turn, change: { mode: Mode; by: string; before: Mode | null }) => {
  const was = branchOf(turn.state).mode
  const { mode, by, before } = change
  putBranch(turn.state, { mode, modeBy: by, modeAt: turn.at, modeBefore: before })
  turn.record({ kind: 'mode', code: 'mode.changed', params: { mode, was, by } })
  turn.tell({ type: 'mode.changed', mode, was, by })
  refreshConfigs(turn)
  turn.stir()
}

export const changeMode = (turn: Turn, mode: Mode, by: string) => {
  const branch = branchOf(turn.state)
  if (branch.mode === mode) return
  if (mode === 'emergency') return apply(turn, { mode, by, before: branch.mode })
  if (branch.mode !== 'emergency') return apply(turn, { mode, by, before: null })
  putBranch(turn.state, { modeBefore: mode })
  turn.record({ kind: 'mode', code: 'mode.after-emergency', params: { mode, by } })
}

export const endEmergency = (turn: Turn, by: string) => {
  const branch = branchOf(turn.state)
  if (branch.mode !== 'emergency') return
  apply(turn, { mode: branch.modeBefore ?? 'open', by, before: null })
}

export const onAlarm = (turn: Turn, device: string, data: EventData<'alarm.raised'>) => {
  turn.tell({ type: 'alarm.raised', device, alarm: data.alarm, zone: data.zone ?? null })
  if (emergencyAlarms.has(data.alarm)) changeMode(turn, 'emergency', `input:${device}`)
}

/** @param until hub time at which it ends by itself, or null. */
export const pause = (turn: Turn, by: string, until: number | null) => {
  const was = branchOf(turn.state).paused
  putBranch(turn.state, { paused: { by, at: was?.at ?? turn.at, until } })
  if (until === null) turn.clearTimer(pauseOwner, 'ends')
  else turn.setTimer(pauseOwner, 'ends', { deadline: until, graced: false })
  turn.record({
    kind: 'mode',
    code: 'pause.begun',
    params: { by, ...(until !== null && { until }) },
  })
  if (was === null) turn.tell({ type: 'pause.changed', paused: true, by })
}

export const resume = (turn: Turn, by: string) => {
  turn.clearTimer(pauseOwner, 'ends')
  if (branchOf(turn.state).paused === null) return
  putBranch(turn.state, { paused: null })
  turn.record({ kind: 'mode', code: 'pause.ended', params: { by } })
  turn.tell({ type: 'pause.changed', paused: false, by })
  turn.stir()
}

export const setMovement = (turn: Turn, stopped: boolean, by: string) => {
  if ((branchOf(turn.state).stopped !== null) === stopped) return
  putBranch(turn.state, { stopped: stopped ? { by, at: turn.at } : null })
  turn.record({ kind: 'mode', code: stopped ? 'movement.stopped' : 'movement.allowed', params: { by } })
  turn.tell({ type: 'movement.changed', stopped, by })
  refreshConfigs(turn)
  turn.stir()
}
