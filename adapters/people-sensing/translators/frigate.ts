/**
 * Frigate over MQTT: `events` follow one object each through the zones of a camera, `<zone>/<label>` is how many are
 * there. Topics and fields as in Frigate's own documentation, docs/integrations/mqtt.
 */
import { z } from 'zod'
import type { SourceOf, ZoneOf } from '../config.ts'
import { type CountTimes, tellCount } from './count-news.ts'
import { Count, EpochSeconds, List, readJson, Truth, VendorName } from './loose.ts'
import {
  createFindings,
  type Findings,
  type TimeRules,
  type Translator,
  type VendorMessage,
} from './outcome.ts'
import { ageOf, isOvertaken, momentOf } from './stamp.ts'
import { putTrack, type Track, type Tracks, trackName } from './tracks.ts'

type Config = SourceOf<'frigate'>

export interface FrigateState {
  readonly tracks: Tracks
  readonly countTimes: CountTimes
}

/** Nothing else of an event is read: not sub_label, not thumbnail, not a licence plate. */
const ObjectNow = z.object({
  id: z.string().regex(/^\d{1,12}\.\d{1,9}-[a-z0-9]{1,16}$/),
  camera: VendorName,
  label: VendorName,
  frame_time: EpochSeconds,
  false_positive: Truth,
  current_zones: List,
})
const EventMessage = z.object({ type: z.enum(['new', 'update', 'end']), after: ObjectNow })
type ObjectNow = z.infer<typeof ObjectNow>
type Camera = Config['cameras'][string]

/** Who is gone is remembered as long as others push them out, so that a late message does not bring them back. */
const onEvent = (
  { type, after }: z.infer<typeof EventMessage>,
  on: {
    message: VendorMessage
    state: FrigateState
    config: Config & TimeRules
    camera: Camera
    findings: Findings
  },
): FrigateState => {
  const { message, state, config, camera, findings } = on
  const { device } = camera
  const before = state.tracks.get(after.id)
  const moment = momentOf(message.at, after.frame_time)
  const isOver = type === 'end' || after.false_positive
  if (before !== undefined && (before.isGone || (!isOver && isOvertaken(moment, before.at, config)))) {
    findings.trouble(before.isGone && type === 'end' ? 'duplicate' : 'out-of-order')
    return state
  }
  const track = trackName('frigate', device, after.id)
  const age = ageOf(message.at, after.frame_time, config)
  // Somebody who has left has left, however late the news is.
  if (!isOver) findings.trouble(age.trouble)
  // Of whom nothing was told, nothing is to be taken back; who was there before us may have been told of.
  if (isOver && (before === undefined || before.zone !== undefined))
    findings.event({ device, name: 'visitor.left', data: { track, ...zoneOf(before), ...age.observed } })
  if (!isOver && age.isStale) return state
  const places = isOver ? [] : namesOf(after.current_zones)
  const step = isOver ? { zone: undefined } : stepOf(camera, { before, places })
  if (step.crossed === 'out')
    findings.event({
      device,
      name: 'visitor.left',
      data: { track, ...zoneOf(before), ...age.observed },
    })
  else if (step.entered !== undefined)
    findings.event({
      device,
      name: 'visitor.detected',
      data: { ...step.entered, track, ...age.observed },
    })
  const lastPlaces = places.length > 0 ? places : (before?.lastPlaces ?? [])
  const next: Track = { device, places, lastPlaces, zone: step.zone, at: moment, isGone: isOver }
  const put = putTrack(state.tracks, after.id, next)
  if (put.forgotten) findings.trouble('forgotten')
  return { ...state, tracks: put.tracks }
}

const zoneOf = (track: Track | undefined) => (track?.zone === undefined ? {} : { zone: track.zone })

const namesOf = (values: readonly unknown[]) =>
  values.filter((value): value is string => typeof value === 'string')

interface Step {
  readonly zone: string | undefined
  readonly entered?: ZoneOf
  readonly crossed?: 'out'
}

/** What is new about where it is, by what was known before and not by the vendor's `before`: messages may be missing. */
const stepOf = (
  camera: Camera,
  { before, places }: { before: Track | undefined; places: string[] },
): Step => {
  const fresh = places.filter((place) => !(before?.places ?? []).includes(place))
  const crossing = camera.crossings.find(
    ({ from, to }) => fresh.includes(to) && (before?.lastPlaces ?? []).includes(from),
  )
  if (crossing !== undefined) {
    const { zone, direction } = crossing
    if (direction === 'in') return { zone, entered: { zone, direction } }
    return before?.zone === undefined ? { zone: undefined } : { zone: undefined, crossed: 'out' }
  }
  // The innermost of zones that lie in each other comes last in Frigate's list.
  const entered = fresh.map((place) => own(camera.zones, place)).findLast((zone) => zone !== undefined)
  if (entered === undefined) return { zone: before?.zone }
  return { zone: entered.zone, entered }
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const onCount = (
  name: string,
  on: { message: VendorMessage; state: FrigateState; config: Config & TimeRules; findings: Findings },
): FrigateState => {
  const { message, state, config, findings } = on
  const place = own(config.counts, name)
  if (place === undefined) return state
  findings.heard(place.device)
  const count = Count.safeParse(message.payload.trim())
  if (!count.success) {
    findings.trouble('bad-shape')
    return state
  }
  const countTimes = tellCount(
    state.countTimes,
    { ...place, count: count.data, at: message.at, stamp: undefined },
    { findings, rules: config },
  )
  return { ...state, countTimes }
}

const onAvailable = (message: VendorMessage, config: Config, findings: Findings) => {
  const said = message.payload.trim()
  if (said !== 'online' && said !== 'offline' && said !== 'stopped') {
    findings.trouble('bad-shape')
    return
  }
  for (const { device } of [...Object.values(config.cameras), ...Object.values(config.counts)])
    findings.fit(device, 'frigate-offline', said !== 'online')
}

const onStatus = (message: VendorMessage, device: string, findings: Findings) => {
  const said = message.payload.trim()
  if (said === 'online' || said === 'offline' || said === 'disabled')
    findings.fit(device, 'camera-offline', said !== 'online')
  else findings.trouble('bad-shape')
}

export const frigateTopics = ({ prefix, label, cameras, counts }: Config): string[] => [
  `${prefix}/available`,
  `${prefix}/events`,
  ...Object.keys(cameras).map((camera) => `${prefix}/${camera}/status/detect`),
  ...Object.keys(counts).map((name) => `${prefix}/${name}/${label}`),
]

export const frigate: Translator<Config, FrigateState> = {
  start: () => ({ tracks: new Map(), countTimes: {} }),
  translate(message, state, config) {
    const findings = createFindings()
    const [first = '', second, third] = message.topic.slice(config.prefix.length + 1).split('/')
    if (first === 'available') {
      onAvailable(message, config, findings)
      return findings.outcome(state)
    }
    if (second === 'status' && third === 'detect') {
      const camera = own(config.cameras, first)
      if (camera !== undefined) onStatus(message, camera.device, findings)
      return findings.outcome(state)
    }
    // Frigate keeps neither events nor counts on the broker: what is kept there is somebody's leftover.
    if (message.retained) {
      findings.trouble('retained')
      return findings.outcome(state)
    }
    if (first !== 'events') return findings.outcome(onCount(first, { message, state, config, findings }))
    const event = readJson(EventMessage, message.payload, findings)
    if (event === undefined) return findings.outcome(state)
    const camera = own(config.cameras, event.after.camera)
    if (camera === undefined) {
      findings.trouble('unknown-sensor')
      return findings.outcome(state)
    }
    findings.heard(camera.device)
    if (event.after.label !== config.label) return findings.outcome(state)
    return findings.outcome(onEvent(event, { message, state, config, camera, findings }))
  },
}
