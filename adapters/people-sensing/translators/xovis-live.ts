/** Xovis live data: tracks that enter zones, cross lines and end. */
import { z } from 'zod'
import type { SourceOf } from '../config.ts'
import { List, NumberId, readEach } from './loose.ts'
import type { Findings, TimeRules } from './outcome.ts'
import { opposite } from './passing.ts'
import { ageOf, isOvertaken, momentOf, Stamp } from './stamp.ts'
import { putTrack, type Tracks, trackName } from './tracks.ts'

type Sensor = SourceOf<'xovis'>['sensors'][string]

export interface LiveState {
  readonly tracks: Tracks
  /** Device → how often it was seen to start anew: its track numbers begin again then. */
  readonly lives: Readonly<Record<string, number>>
}

export interface On {
  readonly sensor: Sensor
  readonly rules: TimeRules
  readonly findings: Findings
  /** Of the arrival. */
  readonly at: number
}

/** Nothing else is read: no height, no gender, no tag, no position. */
const Frame = z.object({
  time: Stamp,
  tracked_objects: List.optional().catch([]),
  events: List.optional().catch([]),
})
const TrackedObject = z.object({ track_id: NumberId, type: z.string().max(64) })
const Event = z.object({
  type: z.enum([
    'TRACK_CREATE',
    'TRACK_DELETE',
    'ZONE_ENTRY',
    'ZONE_EXIT',
    'LINE_CROSS_FORWARD',
    'LINE_CROSS_BACKWARD',
  ]),
  attributes: z.object({ track_id: NumberId, geometry_id: NumberId.optional() }),
})
/** The same without the type, to tell what is of no interest from what is spoilt. */
const OtherEvent = z.object({ type: z.string().max(64) })
type Event = z.infer<typeof Event>

const known: ReadonlySet<string> = new Set(Event.shape.type.options)
const isOfInterest = (value: unknown) => {
  const other = OtherEvent.safeParse(value)
  return !other.success || known.has(other.data.type)
}

const own = <T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined

interface Wish {
  readonly zone: string | undefined
  readonly does: 'appear' | 'detect' | 'leave'
  readonly direction?: 'in' | 'out' | 'unknown'
}

const wishOf = ({ type, attributes }: Event, sensor: Sensor): Wish | undefined => {
  const { geometry_id } = attributes
  if (type === 'TRACK_CREATE') return { zone: undefined, does: 'appear' }
  if (type === 'TRACK_DELETE') return { zone: undefined, does: 'leave' }
  if (type === 'ZONE_ENTRY') {
    const place = own(sensor.zones, geometry_id)
    return place && { ...place, does: 'detect' }
  }
  if (type !== 'LINE_CROSS_FORWARD' && type !== 'LINE_CROSS_BACKWARD') return undefined
  const line = own(sensor.lines, geometry_id)
  if (line === undefined) return undefined
  const direction = type === 'LINE_CROSS_FORWARD' ? line.direction : opposite(line.direction)
  return direction === 'in'
    ? { zone: line.zone, does: 'detect', direction }
    : { zone: line.zone, does: 'leave' }
}

const readEvent = (event: Event, stamp: number, on: On & { state: LiveState }): LiveState => {
  const { sensor, rules, findings, at, state } = on
  const { device } = sensor
  const wish = wishOf(event, sensor)
  if (wish === undefined) return state
  const life = state.lives[device] ?? 0
  const key = `${device} ${life} ${event.attributes.track_id}`
  const before = state.tracks.get(key)
  const moment = momentOf(at, stamp)
  if (
    before !== undefined &&
    before.isGone &&
    (moment <= before.at || isOvertaken(moment, before.at, rules))
  ) {
    findings.trouble(wish.does === 'leave' ? 'duplicate' : 'out-of-order')
    return state
  }
  const track = trackName('xovis', device, life, event.attributes.track_id)
  const age = ageOf(at, stamp, rules)
  const isLeaving = wish.does === 'leave'
  if (!isLeaving) findings.trouble(age.trouble)
  if (!isLeaving && age.isStale) return state
  const zone = wish.zone ?? before?.zone
  // Of whom nothing was told, nothing is to be taken back; who was there before us may have been told of.
  if (isLeaving && (before === undefined || before.zone !== undefined))
    findings.event({
      device,
      name: 'visitor.left',
      data: { track, ...(zone !== undefined && { zone }), ...age.observed },
    })
  if (wish.does === 'detect' && wish.zone !== undefined)
    findings.event({
      device,
      name: 'visitor.detected',
      data: { zone: wish.zone, track, direction: wish.direction ?? 'unknown', ...age.observed },
    })
  const put = putTrack(state.tracks, key, {
    device,
    places: [],
    lastPlaces: [],
    zone: isLeaving ? undefined : zone,
    at: Math.max(moment, before?.at ?? 0),
    // Who walks out over a line may turn round; a track that ended does not.
    isGone: event.type === 'TRACK_DELETE',
  })
  if (put.forgotten) findings.trouble('forgotten')
  return { ...state, tracks: put.tracks }
}

/** What the sensor followed before it restarted, it follows no more. */
const beginAnew = (state: LiveState, { sensor, findings }: On): LiveState => {
  const { device } = sensor
  const life = state.lives[device] ?? 0
  const start = `${device} ${life} `
  const tracks = new Map(state.tracks)
  for (const [key, { zone, isGone }] of state.tracks) {
    if (!key.startsWith(start)) continue
    tracks.delete(key)
    if (isGone || zone === undefined) continue
    const track = trackName('xovis', device, life, key.slice(start.length))
    findings.event({ device, name: 'visitor.left', data: { track, zone } })
  }
  return { tracks, lives: { ...state.lives, [device]: life + 1 } }
}

export const readFrames = (
  values: readonly unknown[],
  state: LiveState,
  on: On & { readonly isNewLife: boolean },
): LiveState => {
  const { findings } = on
  let next: LiveState = { tracks: state.tracks, lives: state.lives }
  if (on.isNewLife) next = beginAnew(next, on)
  for (const frame of readEach(Frame, values, findings)) {
    // A group of people has a track of its own beside theirs.
    const others = new Set(
      readEach(TrackedObject, frame.tracked_objects ?? [], findings)
        .filter(({ type }) => type !== 'PERSON')
        .map(({ track_id }) => track_id),
    )
    for (const event of readEach(Event, (frame.events ?? []).filter(isOfInterest), findings))
      if (!others.has(event.attributes.track_id)) next = readEvent(event, frame.time, { ...on, state: next })
  }
  return next
}
