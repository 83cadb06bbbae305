/**
 * The calendar of a branch: which mode holds when, by weekday, with holidays and swapped working days. Pure: the same
 * calendar, zone and moment give the same answer in every replay.
 */
import { dayNumber, dayText, weekdayOf } from '#protocol/local-time.ts'
import type { Mode } from '#protocol/model.ts'
import type { BranchFile } from './file.ts'
import { instantOf, offsetMinutes } from './local-time.ts'

type Calendar = BranchFile['calendar']

export interface ModeChange {
  readonly at: number
  readonly mode: Mode
}

/** Looks no further than this for a change, in days: a year and some for a calendar of single days. */
const horizonDays = 400

const closedAllDay = [{ at: '00:00', mode: 'closed' as const }]

export const hasCalendar = (calendar: Calendar): boolean =>
  Object.keys(calendar.week).length > 0 || Object.keys(calendar.days).length > 0

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** A day named in `days` wins over its weekday. A day without changes, or a weekday left out of a week, is closed. */
const changesOn = (calendar: Calendar, timeZone: string, day: number): readonly ModeChange[] => {
  const special = calendar.days[dayText(day)]
  const weekday = calendar.week[weekdayOf(day) as '1']
  const hasWeek = Object.keys(calendar.week).length > 0
  const listed = special ?? weekday ?? (hasWeek ? [] : undefined)
  if (listed === undefined) return []
  return (listed.length === 0 ? closedAllDay : listed)
    .map((change) => ({ at: instantOf(timeZone, day, minuteOf(change.at)), mode: change.mode }))
    .toSorted((a, b) => a.at - b.at)
}

const today = (timeZone: string, at: number) => dayNumber(at, offsetMinutes(timeZone, at))

/** @returns the first change after that moment, or undefined without one within the horizon. */
export const nextModeChange = (
  calendar: Calendar,
  timeZone: string,
  after: number,
): ModeChange | undefined => {
  if (!hasCalendar(calendar)) return undefined
  const start = today(timeZone, after)
  for (let day = start; day < start + horizonDays; day++) {
    const next = changesOn(calendar, timeZone, day).find((change) => change.at > after)
    if (next !== undefined) return next
  }
  return undefined
}

/** @returns the mode the calendar asks for at that moment, or undefined where it says nothing. */
export const modeAt = (calendar: Calendar, timeZone: string, at: number): Mode | undefined => {
  if (!hasCalendar(calendar)) return undefined
  const start = today(timeZone, at)
  for (let day = start; day > start - horizonDays; day--) {
    const last = changesOn(calendar, timeZone, day).findLast((change) => change.at <= at)
    if (last !== undefined) return last.mode
  }
  return undefined
}
