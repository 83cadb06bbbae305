/**
 * ONVIF analytics over MQTT (`onvif-ej`): rules of a camera that tell of lines crossed, of objects inside a field and of
 * counters. Topics and payload as in the ONVIF Core Specification, Event Broker; rules as in the Analytics Service
 * Specification, Annex "Specified Rules".
 *
 * A property is retained by the broker, so the three operations arrive like this: Initialized is a retained message,
 * Changed a live one, and Deleted has no bytes at all.
 */
import { z } from 'zod'
import type { SourceOf } from '../config.ts'
import { type CountTimes, tellCount } from './count-news.ts'
import { type Counter, readCounter } from './counter.ts'
import { Count, Cumulative, readJson, Truth, VendorName } from './loose.ts'
import {
  createFindings,
  type Findings,
  type TimeRules,
  type Translator,
  type VendorMessage,
} from './outcome.ts'
import { tellPassing } from './passing.ts'
import { ageOf, isOvertaken, momentOf, Stamp } from './stamp.ts'
import { putTrack, type Tracks, trackName } from './tracks.ts'

type Config = SourceOf<'onvif'>
type Device = Config['devices'][number]
type Rule = Device['rules'][number]
type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>

interface Inside {
  readonly isInside: boolean
  readonly ids: readonly string[]
  readonly at: number
}

export interface OnvifState {
  readonly tracks: Tracks
  /** Device and rule → who is inside, and as of when. */
  readonly inside: Readonly<Record<string, Inside>>
  readonly counters: Readonly<Record<string, Counter>>
  readonly countTimes: CountTimes
}

const topicsOf = {
  line: 'RuleEngine/LineDetector/Crossed',
  field: 'RuleEngine/FieldDetector/ObjectsInside',
  counter: 'RuleEngine/CountAggregation/Counter',
  occupancy: 'RuleEngine/CountAggregation/OccupancyCounter',
} as const satisfies Record<Rule['kind'], string>

/** tt:StringList: one text with blanks between, or what some write instead, a number or an array. */
const WordList = z
  .union([z.string().max(10_000), z.number(), z.array(z.union([z.string().max(64), z.number()])).max(500)])
  .transform((value) =>
    (Array.isArray(value) ? value.map(String) : String(value).split(/[\s,]+/)).filter((word) => word !== ''),
  )

/** `UtcTime` is UTC even where a camera leaves out the Z. */
const UtcTime = z
  .string()
  .max(64)
  .transform((text): number | string => (/[Zz]|[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`))
  .pipe(Stamp)

/** Nothing else is read: no HumanFace, no plate, no box. */
const Message = z.object({
  UtcTime,
  Source: z.object({ VideoSource: VendorName.optional(), Rule: VendorName }),
  Data: z
    .object({
      ObjectId: WordList.optional(),
      ClassTypes: WordList.optional(),
      Count: z.unknown().optional(),
      IsInside: z.unknown().optional(),
    })
    .default({}),
})
type Message = z.infer<typeof Message>

interface Told {
  readonly message: VendorMessage
  readonly said: Message
  readonly device: string
  readonly key: string
  readonly state: OnvifState
  readonly rules: TimeRules
  readonly findings: Findings
}

const objectId = /^\d{1,18}$/
const people: ReadonlySet<string> = new Set(['human', 'person'])

/** ClassTypes has one word for each object, in the same order; without it every object may be a person. */
const personIds = ({ Data }: Message): string[] => {
  const { ObjectId = [], ClassTypes = [] } = Data
  return ObjectId.filter((id, index) => {
    const type = ClassTypes.length === ObjectId.length ? ClassTypes[index] : undefined
    return objectId.test(id) && (type === undefined || people.has(type.toLowerCase()))
  })
}

const isOtherThanPeople = ({ Data }: Message) =>
  Data.ClassTypes !== undefined &&
  Data.ClassTypes.length > 0 &&
  !Data.ClassTypes.some((type) => people.has(type.toLowerCase()))

const onLine = (told: Told, { zone, direction }: RuleOf<'line'>): OnvifState => {
  const { message, said, device, state, rules, findings } = told
  const { at } = message
  if (message.retained) {
    findings.trouble('retained')
    return state
  }
  if (isOtherThanPeople(said)) return state
  const ids = personIds(said)
  if (ids.length === 0) {
    if (said.Data.ObjectId !== undefined) findings.trouble('bad-shape')
    else if (direction !== 'out') untracked(told, { zone, direction })
    else tellPassing({ device, zone, direction, count: 1, at, stamp: said.UtcTime }, { findings, rules })
    return state
  }
  return ids.reduce((before, id) => crossed({ ...told, state: before }, { id, zone, direction }), state)
}

const untracked = (
  { message, said, device, rules, findings }: Told,
  { zone, direction }: { zone: string; direction: 'in' | 'out' | 'unknown' },
) => {
  if (direction === 'out') return
  const age = ageOf(message.at, said.UtcTime, rules)
  findings.trouble(age.trouble)
  if (!age.isStale)
    findings.event({
      device,
      name: 'visitor.detected',
      data: { zone, count: 1, direction, ...age.observed },
    })
}

const crossed = (
  told: Told,
  { id, zone, direction }: { id: string; zone: string; direction: 'in' | 'out' | 'unknown' },
): OnvifState => {
  const { message, said, device, state, rules, findings } = told
  const age = ageOf(message.at, said.UtcTime, rules)
  findings.trouble(age.trouble)
  const key = `${device} ${id}`
  const before = state.tracks.get(key)
  const moment = momentOf(message.at, said.UtcTime)
  if (before !== undefined && isOvertaken(moment, before.at, rules)) {
    findings.trouble('out-of-order')
    return state
  }
  // The same crossing told again: the first message was never acknowledged.
  if (message.again && before !== undefined && before.at === moment) {
    findings.trouble('duplicate')
    return state
  }
  if (age.isStale && direction !== 'out') return state
  const track = trackName('onvif', device, id)
  if (direction === 'out')
    findings.event({ device, name: 'visitor.left', data: { track, zone, ...age.observed } })
  else findings.event({ device, name: 'visitor.detected', data: { zone, track, direction, ...age.observed } })
  const isGone = direction === 'out'
  const put = putTrack(state.tracks, key, {
    device,
    places: [],
    lastPlaces: [],
    zone: isGone ? undefined : zone,
    at: moment,
    isGone,
  })
  if (put.forgotten) findings.trouble('forgotten')
  return { ...state, tracks: put.tracks }
}

const onField = (told: Told, { zone, direction }: RuleOf<'field'>): OnvifState => {
  const { message, said, device, key, state, rules, findings } = told
  const isInside = Truth.safeParse(said.Data.IsInside)
  if (!isInside.success) {
    findings.trouble('bad-shape')
    return state
  }
  const before = state.inside[key]
  const at = momentOf(message.at, said.UtcTime)
  if (before !== undefined && isOvertaken(at, before.at, rules)) {
    findings.trouble('out-of-order')
    return state
  }
  const age = ageOf(message.at, said.UtcTime, rules)
  const ids = isInside.data ? personIds(said) : []
  for (const id of before?.ids ?? [])
    if (!ids.includes(id)) {
      const track = trackName('onvif', device, id)
      findings.event({ device, name: 'visitor.left', data: { track, zone, ...age.observed } })
    }
  const fresh = ids.filter((id) => before?.ids.includes(id) !== true)
  if (fresh.length > 0) findings.trouble(age.trouble)
  // Who came in too long ago to be told of is not inside for us either: the next message that names them tells.
  if (age.isStale)
    return {
      ...state,
      inside: {
        ...state.inside,
        [key]: { isInside: isInside.data, ids: ids.filter((id) => !fresh.includes(id)), at },
      },
    }
  for (const id of fresh) {
    const track = trackName('onvif', device, id)
    findings.event({ device, name: 'visitor.detected', data: { zone, track, direction, ...age.observed } })
  }
  // A camera that names no objects only tells that the field is no longer empty.
  const isNewlyInside = isInside.data && before?.isInside !== true && !message.retained
  if (isNewlyInside && said.Data.ObjectId === undefined) untracked(told, { zone, direction })
  return { ...state, inside: { ...state.inside, [key]: { isInside: isInside.data, ids, at } } }
}

const onCounter = (told: Told, { zone, direction }: RuleOf<'counter'>): OnvifState => {
  const { message, said, device, key, state, rules, findings } = told
  const value = Cumulative.safeParse(said.Data.Count)
  if (!value.success) {
    findings.trouble('bad-shape')
    return state
  }
  const at = momentOf(message.at, said.UtcTime)
  const growth = readCounter(state.counters[key], { value: value.data, at, atLeast: 0 }, rules.staleAfterMs)
  findings.trouble(growth.trouble, growth.times)
  tellPassing(
    { device, zone, direction, count: growth.grown, at: message.at, stamp: said.UtcTime },
    { findings, rules },
  )
  return { ...state, counters: { ...state.counters, [key]: growth.counter } }
}

const onOccupancy = (told: Told, { zone }: RuleOf<'occupancy'>): OnvifState => {
  const { message, said, device, state, rules, findings } = told
  const count = Count.safeParse(said.Data.Count)
  if (!count.success) {
    findings.trouble('bad-shape')
    return state
  }
  const news = { device, zone, count: count.data, at: message.at, stamp: said.UtcTime }
  return { ...state, countTimes: tellCount(state.countTimes, news, { findings, rules }) }
}

const onRule = (told: Told, rule: Rule): OnvifState => {
  switch (rule.kind) {
    case 'line':
      return onLine(told, rule)
    case 'field':
      return onField(told, rule)
    case 'counter':
      return onCounter(told, rule)
    case 'occupancy':
      return onOccupancy(told, rule)
  }
}

/** Deleted: the rule is no more, so nobody is inside it. Which one it was, only the end of the topic says. */
const onDeleted = (message: VendorMessage, device: Device, on: { state: OnvifState; findings: Findings }) => {
  const { state, findings } = on
  const rule = device.rules.find(({ kind, rule }) => kind === 'field' && message.topic.endsWith(`/${rule}`))
  if (rule === undefined) return state
  const key = keyOf(device.device, rule)
  for (const id of state.inside[key]?.ids ?? [])
    findings.event({
      device: device.device,
      name: 'visitor.left',
      data: { track: trackName('onvif', device.device, id), zone: rule.zone },
    })
  const { [key]: _gone, ...inside } = state.inside
  return { ...state, inside }
}

const keyOf = (device: string, { kind, rule, videoSource = '' }: Rule) =>
  `${device} ${kind} ${videoSource} ${rule}`

const localTopic = (topic: string, { prefix }: Device): string | undefined => {
  const start = `${prefix}/onvif-ej/`
  return topic.startsWith(start) ? topic.slice(start.length).split('/&', 1)[0]?.replace(/\/$/, '') : undefined
}

export const onvifTopics = ({ devices }: Config): string[] =>
  devices.flatMap(({ prefix, rules }) =>
    [...new Set(rules.map(({ kind }) => topicsOf[kind]))].map((topic) => `${prefix}/onvif-ej/${topic}/#`),
  )

export const onvif: Translator<Config, OnvifState> = {
  start: () => ({ tracks: new Map(), inside: {}, counters: {}, countTimes: {} }),
  translate(message, state, config) {
    const findings = createFindings()
    const device = config.devices.find((one) => localTopic(message.topic, one) !== undefined)
    const local = device && localTopic(message.topic, device)
    if (device === undefined || local === undefined) {
      findings.trouble('unknown-sensor')
      return findings.outcome(state)
    }
    if (message.payload === '') return findings.outcome(onDeleted(message, device, { state, findings }))
    const said = readJson(Message, message.payload, findings)
    if (said === undefined) return findings.outcome(state)
    // What the broker kept says nothing about the camera now.
    if (!message.retained) findings.heard(device.device)
    const rule = device.rules.find(
      ({ kind, rule, videoSource }) =>
        topicsOf[kind] === local &&
        rule === said.Source.Rule &&
        (videoSource === undefined || videoSource === said.Source.VideoSource),
    )
    if (rule === undefined) return findings.outcome(state)
    const key = keyOf(device.device, rule)
    return findings.outcome(
      onRule({ message, said, device: device.device, key, state, rules: config, findings }, rule),
    )
  },
}
