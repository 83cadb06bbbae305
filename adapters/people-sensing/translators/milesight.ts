/**
 * Milesight people counters over MQTT or HTTP: the VS121-P counts by region, the VS125 and its kin by line and region.
 * Fields of the VS121-P as in Milesight's "Communication Protocol" page; those of the VS125 as users' code reads them.
 */
import { z } from 'zod'
import type { SourceOf } from '../config.ts'
import { type CountTimes, tellCount } from './count-news.ts'
import { type Counter, readCounter } from './counter.ts'
import { Count, Cumulative, List, NumberId, readEach, readJson, Truth, VendorName } from './loose.ts'
import {
  createFindings,
  type Findings,
  type TimeRules,
  type Translator,
  type VendorMessage,
} from './outcome.ts'
import { opposite, tellPassing } from './passing.ts'
import { isOvertaken, momentOf, timeOf } from './stamp.ts'

type Config = SourceOf<'milesight'>
type Sensor = Config['sensors'][string]

export interface MilesightState {
  readonly counters: Readonly<Record<string, Counter>>
  readonly countTimes: CountTimes
  /** Line and kind of report → the newest moment, and what was said at it. */
  readonly passed: Readonly<Record<string, { readonly at: number; readonly said: string }>>
}

const Clock = z.string().max(64).optional().catch(undefined)
const list = List.optional().catch([])

/** Nothing else is read: no snapshot, no face, no children, no name of a region. */
const Message = z.object({
  device_info: z.object({ device_sn: VendorName }),
  time_info: z
    .object({
      time: Clock,
      end_time: Clock,
      timezone: Clock,
      dst_status: Truth.optional().catch(undefined),
    })
    .default({}),
  current_total: z.unknown().optional(),
  numbering_regions: list,
  current_counted: list,
  line_trigger_data: list,
  line_periodic_data: list,
  line_total_data: list,
  region_data: z.object({ region_count_data: list }).optional().catch(undefined),
  region_trigger_data: z.object({ region_count_data: list }).optional().catch(undefined),
})
type Message = z.infer<typeof Message>

const Flow = z.object({ line: NumberId, total: z.object({ in: Count, out: Count }) })
const Sum = z.object({ line: NumberId, total: z.object({ in_counted: Cumulative, out_counted: Cumulative }) })
const RegionCount = z
  .union([
    z.object({ region: NumberId, total: z.object({ current_total: Count }) }),
    z.object({ region: NumberId, current_total: Count }),
  ])
  .transform((one) => ({
    region: one.region,
    count: 'total' in one ? one.total.current_total : one.current_total,
  }))

interface Told {
  readonly message: VendorMessage
  readonly said: Message
  readonly stamp: number | undefined
  readonly sensor: Sensor
  readonly rules: TimeRules
  readonly findings: Findings
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const stampOf = ({ time_info }: Message): number | undefined => {
  const { time, end_time, timezone, dst_status } = time_info
  const text = time ?? end_time
  return text === undefined ? undefined : timeOf(text, { zone: timezone, isSummer: dst_status })
}

/** The VS121-P gives two lists side by side: which regions, and how many are in each. */
const sideBySide = ({ numbering_regions = [], current_counted = [] }: Message, findings: Findings) => {
  if (current_counted.length === 0) return []
  if (numbering_regions.length !== current_counted.length) {
    findings.trouble('bad-shape')
    return []
  }
  return readEach(
    RegionCount,
    numbering_regions.map((region, index) => ({ region, current_total: current_counted[index] })),
    findings,
  )
}

const tellRegions = (told: Told, times: CountTimes): CountTimes => {
  const { message, said, stamp, sensor, rules, findings } = told
  const { device } = sensor
  const of = (zone: string, count: number) => ({ device, zone, count, at: message.at, stamp })
  const counts = [
    ...sideBySide(said, findings),
    ...readEach(RegionCount, said.region_data?.region_count_data ?? [], findings),
    ...readEach(RegionCount, said.region_trigger_data?.region_count_data ?? [], findings),
  ].flatMap(({ region, count }) => {
    const place = own(sensor.regions, region)
    return place === undefined ? [] : [of(place.zone, count)]
  })
  if (sensor.all !== undefined && said.current_total !== undefined) {
    const all = Count.safeParse(said.current_total)
    if (all.success) counts.push(of(sensor.all.zone, all.data))
    else findings.trouble('bad-shape')
  }
  return counts.reduce((before, news) => tellCount(before, news, { findings, rules }), times)
}

/** Many who pass at once make one event a direction. */
const tellBoth = (told: Told, line: Sensor['lines'][string], passed: { in: number; out: number }) => {
  const { message, stamp, sensor, rules, findings } = told
  const of = { device: sensor.device, zone: line.zone, at: message.at, stamp }
  const on = { findings, rules }
  tellPassing({ ...of, direction: line.direction, count: passed.in }, on)
  tellPassing({ ...of, direction: opposite(line.direction), count: passed.out }, on)
}

const tellFlows = (
  told: Told,
  from: 'trigger' | 'periodic',
  passed: MilesightState['passed'],
): MilesightState['passed'] => {
  const { message, said, stamp, sensor, rules, findings } = told
  const values = from === 'trigger' ? said.line_trigger_data : said.line_periodic_data
  let next = passed
  for (const { line, total } of readEach(Flow, values ?? [], findings)) {
    const mapped = own(sensor.lines, line)
    if (mapped === undefined || mapped.from !== from) continue
    const key = `${sensor.device} ${from} ${line}`
    const at = momentOf(message.at, stamp)
    const before = next[key]
    const now = { at, said: `${total.in} ${total.out}` }
    if (before !== undefined && isOvertaken(at, before.at, rules)) {
      // Late people are people too; only a period that was told already must not count twice.
      if (from === 'periodic') {
        findings.trouble('out-of-order')
        continue
      }
    }
    // Two who cross within one second look like one message sent twice: only what says of itself that it is, is one.
    const isSame = before !== undefined && before.at === at && before.said === now.said
    if (isSame && (message.again || from === 'periodic') && stamp !== undefined) {
      findings.trouble('duplicate')
      continue
    }
    tellBoth(told, mapped, total)
    next = { ...next, [key]: now }
  }
  return next
}

const tellSums = (told: Told, counters: MilesightState['counters']): MilesightState['counters'] => {
  const { message, said, stamp, sensor, rules, findings } = told
  let next = counters
  for (const { line, total } of readEach(Sum, said.line_total_data ?? [], findings)) {
    const mapped = own(sensor.lines, line)
    if (mapped?.from !== 'total') continue
    const grown = { in: 0, out: 0 }
    for (const [way, value] of [
      ['in', total.in_counted],
      ['out', total.out_counted],
    ] as const) {
      const key = `${sensor.device} ${line} ${way}`
      // Without a time of its own, it is in the order in which it came.
      const before = stamp === undefined ? (next[key]?.at ?? 0) : 0
      const at = Math.max(momentOf(message.at, stamp), before)
      const growth = readCounter(next[key], { value, at, atLeast: 0 }, rules.staleAfterMs)
      findings.trouble(growth.trouble, growth.times)
      grown[way] = growth.grown
      next = { ...next, [key]: growth.counter }
    }
    tellBoth(told, mapped, grown)
  }
  return next
}

export const milesightTopics = ({ mqtt }: Config): string[] => [...(mqtt?.topics ?? [])]

export const milesight: Translator<Config, MilesightState> = {
  start: () => ({ counters: {}, countTimes: {}, passed: {} }),
  translate(message, state, config) {
    const findings = createFindings()
    const said = readJson(Message, message.payload, findings)
    if (said === undefined) return findings.outcome(state)
    const sensor = own(config.sensors, said.device_info.device_sn)
    if (sensor === undefined) {
      findings.trouble('unknown-sensor')
      return findings.outcome(state)
    }
    const stamp = stampOf(said)
    const told = { message, said, stamp, sensor, rules: config, findings }
    // Without a time of its own, what the broker kept may be of any age.
    if (message.retained) {
      findings.trouble('retained')
      return findings.outcome({
        ...state,
        counters: tellSums({ ...told, findings: createFindings() }, state.counters),
      })
    }
    findings.heard(sensor.device)
    const countTimes = tellRegions(told, state.countTimes)
    const triggered = tellFlows(told, 'trigger', state.passed)
    const passed = tellFlows(told, 'periodic', triggered)
    return findings.outcome({ counters: tellSums(told, state.counters), countTimes, passed })
  },
}
