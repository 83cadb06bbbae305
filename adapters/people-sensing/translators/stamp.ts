/** When a sensor says that something happened, and how old the news is by that. */
import { z } from 'zod'
import type { TroubleCode } from '../troubles.ts'
import type { TimeRules } from './outcome.ts'

/** Clocks that a time service keeps differ by less. */
const aheadMaxMs = 5_000
/** Below this an age says more about clocks than about people. */
const ageWorthTellingMs = 1_000
/** An older one cannot be told to the hub. */
const ageMaxMs = 86_400_000

const earliest = Date.UTC(2000, 0)
const latest = Date.UTC(2200, 0)

const isTime = (at: number) => Number.isFinite(at) && at >= earliest && at <= latest

const withZone = /(Z|[+-]\d{2}:?\d{2})$/
/** `YYYY-MM-DDTHH:mm:ss`, or with slashes and a space. */
const wallTime = /^(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?$/
/** `UTC+8:00`, `UTC-0:30 …` */
const zoneName = /^UTC([+-])(\d{1,2}):?(\d{2})/

const hourMs = 3_600_000

/** @returns ms since 1970, or undefined. */
export const timeOf = (
  text: string,
  place: { readonly zone?: string | undefined; readonly isSummer?: boolean | undefined } = {},
): number | undefined => {
  if (withZone.test(text)) return known(Date.parse(text))
  const parts = wallTime.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const zone = zoneName.exec(place.zone ?? '')
  if (zone === null) return undefined
  const [, sign, hours, minutes] = zone
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return known(utc - offsetMs - (place.isSummer === true ? hourMs : 0))
}

const known = (at: number): number | undefined => (isTime(at) ? at : undefined)

/** ISO 8601 with a zone, or ms since 1970 as a number or its digits. */
export const Stamp = z.union([z.number(), z.string().max(64)]).transform((value, context) => {
  const at =
    typeof value === 'number' || /^\d{10,15}$/.test(value) ? known(Math.round(Number(value))) : timeOf(value)
  if (at === undefined) {
    context.addIssue({ code: 'custom', message: 'not a time' })
    return z.NEVER
  }
  return at
})

export interface Age {
  /** To be spread into the event. */
  readonly observed: { readonly observedAgoMs?: number }
  readonly trouble: TroubleCode | undefined
  readonly isStale: boolean
}

/** @param stamp undefined: the sensor did not say; then it is as old as its arrival. */
export const ageOf = (at: number, stamp: number | undefined, rules: TimeRules): Age => {
  const agoMs = stamp === undefined || rules.clock === 'unknown' ? 0 : at - stamp
  if (agoMs > rules.staleAfterMs)
    return {
      observed: { observedAgoMs: Math.min(Math.round(agoMs), ageMaxMs) },
      trouble: 'stale',
      isStale: true,
    }
  if (agoMs < -aheadMaxMs) return { observed: {}, trouble: 'clock-ahead', isStale: false }
  return {
    observed: agoMs >= ageWorthTellingMs ? { observedAgoMs: Math.round(agoMs) } : {},
    trouble: undefined,
    isStale: false,
  }
}

/** Where it belongs in the order of things: a clock that is ahead must not make all that follows look old. */
export const momentOf = (at: number, stamp: number | undefined): number => Math.min(at, stamp ?? at)

/** A step back by more than this is a clock that was set, not a message that was overtaken. */
export const isOvertaken = (moment: number, newest: number, rules: TimeRules): boolean =>
  moment < newest && newest - moment <= rules.staleAfterMs
