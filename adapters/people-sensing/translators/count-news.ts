/** How many are in a zone, told once in the order in which the sensor saw it. */
import type { Findings, TimeRules } from './outcome.ts'
import { ageOf, isOvertaken, momentOf } from './stamp.ts'

/** Device and zone → the sensor's time of the newest count. */
export type CountTimes = Readonly<Record<string, number>>

export interface CountNews {
  readonly device: string
  readonly zone: string
  readonly count: number
  readonly at: number
  readonly stamp: number | undefined
}

export const tellCount = (
  times: CountTimes,
  news: CountNews,
  on: { readonly findings: Findings; readonly rules: TimeRules },
): CountTimes => {
  const { findings, rules } = on
  const { device, zone, count } = news
  const key = `${device} ${zone}`
  const when = momentOf(news.at, news.stamp)
  // Without a time of its own, it is in the order in which it came.
  if (news.stamp !== undefined && isOvertaken(when, times[key] ?? 0, rules)) {
    findings.trouble('out-of-order')
    return times
  }
  const age = ageOf(news.at, news.stamp, rules)
  findings.trouble(age.trouble)
  if (age.isStale) return times
  findings.event({ device, name: 'zone.count', data: { zone, count, ...age.observed } })
  return news.stamp === undefined ? times : { ...times, [key]: when }
}
