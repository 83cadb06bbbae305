/** A person holds a device for themselves, gives it back, or takes it out of service; the dispatcher then leaves it. */
import type { Willingness } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { deviceOwner, putDevice } from './devices.ts'

export interface WillingnessChange {
  readonly willingness: Willingness
  readonly by: string
  /** Hub time at which a hold ends by itself. */
  readonly until: number | null
}

export const setWillingness = (turn: Turn, id: string, change: WillingnessChange) => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return
  const { willingness, by, until } = change
  putDevice(turn, id, { willingness, willingnessBy: by, heldUntil: until })
  if (until === null) turn.clearTimer(deviceOwner(id), 'hold-ends')
  else turn.setTimer(deviceOwner(id), 'hold-ends', { deadline: until, graced: false })
  if (row.willingness === willingness) return
  turn.record({ kind: 'device', device: id, code: `device.${willingness}`, params: { by } })
  turn.tell({ type: 'device.willingness', device: id })
  turn.stir()
}

export const onHoldEnds = (turn: Turn, id: string) => {
  const row = turn.state.devices.get(id)
  if (row?.willingness !== 'held' || row.heldUntil === null || row.heldUntil > turn.at) return
  setWillingness(turn, id, { willingness: 'open', by: 'hold-ended', until: null })
}
