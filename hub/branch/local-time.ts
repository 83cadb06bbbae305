/** What only `Intl` knows: time zones with their daylight saving. What is asked for every entry needs none of it. */
import { dayMs, minuteMs } from '#protocol/local-time.ts'

/** @returns minutes east of UTC in that zone at that moment. */
export const offsetMinutes = (timeZone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

export const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * The moment a local clock shows that time. A time the clocks jump over comes that much later; one they show twice is
 * the first of the two (as `Temporal` does by default).
 */
export const instantOf = (timeZone: string, day: number, minute: number): number => {
  const local = day * dayMs + minute * minuteMs
  const before = offsetMinutes(timeZone, local - dayMs)
  const after = offsetMinutes(timeZone, local + dayMs)
  for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
    const instant = local - offset * minuteMs
    if (offsetMinutes(timeZone, instant) === offset) return instant
  }
  return local - before * minuteMs
}
