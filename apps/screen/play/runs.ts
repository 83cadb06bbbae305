/** For how long from now something may be shown: its hours, its days, and the last day of its content. */
import type { ProgrammeEntry } from '#protocol/programme.ts'
import { dayBefore, dayMs, type LocalTime } from './local-time.ts'

type Timed = Pick<ProgrammeEntry, 'runs' | 'expiresOn'>

const msOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}

const weekdayBefore = (weekday: number): number => (weekday === 1 ? 7 : weekday - 1)

/** Hours over midnight belong to the day on which they began. */
const hoursLeft = (runs: ProgrammeEntry['runs'], now: LocalTime) => {
  const { day, weekday, msOfDay } = now
  const today = { day, weekday }
  if (runs.hours === null) return { leftMs: dayMs - msOfDay, began: today }
  const [from, to] = [msOf(runs.hours.from), msOf(runs.hours.to)]
  if (from < to) return { leftMs: msOfDay < from ? 0 : to - msOfDay, began: today }
  if (msOfDay < to)
    return {
      leftMs: to - msOfDay,
      began: { day: dayBefore(day), weekday: weekdayBefore(weekday) },
    }
  return { leftMs: msOfDay < from ? 0 : dayMs - msOfDay + to, began: today }
}

/** @returns 0: not now. What runs all day is asked again at midnight at the latest. */
export const mayRunForMs = ({ runs, expiresOn }: Timed, now: LocalTime): number => {
  if (expiresOn !== undefined && now.day > expiresOn) return 0
  const { leftMs, began } = hoursLeft(runs, now)
  if (runs.from !== null && began.day < runs.from) return 0
  if (runs.to !== null && began.day > runs.to) return 0
  if (runs.weekdays.length > 0 && !runs.weekdays.includes(began.weekday)) return 0
  const untilExpiryMs = now.day === expiresOn ? dayMs - now.msOfDay : Number.POSITIVE_INFINITY
  return Math.max(0, Math.min(leftMs, untilExpiryMs))
}
