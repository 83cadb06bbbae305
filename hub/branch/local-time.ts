/**
 * Local time of the branch. `Intl` knows the zones and their daylight saving; what is asked for every entry is plain
 * arithmetic on the offset that the branch row keeps.
 */

const minuteMs = 60_000
export const dayMs = 86_400_000

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

/** Whole days since 1970-01-01, counted in local time. */
export const dayNumber = (at: number, offset: number): number => Math.floor((at + offset * minuteMs) / dayMs)

/** @returns `YYYY-MM-DD` */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** @returns ISO weekday, `1` (Monday) to `7`. */
export const weekdayOf = (day: number): string => String(((((day + 3) % 7) + 7) % 7) + 1)

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
