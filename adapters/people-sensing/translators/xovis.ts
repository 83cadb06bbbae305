/**
 * Xovis sensors' data push over HTTP or MQTT: live data tells of tracks, lines and zones; logics data of how many passed
 * or are there. Fields as public integrations of firmware 5 read them.
 */
import { z } from 'zod'
import type { SourceOf } from '../config.ts'
import { List, readEach, readJson } from './loose.ts'
import {
  createFindings,
  type Findings,
  type TimeRules,
  type Translator,
  type VendorMessage,
} from './outcome.ts'
import { type LiveState, readFrames } from './xovis-live.ts'
import { type LogicState, readLogics } from './xovis-logics.ts'
import { orderOf, type Packages } from './xovis-packages.ts'

type Config = SourceOf<'xovis'>

export interface XovisState extends LiveState, LogicState {
  readonly packages: Packages
}

const Package = z.object({
  package_info: z
    .object({ id: z.unknown().optional(), agent_id: z.unknown().optional() })
    .optional()
    .catch(undefined),
  sensor_info: z.object({ serial_number: z.string().max(256) }),
})
const LiveData = z.object({ live_data: Package.extend({ frames: List.default([]) }) })
const LogicsData = z.object({ logics_data: Package.extend({ logics: List.default([]) }) })
/** Other reports are none of our business: status, wireless, connection tests. */
const Part = z.union([LiveData, LogicsData, z.object({})])
type Part = z.infer<typeof Part>
const Body = z.union([
  List,
  z
    .object({})
    .loose()
    .transform((one) => [one as unknown]),
])

interface Told {
  readonly message: VendorMessage
  readonly config: Config & TimeRules
  readonly findings: Findings
}

const readPart = (part: Part, state: XovisState, told: Told): XovisState => {
  const { config, findings, message } = told
  const isLive = 'live_data' in part
  const data = isLive ? part.live_data : 'logics_data' in part ? part.logics_data : undefined
  if (data === undefined) return state
  const serial = data.sensor_info.serial_number
  const sensor = Object.hasOwn(config.sensors, serial) ? config.sensors[serial] : undefined
  if (sensor === undefined) {
    findings.trouble('unknown-sensor')
    return state
  }
  if (message.retained) {
    findings.trouble('retained')
    return state
  }
  findings.heard(sensor.device)
  const kind = isLive ? 'live' : 'logics'
  const order = orderOf(state.packages, {
    key: `${sensor.device} ${kind}`,
    info: data.package_info ?? {},
    isAgain: message.again,
  })
  findings.trouble(order.trouble, order.times)
  if (order.isDuplicate) return { ...state, packages: order.packages }
  const on = { sensor, rules: config, findings, at: message.at }
  const next = { ...state, packages: order.packages }
  return 'live_data' in part
    ? { ...next, ...readFrames(part.live_data.frames, next, { ...on, isNewLife: order.isNewLife }) }
    : 'logics_data' in part
      ? { ...next, ...readLogics(part.logics_data.logics, next, on) }
      : next
}

export const xovisTopics = ({ mqtt }: Config): string[] => [...(mqtt?.topics ?? [])]

export const xovis: Translator<Config, XovisState> = {
  start: () => ({ tracks: new Map(), lives: {}, recordTimes: {}, countTimes: {}, packages: {} }),
  translate(message, state, config) {
    const findings = createFindings()
    const body = readJson(Body, message.payload, findings)
    if (body === undefined) return findings.outcome(state)
    const parts = readEach(Part, body, findings)
    return findings.outcome(
      parts.reduce((before, part) => readPart(part, before, { message, config, findings }), state),
    )
  },
}
