/**
 * What a clock and a calendar on the branch's wall show: plain arithmetic on the offset that the branch row keeps, the
 * same in flows, hub and replay, and cheap enough for every event.
 */

export interface LocalTime {
  /** `HH:MM` */
  readonly time: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

export const minuteMs = 60_000
export const dayMs = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')

/** Whole days since 1970-01-01, counted in local time. */
export const dayNumber = (at: number, offsetMinutes: number): number =>
  Math.floor((at + offsetMinutes * minuteMs) / dayMs)

/**
 * Days since 1970 as `YYYY-MM-DD` of the Gregorian calendar; years are counted from March, so that leap days come last
 * (Howard Hinnant, chrono-compatible low-level date algorithms, civil_from_days).
 */
export const dayText = (days: number): string => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** @returns ISO weekday, `1` (Monday) to `7`. */
export const weekdayOf = (day: number): string => String(((((day + 3) % 7) + 7) % 7) + 1)

export const localTime = (
  at: number,
  { utcOffsetMinutes }: { readonly utcOffsetMinutes: number },
): LocalTime => {
  const day = dayNumber(at, utcOffsetMinutes)
  const minutes = Math.floor((at + utcOffsetMinutes * minuteMs - day * dayMs) / minuteMs)
  return { time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, day: dayText(day) }
}

/** ISO weekday of `YYYY-MM-DD`, 1 is Monday: whole days since 1970 by the same algorithm, the other way round. */
export const weekdayOfDay = (day: string): number => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const yearFromMarch = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  const leaps =
    Math.floor(yearFromMarch / 4) - Math.floor(yearFromMarch / 100) + Math.floor(yearFromMarch / 400)
  return Number(weekdayOf(yearFromMarch * 365 + leaps + dayOfYear - 719_468))
}

/** Whether a time of day lies in a span; one that ends before it begins goes over midnight. */
export const isWithin = (time: string, span: { readonly from: string; readonly to: string }): boolean =>
  span.from <= span.to ? time >= span.from && time < span.to : time >= span.from || time < span.to
