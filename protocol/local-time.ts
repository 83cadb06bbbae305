/**
 * Local time of day and date from hub time and the branch's offset from UTC, by arithmetic alone: flows have no clock
 * and no time zone tables. The hub keeps `BranchRow.utcOffsetMinutes` right across daylight saving.
 */

const minuteMs = 60_000
const dayMs = 86_400_000

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')

/** Whole days since 1970-01-01 in local time. */
const dayNumber = (at: number, utcOffsetMinutes: number) =>
  Math.floor((at + utcOffsetMinutes * minuteMs) / dayMs)

/** Civil date of a day number (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days). */
const civil = (day: number) => {
  const shifted = day + 719_468
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
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date }
}

/** @returns the local date, `YYYY-MM-DD`. */
export const localDay = (at: number, utcOffsetMinutes: number): string => {
  const { year, month, date } = civil(dayNumber(at, utcOffsetMinutes))
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`
}

/** @returns ISO weekday, 1 (Monday) to 7, of a local date number. */
export const isoWeekday = (at: number, utcOffsetMinutes: number): number =>
  ((((dayNumber(at, utcOffsetMinutes) + 3) % 7) + 7) % 7) + 1

/** @returns minutes since local midnight. */
export const minuteOfDay = (at: number, utcOffsetMinutes: number): number => {
  const local = at + utcOffsetMinutes * minuteMs
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / minuteMs)
}

/** @returns minutes since midnight of `HH:MM`. */
export const parseTimeOfDay = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** @returns whether local time lies within the span; one that ends before it begins goes over midnight. */
export const isWithinSpan = (
  span: { readonly from: string; readonly to: string },
  minute: number,
): boolean => {
  const from = parseTimeOfDay(span.from)
  const to = parseTimeOfDay(span.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
