/**
 * AXIS Object Analytics over the camera's own MQTT event bridge: how many crossed a line since the counter was reset, and
 * how many are in an area. All values are strings. Payload as in Axis' own description of counting data.
 */
import { z } from 'zod'
import type { SourceOf } from '../config.ts'
import { type CountTimes, tellCount } from './count-news.ts'
import { type Counter, readCounter } from './counter.ts'
import { Count, Cumulative, readJson } from './loose.ts'
import {
  createFindings,
  type Findings,
  type TimeRules,
  type Translator,
  type VendorMessage,
} from './outcome.ts'
import { tellPassing } from './passing.ts'
import { momentOf, Stamp } from './stamp.ts'

type Config = SourceOf<'axis'>
type Camera = Config['cameras'][number]
type Scenario = Camera['scenarios'][string]

export interface AxisState {
  readonly counters: Readonly<Record<string, Counter>>
  readonly countTimes: CountTimes
}

/** Nothing else is read: no serial, no class but people. */
const Message = z.object({
  timestamp: Stamp,
  message: z.object({
    data: z.object({
      reason: z.string().max(64).optional().catch(undefined),
      total: z.unknown().optional(),
      totalHuman: z.unknown().optional(),
      human: z.unknown().optional(),
    }),
  }),
})
type Data = z.infer<typeof Message>['message']['data']

interface Told {
  readonly message: VendorMessage
  readonly data: Data
  readonly stamp: number
  readonly device: string
  readonly key: string
  readonly state: AxisState
  readonly rules: TimeRules
  readonly findings: Findings
}

const onCrossline = (told: Told, scenario: Extract<Scenario, { kind: 'crossline' }>): AxisState => {
  const { message, data, stamp, device, key, state, rules, findings } = told
  const { zone, direction, counts } = scenario
  const value = Cumulative.safeParse(counts === 'all' ? data.total : data.totalHuman)
  if (!value.success) {
    findings.trouble('bad-shape')
    return state
  }
  // One message for each that crosses: even the first that is heard is about somebody.
  const isAboutOne = !message.retained && !message.again && (counts === 'all' || data.reason === 'human')
  const growth = readCounter(
    state.counters[key],
    { value: value.data, at: momentOf(message.at, stamp), atLeast: isAboutOne ? 1 : 0 },
    rules.staleAfterMs,
  )
  findings.trouble(growth.trouble, growth.times)
  tellPassing({ device, zone, direction, count: growth.grown, at: message.at, stamp }, { findings, rules })
  return { ...state, counters: { ...state.counters, [key]: growth.counter } }
}

const onOccupancy = (told: Told, scenario: Extract<Scenario, { kind: 'occupancy' }>): AxisState => {
  const { message, data, stamp, device, state, rules, findings } = told
  const count = Count.safeParse(scenario.counts === 'all' ? data.total : data.human)
  if (!count.success) {
    findings.trouble('bad-shape')
    return state
  }
  const news = { device, zone: scenario.zone, count: count.data, at: message.at, stamp }
  return { ...state, countTimes: tellCount(state.countTimes, news, { findings, rules }) }
}

/** With and without namespaces in the topic: both can be set in the camera. */
const pathsOf = ({ prefix }: Camera, scenario: string) =>
  ['tns:axis/', ''].map(
    (space) => `${prefix}/event/${space}CameraApplicationPlatform/ObjectAnalytics/${scenario}`,
  )

export const axisTopics = ({ cameras }: Config): string[] =>
  cameras.flatMap((camera) => Object.keys(camera.scenarios).flatMap((name) => pathsOf(camera, name)))

const find = ({ cameras }: Config, topic: string) => {
  for (const camera of cameras)
    for (const [name, scenario] of Object.entries(camera.scenarios))
      if (pathsOf(camera, name).includes(topic)) return { camera, name, scenario }
  return undefined
}

export const axis: Translator<Config, AxisState> = {
  start: () => ({ counters: {}, countTimes: {} }),
  translate(message, state, config) {
    const findings = createFindings()
    const found = find(config, message.topic)
    if (found === undefined) {
      findings.trouble('unknown-sensor')
      return findings.outcome(state)
    }
    const said = readJson(Message, message.payload, findings)
    if (said === undefined) return findings.outcome(state)
    const { camera, name, scenario } = found
    const { device } = camera
    if (!message.retained) findings.heard(device)
    const { timestamp: stamp, message: body } = said
    const key = `${device} ${name}`
    const told = { message, data: body.data, stamp, device, key, state, rules: config, findings }
    return findings.outcome(
      scenario.kind === 'crossline' ? onCrossline(told, scenario) : onOccupancy(told, scenario),
    )
  },
}
