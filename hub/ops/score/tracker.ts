/**
 * One device along the journal: how long it was there, how often it was called lost although it lived on, and which
 * firmware what is counted belongs to. What held when the window began is told by the first change within it.
 */
import type { DecisionRecord } from '../../engine/turn.ts'
import { type Counts, noCounts } from './counts.ts'

export interface Named {
  readonly vendor: string
  readonly model: string
  readonly firmware: string | null
}

/** `behind`: lost with its gateway, which is none of its own doing. */
type Link = 'online' | 'offline' | 'lost' | 'unknown' | 'behind'
type Health = 'ok' | 'degraded' | 'faulted' | 'updating'

export interface Segment {
  readonly counts: Counts
  named: Named | undefined
  /** `link/health` → ms; `?` until it is known. */
  readonly spans: Map<string, number>
}

export interface Tracker {
  readonly device: string
  segments: Segment[]
  link: Link | undefined
  health: Health | undefined
  since: number
  /** Called lost by the hub while it was online, and not heard of since. */
  lostAt: number | undefined
}

/** More firmware than that in one window is noise: the last ones are counted together. */
const segmentsMax = 16
/** Back within that without saying which start of it this is: the line, not the device. */
const briefMs = 30_000

const newSegment = (named?: Named): Segment => ({ counts: noCounts(), named, spans: new Map() })

export const createTracker = (device: string, since: number): Tracker => ({
  device,
  segments: [newSegment()],
  link: undefined,
  health: undefined,
  since,
  lostAt: undefined,
})

export const segmentOf = ({ segments }: Tracker): Segment => segments.at(-1) as Segment
export const countsOf = (tracker: Tracker): Counts => segmentOf(tracker).counts

export const advance = (tracker: Tracker, at: number): void => {
  const { spans } = segmentOf(tracker)
  const key = `${tracker.link ?? '?'}/${tracker.health ?? '?'}`
  spans.set(key, (spans.get(key) ?? 0) + Math.max(0, at - tracker.since))
  tracker.since = at
}

const resolve = (tracker: Tracker, place: 0 | 1, value: string) => {
  for (const { spans } of tracker.segments)
    for (const [key, ms] of spans) {
      const parts = key.split('/')
      if (parts[place] !== '?') continue
      spans.delete(key)
      const known = parts.with(place, value).join('/')
      spans.set(known, (spans.get(known) ?? 0) + ms)
    }
}

const linkCodes: Readonly<Record<string, Link>> = {
  'device.online': 'online',
  'device.offline': 'offline',
  'device.lost': 'lost',
  'device.unknown': 'unknown',
}
const healthCodes: Readonly<Record<string, Health>> = {
  'device.ok': 'ok',
  'device.degraded': 'degraded',
  'device.faulted': 'faulted',
  'device.updating': 'updating',
}

/** @param own whether the entry was about this device itself, and not about its gateway. */
const changeLink = (
  tracker: Tracker,
  link: Link,
  { at, was, own }: { at: number; was: Link; own: boolean },
) => {
  if (tracker.link === undefined) {
    resolve(tracker, 0, was)
    tracker.link = was
  }
  advance(tracker, at)
  tracker.link = link === 'lost' && !own ? 'behind' : link
  if (link === 'lost' && own && was === 'online') {
    countsOf(tracker).lostLinks += 1
    tracker.lostAt = at
  }
}

const changeHealth = (tracker: Tracker, health: Health, { at, was }: { at: number; was: Health }) => {
  if (tracker.health === undefined) {
    resolve(tracker, 1, was)
    tracker.health = was
  }
  advance(tracker, at)
  tracker.health = health
}

const text = (record: DecisionRecord, name: string): string => String(record.params?.[name] ?? '')

const changeFirmware = (tracker: Tracker, record: DecisionRecord, at: number) => {
  advance(tracker, at)
  const named = (vendor: string, model: string, firmware: string): Named => ({
    vendor: text(record, vendor),
    model: text(record, model),
    firmware: text(record, firmware) || null,
  })
  segmentOf(tracker).named = named('wasVendor', 'wasModel', 'wasFirmware')
  const now = named('vendor', 'model', 'firmware')
  if (tracker.segments.length < segmentsMax) tracker.segments.push(newSegment(now))
  else segmentOf(tracker).named = now
}

/** A record about a device: its link, its health, its firmware. */
export const noteDevice = (
  tracker: Tracker,
  record: DecisionRecord,
  { at, own }: { at: number; own: boolean },
): void => {
  const { code, params } = record
  if (code === 'firmware.changed') return changeFirmware(tracker, record, at)
  const was = params?.['was']
  if (typeof was !== 'string') return
  const link = linkCodes[code]
  if (link !== undefined) return changeLink(tracker, link, { at, was: was as Link, own })
  const health = healthCodes[code]
  if (health !== undefined) changeHealth(tracker, health, { at, was: was as Health })
}

/** It is back: with another boot it had died; with the same one, or after a moment, only its line had. */
export const noteReturn = (
  tracker: Tracker,
  { at, restarted, boot }: { at: number; restarted: boolean; boot: boolean },
): void => {
  const { lostAt } = tracker
  if (lostAt === undefined || tracker.link !== 'online') return
  tracker.lostAt = undefined
  const counts = countsOf(tracker)
  if (restarted) counts.restarts += 1
  else if (boot || at - lostAt <= briefMs) {
    counts.falseOffline += 1
    counts.falseOfflineMs += at - lostAt
  }
}

/** The hub was away: for that time nobody can say how a device was. */
export const skipAbsence = (tracker: Tracker, { until, from }: { until: number; from: number }): void => {
  advance(tracker, until)
  tracker.since = from
  tracker.lostAt = undefined
}

const useOf = (link: string | undefined, health: string | undefined): 'upMs' | 'downMs' | 'awayMs' | null => {
  if (health === 'updating' || link === 'offline') return 'awayMs'
  if (link === 'lost') return 'downMs'
  if (link !== 'online') return null
  return health === 'faulted' ? 'downMs' : 'upMs'
}

export interface Now {
  readonly link: Exclude<Link, 'behind'>
  readonly health: Health
  readonly named: Named
}

/** At the end of the window everything is known: what never changed within it holds now as it did then. */
export const settle = (tracker: Tracker, at: number, now: Now): void => {
  advance(tracker, at)
  if (tracker.link === undefined) resolve(tracker, 0, now.link)
  if (tracker.health === undefined) resolve(tracker, 1, now.health)
  segmentOf(tracker).named ??= now.named
  for (const { spans, counts } of tracker.segments)
    for (const [key, ms] of spans) {
      const [link, health] = key.split('/')
      const use = useOf(link, health)
      if (use !== null) counts[use] += ms
    }
}
