/** Xovis logics data: for each logic, records of how many passed forward and backward, or how many are there. */
import { z } from 'zod'
import { type CountTimes, tellCount } from './count-news.ts'
import { Count, List, NumberId, readEach } from './loose.ts'
import { opposite, tellPassing } from './passing.ts'
import { isOvertaken, momentOf, Stamp } from './stamp.ts'
import type { On } from './xovis-live.ts'

export interface LogicState {
  /** Device and logic → the end of the newest record. */
  readonly recordTimes: Readonly<Record<string, number>>
  readonly countTimes: CountTimes
}

const Logic = z.object({ id: NumberId, records: List.default([]) })
const Record_ = z.object({ to: Stamp, counts: List.default([]) })
/** Only these three: the others say who people are, or are not for deciding. */
const CountValue = z.object({ name: z.enum(['fw', 'bw', 'balance']), value: Count })
const isKnown = (value: unknown) =>
  typeof value !== 'object' ||
  value === null ||
  !('name' in value) ||
  typeof value.name !== 'string' ||
  CountValue.shape.name.options.some((name) => name === value.name)

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const readLogic = (logic: z.infer<typeof Logic>, state: LogicState, on: On): LogicState => {
  const { sensor, rules, findings, at } = on
  const { device } = sensor
  const place = own(sensor.counts, logic.id)
  const line = own(sensor.passed, logic.id)
  if (place === undefined && line === undefined) return state
  const key = `${device} ${logic.id}`
  let { recordTimes, countTimes } = state
  const records = readEach(Record_, logic.records, findings).sort((a, b) => a.to - b.to)
  for (const { to, counts } of records) {
    // Each record ends where the next begins: one that ends no later was told already.
    const moment = momentOf(at, to)
    const newest = recordTimes[key] ?? 0
    if (moment === newest || isOvertaken(moment, newest, rules)) {
      findings.trouble('duplicate')
      continue
    }
    recordTimes = { ...recordTimes, [key]: moment }
    const values = readEach(CountValue, counts.filter(isKnown), findings)
    const of = (name: string) => values.find((one) => one.name === name)?.value
    const balance = of('balance')
    if (place !== undefined && balance !== undefined)
      countTimes = tellCount(
        countTimes,
        { device, zone: place.zone, count: balance, at, stamp: to },
        { findings, rules },
      )
    if (line === undefined) continue
    const passing = { device, zone: line.zone, at, stamp: to }
    tellPassing({ ...passing, direction: line.direction, count: of('fw') ?? 0 }, { findings, rules })
    tellPassing(
      { ...passing, direction: opposite(line.direction), count: of('bw') ?? 0 },
      { findings, rules },
    )
  }
  return { recordTimes, countTimes }
}

export const readLogics = (values: readonly unknown[], state: LogicState, on: On): LogicState =>
  readEach(Logic, values, on.findings).reduce((before, logic) => readLogic(logic, before, on), {
    recordTimes: state.recordTimes,
    countTimes: state.countTimes,
  })
