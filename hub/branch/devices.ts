/**
 * Devices: link, health and willingness are three facts that are never mixed. Facts are told on an actual change only,
 * however often a device repeats itself.
 */
import type { DeviceState, Manifest, Presence } from '#protocol/messages.ts'
import type { DeviceRow, Link } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { followKiosk } from './calls.ts'
import { refreshConfig } from './device-config.ts'
import { noteFirmware } from './firmware.ts'
import { allowedManifest, putManifest } from './manifests.ts'
import { noteProblem } from './problems.ts'
import { ageTicketSource } from './queue-source.ts'

export const deviceOwner = (device: string) => `branch/device/${device}`

export const putDevice = (turn: Turn, id: string, change: Partial<DeviceRow>): DeviceRow | undefined => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return undefined
  const next = { ...row, ...change }
  turn.state.devices.put(id, next)
  return next
}

/** Silence is judged in tens of seconds: a busy sensor does not rewrite its row with every event. */
const heardStepMs = 1_000

/** Any message proves that the device spoke just now; nothing else follows from it. */
export const hear = (turn: Turn, id: string) => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return
  if (row.heardAt === null || turn.at - row.heardAt >= heardStepMs) putDevice(turn, id, { heardAt: turn.at })
}

const setLink = (turn: Turn, row: DeviceRow, link: Link) => {
  if (row.link === link) return
  putDevice(turn, row.id, { link, linkAt: turn.at })
  turn.record({ kind: 'device', device: row.id, code: `device.${link}`, params: { was: row.link } })
  turn.tell({ type: 'device.link', device: row.id, link, was: row.link })
  if (link !== 'online') ageTicketSource(turn, row.id)
  // Which never said that it is there is not gone.
  if (row.link !== 'unknown' || link !== 'offline') followKiosk(turn, row.id)
  turn.stir()
}

const behind = (turn: Turn, gateway: string) =>
  turn.state.devices.values().filter((row) => row.gateway === gateway)

/** A gateway that is gone takes with it every device it speaks for. What updates has said that it goes: it is not lost. */
const loseLink = (turn: Turn, row: DeviceRow, link: 'lost' | 'offline') => {
  const announced = row.health === 'updating'
  setLink(turn, row, announced ? 'offline' : link)
  for (const one of behind(turn, row.id))
    if (one.link === 'online') setLink(turn, one, announced ? 'offline' : 'lost')
}

/** It announced that it goes away for an update, and went: until it says that it is back, nothing else is believed. */
const isAwayUpdating = (row: DeviceRow) => row.health === 'updating' && row.link === 'offline'

/** Longer than any update takes; a device may not hide its absence behind one. */
const updatingMaxMs = 14_400_000

const setHealth = (
  turn: Turn,
  row: DeviceRow,
  health: { level: DeviceRow['health']; reasons: readonly string[] },
) => {
  const sameReasons = health.reasons.join('\n') === row.healthReasons.join('\n')
  if (row.health === health.level && sameReasons) return
  putDevice(turn, row.id, { health: health.level, healthReasons: health.reasons, healthAt: turn.at })
  turn.record({
    kind: 'device',
    device: row.id,
    code: `device.${health.level}`,
    params: { was: row.health, reasons: health.reasons.join(', ') },
  })
  turn.tell({ type: 'device.health', device: row.id, health: health.level, was: row.health })
  // A queue system that says it is deaf counts nobody.
  if (health.level === 'faulted') ageTicketSource(turn, row.id)
  turn.stir()
}

export const onPresence = (turn: Turn, id: string, presence: Presence) => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return noteProblem(turn, 'device.unknown', { device: id, name: id })
  const { status } = presence
  // A last will is the broker's word, not the device's.
  if (status !== 'lost') putDevice(turn, id, { heardAt: turn.at, boot: presence.boot ?? row.boot })
  const now = turn.state.devices.get(id) ?? row
  if (status === 'online') {
    if (now.health === 'updating') endUpdate(turn, now)
    setLink(turn, turn.state.devices.get(id) ?? now, 'online')
    if (presence.boot !== undefined && row.boot !== null && presence.boot !== row.boot) restarted(turn, id)
    refreshConfig(turn, id)
    return
  }
  if (status === 'updating') startUpdate(turn, now, presence.forMs)
  loseLink(turn, turn.state.devices.get(id) ?? now, status === 'lost' ? 'lost' : 'offline')
}

/** Said again it begins no new update, and gains no more time. */
const startUpdate = (turn: Turn, row: DeviceRow, forMs: number | undefined) => {
  if (isAwayUpdating(row)) return
  setHealth(turn, row, { level: 'updating', reasons: [] })
  putDevice(turn, row.id, {
    healthAt: turn.at,
    updatingForMs: forMs === undefined ? null : Math.min(forMs, updatingMaxMs),
  })
}

const endUpdate = (turn: Turn, row: DeviceRow) => {
  setHealth(turn, row, { level: 'ok', reasons: [] })
  if (row.updatingForMs != null) putDevice(turn, row.id, { updatingForMs: null })
}

/** A new boot knows nothing of who was using it, and is willing until it says otherwise. */
const restarted = (turn: Turn, id: string) => {
  turn.record({ kind: 'device', device: id, code: 'device.restarted' })
  const row = turn.state.devices.get(id)
  if (row?.session != null) putDevice(turn, id, { session: null })
  if (row?.state?.willing === undefined) return
  const { willing: _willing, ...state } = row.state
  putDevice(turn, id, { state })
}

export const onLink = (turn: Turn, id: string, link: 'lost' | 'online') => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return
  // A connection alone is no birth: the device is online once it says so itself.
  if (link === 'online') return hear(turn, id)
  // It said goodbye before the connection ended.
  if (row.link === 'offline') return
  loseLink(turn, row, 'lost')
}

/** Time for a device to come back after the hub was away; a reconnecting device backs off for some seconds. */
const birthMs = 30_000

const awaitBirth = (turn: Turn, device: string, name: 'not-back' | 'not-come') =>
  turn.setTimer(deviceOwner(device), name, { deadline: turn.at + birthMs, graced: false })

/** After a start nothing is known of a device until it speaks again; one that does not come back is lost. */
export const forgetLinks = (turn: Turn) => {
  for (const row of turn.state.devices.values()) {
    if (row.link === 'online') {
      setLink(turn, row, 'unknown')
      awaitBirth(turn, row.id, 'not-back')
    } else if (row.link === 'unknown' && !turn.state.timers.has(`${deviceOwner(row.id)}#not-back`))
      awaitBirth(turn, row.id, 'not-come')
  }
}

/** Still not heard of: lost if it was there before, and otherwise simply not there. */
export const onNotBack = (turn: Turn, device: string) => {
  const row = turn.state.devices.get(device)
  if (row?.link === 'unknown') loseLink(turn, row, 'lost')
}

export const onNotCome = (turn: Turn, device: string) => {
  const row = turn.state.devices.get(device)
  if (row?.link === 'unknown') loseLink(turn, row, 'offline')
}

export const onManifest = (turn: Turn, id: string, manifest: Manifest) => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return noteProblem(turn, 'device.unknown', { device: id, name: id })
  if (manifest.kind !== row.kind)
    noteProblem(turn, 'device.kind-differs', { device: id, name: manifest.kind })
  noteFirmware(turn, id, manifest)
  putManifest(turn, id, manifest)
  putDevice(turn, id, { manifest: allowedManifest(turn.state, id), heardAt: turn.at })
  turn.tell({ type: 'device.state', device: id })
  refreshConfig(turn, id)
  turn.stir()
}

const zoneOf = (turn: Turn, spot: DeviceState['spot']) =>
  spot?.zone ?? (spot?.place === undefined ? undefined : turn.state.places.get(spot.place)?.zone)

/** Stands where it may pass but not wait: it says so, or its place is one of the zone's keep-clear parts. */
const isInKeepClear = (turn: Turn, state: DeviceState, zone: string | null) => {
  if (state.inKeepClear !== undefined) return state.inKeepClear
  const place = state.spot?.place
  if (place === undefined || zone === null) return false
  return turn.state.zones.get(zone)?.keepClear.includes(place) ?? false
}

const applyState = (turn: Turn, row: DeviceRow, said: DeviceState): DeviceRow => {
  const { boot: _boot, n: _n, ...news } = said
  const state: DeviceState = { ...row.state, ...news }
  const moved = row.kind === 'robot' ? zoneOf(turn, said.spot) : undefined
  const zone = moved !== undefined && turn.state.zones.has(moved) ? moved : row.zone
  const blocked = state.blocked ?? false
  const inKeepClear = isInKeepClear(turn, state, zone)
  return {
    ...row,
    heardAt: turn.at,
    state,
    zone,
    battery: state.battery ?? null,
    spot: state.spot ?? null,
    place: row.kind === 'robot' && said.spot !== undefined ? (said.spot.place ?? null) : row.place,
    blockedSince: blocked ? (row.blockedSince ?? turn.at) : null,
    inKeepClearSince: inKeepClear ? (row.inKeepClearSince ?? turn.at) : null,
  }
}

/** What flows can see of a device besides link and health; changes of pose alone are not news. */
const outline = (row: DeviceRow) =>
  JSON.stringify([
    row.battery === null ? null : [Math.round(row.battery.percent), row.battery.charging],
    row.zone,
    row.place,
    row.state?.busy ?? null,
  ])

export const onState = (turn: Turn, id: string, said: DeviceState) => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return noteProblem(turn, 'device.unknown', { device: id, name: id })
  const next = applyState(turn, row, said)
  turn.state.devices.put(id, next)
  if (said.health !== undefined && !isAwayUpdating(next))
    setHealth(turn, next, { level: said.health.level, reasons: said.health.reasons ?? [] })
  tellStuck(turn, row, next)
  if ((row.state?.willing ?? true) !== (next.state?.willing ?? true)) {
    turn.tell({ type: 'device.willingness', device: id })
    turn.stir()
  }
  if (outline(row) !== outline(next)) {
    turn.tell({ type: 'device.state', device: id })
    turn.stir()
  }
}

const tellStuck = (turn: Turn, was: DeviceRow, now: DeviceRow) => {
  const blocked = now.blockedSince !== null
  const inKeepClear = now.inKeepClearSince !== null
  if (blocked === (was.blockedSince !== null) && inKeepClear === (was.inKeepClearSince !== null)) return
  turn.record({ kind: 'device', device: now.id, code: 'device.stuck', params: { blocked, inKeepClear } })
  turn.tell({ type: 'device.stuck', device: now.id, blocked, inKeepClear })
}
